"""Report packs in the evidence: which files a report of one publication was, and whether they still are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from care_reviews.evidence import chain
from care_reviews.evidence.head_file import write_heads


@dataclass(frozen=True)
class PackPlace:
    """Which pack: the council, its reporting year (`2019-20`) and the publication that it was made of."""

    authority_code: str
    year: str
    publication_id: int

    def __str__(self) -> str:
        return f"report {self.year} of {self.authority_code} from publication {self.publication_id}"

    def folder(self, reports: Path) -> Path:
        return reports / self.authority_code.lower() / self.year / f"publication-{self.publication_id}"


def record(engine: Engine, place: PackPlace, reports: Path) -> bool:
    """Add a record of the pack as its files are now, unless the newest record of it says the same; says
    whether one was added. `engine` connects as pipeline.
    """
    facts = {"publication_id": place.publication_id, "year": place.year}
    files = digests(place.folder(reports))
    with engine.begin() as connection:
        last = chain.find(connection, "reported", authority_code=place.authority_code, **facts)
        if last is not None and last.record["files"] == files:
            return False
        chain.append(connection, "reported", place.authority_code, {**facts, "files": files})
    write_heads(engine)
    return True


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder, by its name; of none that is not there."""
    if not folder.is_dir():
        return {}
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def kept(reports: Path) -> Iterator[PackPlace]:
    """The packs whose folders are there."""
    for folder in sorted(reports.glob("*/*/publication-*")):
        number = folder.name.removeprefix("publication-")
        if number.isdecimal():
            yield PackPlace(folder.parts[-3].upper(), folder.parts[-2], int(number))
