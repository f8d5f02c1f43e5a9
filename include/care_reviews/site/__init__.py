"""The auditor's site: static pages of every night that was decided, and a first page of what holds today."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from care_reviews import dbt
from care_reviews.evidence import site_pages
from care_reviews.lock import current_extract
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.site import nights
from care_reviews.site.nights import Decision
from care_reviews.web import folders

log = logging.getLogger(__name__)

_PUBLISHED = text("select max(publication_id) from published.publication where extract_id = :extract_id")
LINEAGE = ".lineage"


def home_of(settings: Settings, authority_code: str) -> Path:
    """The folder of a council's pages."""
    return settings.site / authority_code.lower()


def keep(engine: Engine, settings: Settings, night: Night) -> None:
    """Write the pages of a night that was just decided, put them into the evidence, and write the first page.

    A night stands without its pages: failing to write them is told, with no value of the data, no more.
    """
    try:
        with _reading(engine) as connection:
            extract = current_extract(connection, night)
            publication_id = connection.scalar(_PUBLISHED, {"extract_id": extract.extract_id})
            decision = (
                nights.of_publication(connection, publication_id)
                if publication_id is not None
                else nights.of_unpublished(connection, extract.extract_id)
            )
            page = _write_night(connection, settings, decision)
            log.info("auditor's site: %s", page)
            _write_first(connection, settings, night.authority_code)
        site_pages.record(engine, night.authority_code, page.parent)
    except Exception as error:
        log.error("the auditor's site of %s could not be written: %s", night.as_known, type(error).__name__)


def refresh(engine: Engine, settings: Settings) -> None:
    """Write the first page of every council that has one anew, after a decision was taken back; likewise."""
    try:
        with _reading(engine) as connection:
            for folder in sorted(settings.site.iterdir()) if settings.site.is_dir() else ():
                _write_first(connection, settings, folder.name.upper())
    except Exception as error:
        log.error("the first page of the auditor's site could not be written: %s", type(error).__name__)


def remake(engine: Engine, settings: Settings, publication_id: int) -> Path:
    """Write the pages of a publication anew, put them into the evidence where they differ, and write the
    first page; gives the publication's first page.

    Raises PublicationRefusedError when there is no such publication.
    """
    with _reading(engine) as connection:
        decision = nights.of_publication(connection, publication_id)
        page = _write_night(connection, settings, decision)
        _write_first(connection, settings, decision.authority_code)
    site_pages.record(engine, decision.authority_code, page.parent)
    return page


def make(engine: Engine, settings: Settings, authority_code: str) -> Path:
    """Write the first page anew; gives it."""
    with _reading(engine) as connection:
        return _write_first(connection, settings, authority_code)


def _reading(engine: Engine) -> Connection:
    """A connection whose queries all see one state of the warehouse."""
    return engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _write_night(connection: Connection, settings: Settings, decision: Decision) -> Path:
    from care_reviews.site.reading import night_facts
    from care_reviews.site.render import night_pages

    home = home_of(settings, decision.authority_code)
    manifest = dbt.manifest(settings.home / "dbt" / decision.authority_code.lower())
    facts = night_facts(connection, decision, manifest, home / LINEAGE)
    folder = home / facts.night.folder
    folders.write(folder, night_pages(facts))
    return folder / "index.html"


def _write_first(connection: Connection, settings: Settings, authority_code: str) -> Path:
    from care_reviews.site.reading import today_facts
    from care_reviews.site.render import first_page

    home = home_of(settings, authority_code)
    home.mkdir(parents=True, exist_ok=True)
    kept = frozenset(path.name for path in home.iterdir() if path.is_dir() and not path.name.startswith("."))
    first = home / "index.html"
    folders.write_file(first, first_page(today_facts(connection, authority_code), kept))
    return first
