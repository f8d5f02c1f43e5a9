"""Pages of the auditor's site in the evidence: which files a night's pages were."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from care_reviews.evidence import chain
from care_reviews.evidence.head_file import write_heads
from care_reviews.evidence.packs import digests


def record(engine: Engine, authority_code: str, folder: Path) -> bool:
    """Add a record of a night's pages as they are now, unless the newest record of them says the same; says
    whether one was added: none is where there is no chain. `engine` connects as pipeline; `folder` has the
    pages.
    """
    files = digests(folder)
    with engine.begin() as connection:
        if chain.head(connection) is None:
            return False
        is_added = chain.append_files(connection, "shown", authority_code, {"folder": folder.name}, files)
    if is_added:
        write_heads(engine)
    return is_added
