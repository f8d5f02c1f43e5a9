"""The annual report of a reporting year, made of one publication: a page for browsers and a PDF."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from care_reviews.evidence import packs
from care_reviews.report import commentary, reading
from care_reviews.report.year import Year
from care_reviews.settings import Settings
from care_reviews.web import folders

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pack:
    """What was made: the files and their SHA-256, the publication, and where the service's own words are
    looked for. `pack.json` beside the files says the same. `aside`: where an edition with other bytes, whose
    place this one took, is kept.
    """

    year: Year
    digests: dict[str, str]
    page: Path
    pdf: Path
    authority_code: str
    publication_id: int
    as_known: dt.date
    commentary: Path
    commented: tuple[str, ...]
    aside: Path | None


def make(
    engine: Engine, settings: Settings, authority: str, year: Year | None, as_known: dt.date | None = None
) -> Pack:
    """Write the report of a year from the newest publication that stands, or from that of a night.

    `engine` connects as bi_reader. Without a year it is the newest that was over by the publication's night.
    The same publication, commentary and version of the product give the same bytes. Where they are others
    than those of a pack that is there, that one is kept beside. Packs of publications that were withdrawn
    since are named so.

    Raises ReportRefusedError when there is no such publication or it does not hold the year,
    ConfigurationError when no PDF can be made here.
    """
    from care_reviews.report import pdf, render
    from care_reviews.report.document import document_of
    from care_reviews.report.sections import NAMES

    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        publication = reading.standing(connection, authority, as_known)
        year = year or Year.over_by(publication.as_known)
        facts = reading.read(connection, publication, year, settings.name_of(authority))
    words = commentary.folder_of(settings, authority, year)
    said = commentary.read(words, NAMES)
    document = document_of(facts, said)
    place = packs.PackPlace(authority, year.label, publication.publication_id)
    folder = place.folder(settings.reports)
    name = f"annual-report-{year.label}"
    files = {f"{name}.html": render.screen(document), f"{name}.pdf": pdf.write(render.paper(document))}
    digests = {each: hashlib.sha256(content).hexdigest() for each, content in files.items()}
    told = {
        "authority_code": authority,
        "year": year.label,
        "publication_id": publication.publication_id,
        "as_known": str(publication.as_known),
        "sha256": digests,
    }
    files["pack.json"] = (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()
    aside = place.aside(settings.reports, place.edition(settings.reports)) if folder.is_dir() else None
    is_new = folders.write(folder, files, aside)
    packs.mark_withdrawn(engine, settings.reports)
    return Pack(
        year=year,
        digests=digests,
        page=folder / f"{name}.html",
        pdf=folder / f"{name}.pdf",
        authority_code=authority,
        publication_id=publication.publication_id,
        as_known=publication.as_known,
        commentary=words,
        commented=tuple(said),
        aside=aside if is_new else None,
    )


def refresh(engine: Engine, settings: Settings) -> None:
    """Name the packs of withdrawn publications so, after one was withdrawn. A withdrawal stands without:
    failing to is told, no more.
    """
    try:
        packs.mark_withdrawn(engine, settings.reports)
    except Exception as error:
        log.error("packs of withdrawn publications could not be named so: %s", type(error).__name__)


def vouch(engine: Engine, settings: Settings, pack: Pack) -> None:
    """Put a pack's digests into the evidence. `engine` connects as pipeline."""
    packs.record(
        engine, packs.PackPlace(pack.authority_code, pack.year.label, pack.publication_id), settings.reports
    )
