"""The board's pages: how it goes month by month, made of the publication that stands; static files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from care_reviews.errors import ReportRefusedError
from care_reviews.report import reading as publications
from care_reviews.settings import Settings
from care_reviews.web import folders

log = logging.getLogger(__name__)

MANIFEST = "pages.json"


@dataclass(frozen=True)
class Board:
    """Where the pages are, and what they are made of. `pages.json` beside them says the same."""

    page: Path
    publication_id: int
    as_known: dt.date
    digests: dict[str, str]


def home_of(settings: Settings, authority: str) -> Path:
    """The folder of a council's pages."""
    return settings.board / authority.lower()


def make(engine: Engine, settings: Settings, authority: str) -> Board:
    """Write the pages of the newest publication that stands, in place of those of the one before.

    `engine` reads `published`, as bi_reader may. The same publications give the same bytes. Raises
    ReportRefusedError when no publication of the council stands.
    """
    from care_reviews.board import reading, render

    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        publication = publications.standing(connection, authority, None)
        facts = reading.read(connection, publication, settings.name_of(authority))
    pages = render.pages(facts)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in pages.items()}
    told = {
        "authority_code": authority,
        "publication_id": publication.publication_id,
        "as_known": str(publication.as_known),
        "sha256": digests,
    }
    folder = home_of(settings, authority)
    folders.write(folder, pages | {MANIFEST: (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()})
    return Board(folder / "index.html", publication.publication_id, publication.as_known, digests)


def refresh(engine: Engine, settings: Settings) -> None:
    """Make the pages of every council that has some anew, after a publication was withdrawn; where none
    stands any more they go. A withdrawal stands without them: failing to write them is told, no more.
    """
    for folder in sorted(settings.board.iterdir()) if settings.board.is_dir() else ():
        if folder.name.startswith("."):
            continue
        try:
            make(engine, settings, folder.name.upper())
        except ReportRefusedError:
            shutil.rmtree(folder)
        except Exception as error:
            log.error("the board's pages could not be written: %s", type(error).__name__)
