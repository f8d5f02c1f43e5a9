"""Report packs in the evidence: which files a report of one publication was, and whether they still are.

A pack that is made anew with other bytes is another edition: the one before keeps its files. The folders of
a publication that was withdrawn say so in their names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from care_reviews.evidence import chain
from care_reviews.evidence.head_file import write_heads

WITHDRAWN = "-withdrawn"
_FOLDER = re.compile(rf"publication-[0-9]+(?:-edition-[0-9]+)?(?:{WITHDRAWN})?")
_WITHDRAWN = text(
    "select publication_id, authority_code, as_known from published.publication "
    "where withdrawn_at is not null"
)


@dataclass(frozen=True)
class PackPlace:
    """Which pack: the council, its reporting year (`2019-20`) and the publication that it was made of."""

    authority_code: str
    year: str
    publication_id: int

    def __str__(self) -> str:
        return f"report {self.year} of {self.authority_code} from publication {self.publication_id}"

    def folder(self, reports: Path) -> Path:
        """Where the newest edition is, of a publication that stands."""
        return reports / self.authority_code.lower() / self.year / f"publication-{self.publication_id}"

    def aside(self, reports: Path, edition: int) -> Path:
        """Where an edition is when a newer one has taken its place."""
        folder = self.folder(reports)
        return folder.with_name(f"{folder.name}-edition-{edition}")

    def edition(self, reports: Path) -> int:
        """The number of the newest edition: the first that is not set aside."""
        edition = 1
        while self.found(reports, edition) != self.found(reports):
            edition += 1
        return edition

    def found(self, reports: Path, edition: int | None = None) -> Path:
        """Where an edition's files are, by default those of the newest one."""
        folder = self.folder(reports)
        names = [folder] if edition is None else [self.aside(reports, edition), folder]
        either = [path for name in names for path in (name, name.with_name(name.name + WITHDRAWN))]
        return next((path for path in either if path.is_dir()), folder)


def record(engine: Engine, place: PackPlace, reports: Path) -> bool:
    """Add a record of the pack as its files are now, unless the newest record of it says the same; says
    whether one was added. `engine` connects as pipeline.
    """
    facts = {"publication_id": place.publication_id, "year": place.year}
    files, edition = digests(place.found(reports)), place.edition(reports)
    with engine.begin() as connection:
        is_added = chain.append_files(
            connection, "reported", place.authority_code, facts, files, edition=edition
        )
    if is_added:
        write_heads(engine)
    return is_added


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder, by its name; of none that is not there."""
    if not folder.is_dir():
        return {}
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def kept(reports: Path) -> Iterator[Path]:
    """The folders of packs that are there, of every edition."""
    return (folder for folder in sorted(reports.glob("*/*/publication-*")) if _FOLDER.fullmatch(folder.name))


def mark_withdrawn(engine: Engine, reports: Path) -> list[Path]:
    """Name the folders of packs whose publication was withdrawn so; gives those that were not named yet.

    `engine` reads the ledger, as bi_reader may. The files stay as they are, and so do their digests.
    """
    with engine.connect() as connection:
        withdrawn = {
            (row.authority_code, row.publication_id, str(row.as_known))
            for row in connection.execute(_WITHDRAWN)
        }
    found = []
    for folder in list(kept(reports)):
        if not folder.name.endswith(WITHDRAWN) and _names(folder) in withdrawn:
            found.append(folder.rename(folder.with_name(folder.name + WITHDRAWN)))
    return found


def _names(folder: Path) -> tuple[str, int, str] | None:
    """The publication that a pack says it is of; None where it does not say."""
    try:
        told = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        return told["authority_code"], told["publication_id"], told["as_known"]
    except (OSError, ValueError, KeyError):
        return None
