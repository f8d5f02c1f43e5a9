"""The demonstration: two nights of a synthetic council, and what they published beside the annual report."""

from __future__ import annotations

import datetime as dt
import os

from care_reviews import connections, ledger
from care_reviews.console import Progress
from care_reviews.demo.profiles import DEMONSTRATED, load_profile
from care_reviews.demonstration_report import show_report
from care_reviews.errors import ConfigurationError
from care_reviews.night_console import show_night
from care_reviews.preparation import deploy, prepare
from care_reviews.settings import get_settings

SEED = 1
NIGHTS = (dt.date(2020, 3, 31), dt.date(2020, 4, 30))


def run_demonstration(progress: Progress, verbose: bool = False) -> bool:
    """Make what is missing of the two nights, then print measures, gates and how to connect.

    True when both nights are published and every figure equals the report's. Raises ConfigurationError when
    the source is somebody's real one: the demonstration writes synthetic people into its source.
    """
    _refuse_a_configured_source()
    variables = prepare(progress.now)
    deploy(progress.now)
    for day in NIGHTS:
        if publication := _published(day):
            _refuse_withdrawn(publication)
            progress.line(f"Night of {day}: publication {publication.publication_id} is there, left as it is")
            continue
        _fill_source(day, progress)
        if not show_night(day, variables, progress, verbose):
            return False
    progress.now("")
    return show_report(progress, NIGHTS)


def _refuse_a_configured_source() -> None:
    for name in (connections.SOURCE, connections.WAREHOUSE, connections.WAREHOUSE_ADMIN):
        if os.environ.get(connections.variable(name)):
            raise ConfigurationError(
                "the demonstration fills its own source and warehouse with synthetic people, but "
                f"{connections.variable(name)} names another database: unset it, or run `make night` on what "
                "is there"
            )
    shown, chosen = load_profile(DEMONSTRATED).authority.code, get_settings().authority_code
    if chosen not in ("", shown):
        raise ConfigurationError(
            f"CARE_REVIEWS_AUTHORITY_CODE is {chosen}, and synthetic people must not be published under a "
            f"council's own code: unset it for the demonstration, whose council is {shown}, and run it in a "
            "CARE_REVIEWS_HOME of its own"
        )


def _refuse_withdrawn(publication: ledger.Publication) -> None:
    """What was withdrawn cannot be shown beside the report."""
    if publication.withdrawn_at is None:
        return
    day = publication.as_known
    again = "`make clean` begins anew"
    if day == NIGHTS[-1]:
        again = f"`make night DATE={day}` publishes it anew, and once a later night has landed {again}"
    raise ConfigurationError(
        f"publication {publication.publication_id} of the night of {day} was withdrawn, and the "
        f"demonstration shows what stands: {again}"
    )


def _published(day: dt.date) -> ledger.Publication | None:
    """The newest publication of a night, withdrawn or not."""
    engine = connections.admin_engine()
    try:
        rows = ledger.publications(engine)
    finally:
        engine.dispose()
    authority = get_settings().authority
    return next(
        (row for row in reversed(rows) if (row.authority_code, row.as_known) == (authority, day)), None
    )


def _fill_source(day: dt.date, progress: Progress) -> None:
    from care_reviews.demo import fill_source

    progress.now(f"synthetic council: writing what its record system holds on {day}")
    engine = connections.source_owner_engine()
    started = dt.datetime.now(dt.UTC)
    try:
        rows = fill_source(
            engine,
            profile=DEMONSTRATED,
            seed=SEED,
            until=day,
            schema=get_settings().source_schema,
            progress=progress.now,
        )
    finally:
        engine.dispose()
    seconds = (dt.datetime.now(dt.UTC) - started).total_seconds()
    progress.line(
        f"Synthetic council as it stood on {day}: {rows['dim_person']:,} people, "
        f"{sum(rows.values()):,} rows, "
        f"profile {DEMONSTRATED}, {seconds:.0f} s"
    )
