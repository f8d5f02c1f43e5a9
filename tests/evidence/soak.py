"""Thirty nights of the small council, verified, built again and tampered with in every kind: `make soak`.

The nights are those of a month that holds the end of a reporting year and Easter, each with all five steps,
judged by the real gates. Corrections reach far back on the eighth; its publication is withdrawn two nights
later. The twelfth is released as a return. The fourteenth finds half of a table gone and is blocked. Of the
twentieth the copy was half refreshed: it is discarded, and runs again.

    python -m tests.evidence.soak [FOLDER]

With a folder what was made stays in it, and a run that was cut off goes on from there. Ends with status 1
when anything is not as it should be.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from care_reviews import connections, ledger, night, rebuilding
from care_reviews.demo import fill_source
from care_reviews.discarding import discard
from care_reviews.errors import GateBlockedError, RebuildRefusedError
from care_reviews.evidence.verify import EvidenceBrokenError
from care_reviews.warehouse import deploy
from tests.conftest import AUTHORITY, Server, running_server
from tests.evidence.conftest import APPROVER, RETURN, released
from tests.evidence.copies import Copy, copy_of
from tests.evidence.tampering import KINDS, OF_PACKS, OF_PAGES, one
from tests.faults.small_council import PROFILE, STEPS, Council, engine, run
from tests.servers import server_home

FIRST, NIGHTS, MONTHS = dt.date(2020, 3, 16), 30, 3
CORRECTED, WITHDRAWN, RETURNED, BLOCKED, DISCARDED = 8, 10, 12, 14, 20
# What a record system keeps once it was corrected.
CORRECTIONS = (
    "update fact_meetings set actual_dttm = actual_dttm - interval '3 days' where fact_meeting_id % 40 = 0",
    "delete from fact_cla_placement where fact_cla_placement_id % 150 = 0",
    "update dim_person set gender_main_code = 'F' where dim_person_id % 60 = 0",
)
HALF_GONE = ("delete from fact_cla where fact_cla_id % 2 = 0",)

SOURCE, WAREHOUSE = "soak_source", "soak_warehouse"
DECIDED = (
    "select count(distinct record ->> 'as_known') from audit.evidence "
    "where record ->> 'kind' in ('published', 'blocked')"
)
# Of a run that was cut off: what it did before the night was decided.
WAS_WITHDRAWN = "select exists (select from published.publication where withdrawn_at is not null)"
WAS_DISCARDED = "select exists (select from audit.extract where status = 'discarded')"

say = Console(width=150).print


def main() -> None:
    logging.disable(logging.WARNING)  # what the gates find of the made-up records
    failures: list[str] = []
    with _home() as home, running_server(home) as server:
        council = _council(server)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CARE_REVIEWS_APPROVERS", APPROVER)
            council.connect(patch)
            for number in range(1 + council.scalar(DECIDED), NIGHTS + 1):
                one_night(council, number)
            size = council.scalar("select pg_database_size(current_database())") >> 20
            say(f"The warehouse has {NIGHTS} nights and {size:,} MB")
            heads = next((home / "evidence").glob("chain-*.txt"))
            failures += untouched(server, heads, home / "site")
            failures += tampered(server, home / "site")
    for words in failures:
        say(f"FAILED: {words}")
    sys.exit(1 if failures else 0)


def one_night(council: Council, number: int) -> None:
    """Everything that happens on a night, from the record system's copy to what is done about the night."""
    started, tonight = time.monotonic(), council.night(FIRST + dt.timedelta(days=number - 1))
    pipeline = engine(connections.role_url("pipeline", council.warehouse))
    refresh(council, number)
    told = "published"
    if number == DISCARDED and not council.scalar(WAS_DISCARDED):
        run(tonight, "extract", "land")
        discard(pipeline, AUTHORITY, tonight.as_known, "the copy was half refreshed", "an operator")
        tonight, told = council.night(tonight.as_known, "again"), "discarded; run again and published"
    if number == WITHDRAWN and not council.scalar(WAS_WITHDRAWN):
        ledger.withdraw(pipeline, CORRECTED, "wrong dates", "a manager")
        told = f"publication {CORRECTED} withdrawn; published"
    try:
        if number == RETURNED:
            run(tonight, *STEPS[:-1])
            night.publish(tonight, RETURN, released())
            told = "released as a return"
        else:
            run(tonight)
    except GateBlockedError as reasons:
        told = f"blocked: {str(reasons).splitlines()[0]}"
    say(f"night {number:2d}, {tonight.as_known}: {told} ({time.monotonic() - started:.0f} s)")
    if ("blocked" in told) != (number == BLOCKED):
        raise SystemExit("another night than planned was blocked, or none was")


def refresh(council: Council, number: int) -> None:
    """The record system's copy as it stands on a night."""
    day = FIRST + dt.timedelta(days=number - 1)
    fill_source(engine(council.source), profile=PROFILE, seed=1, until=day)
    with council.spoiling() as connection:
        for statement in (CORRECTIONS if number >= CORRECTED else ()) + (
            HALF_GONE if number == BLOCKED else ()
        ):
            assert connection.execute(text(statement)).rowcount > 0, statement


def untouched(server: Server, heads: Path, site: Path) -> Iterator[str]:
    """What does not hold of a warehouse that nobody touched: verifying, and building again."""
    with copy_of(server, WAREHOUSE) as copy:
        started = time.monotonic()
        found = copy.verify(heads, site=site)
        say(f"Untouched, verified in {time.monotonic() - started:.1f} s: {found}")
        last = found.publications
        # The blocked night has no publication: from then on the numbers lag one behind.
        for publication_id in (1, CORRECTED - 1, CORRECTED, WITHDRAWN, BLOCKED, last):
            started = time.monotonic()
            rebuilt = rebuilding.rebuild(copy.pipeline, publication_id)
            outcome = "comes out the same" if rebuilt.is_same else "DIFFERS"
            say(f"Publication {publication_id} {outcome} ({time.monotonic() - started:.0f} s)")
            if not rebuilt.is_same:
                yield f"publication {publication_id} differs"


def tampered(server: Server, site: Path) -> Iterator[str]:
    """What is not found of every kind of tampering, each in a copy of its own; shows all in a table."""
    shown = Table("kind of tampering", "caught", "place named", "seconds")

    def tell(kind: str, place: str | None, seconds: float) -> Iterator[str]:
        shown.add_row(kind, "yes" if place else "NO", place or "", f"{seconds:.1f}")
        say(f"{kind}: {'caught' if place else 'NOT CAUGHT'} ({seconds:.0f} s)")
        if not place:
            yield f"not caught, or another place named: {kind}"

    for kind in KINDS:
        with copy_of(server, WAREHOUSE) as copy:
            tampering, started = copy.tamper(kind), time.monotonic()
            place = _broken_at(copy, tampering.place)
            yield from tell(kind, place, time.monotonic() - started)
    for kind, (tamper, expected) in OF_PACKS.items():
        with copy_of(server, WAREHOUSE) as copy, TemporaryDirectory() as reports:
            tamper(copy.report(Path(reports)))
            started = time.monotonic()
            place = _broken_at(copy, expected, Path(reports))
            yield from tell(kind, place, time.monotonic() - started)
    for kind, (tamper, expected) in OF_PAGES.items():
        with copy_of(server, WAREHOUSE) as copy, TemporaryDirectory() as folder:
            pages = Path(folder) / "site"
            shutil.copytree(site, pages)
            tamper(pages / AUTHORITY.lower() / "publication-1")
            started = time.monotonic()
            place = _broken_at(copy, expected, site=pages)
            yield from tell(kind, place, time.monotonic() - started)
    for kind, tampering in REBUILT.items():
        with copy_of(server, WAREHOUSE) as copy:
            copy.spoil(*tampering.statements)
            started = time.monotonic()
            place = _differs_at(copy, tampering.place)
            yield from tell(kind, place, time.monotonic() - started)
    say(shown)


# What building publication 1 again tells of.
REBUILT = {
    "rebuild: landed values": one(
        "update landing.lcs__fact_meetings set actual_dttm = null where fact_meeting_id like '%1'",
        "published.kpi_value at E",
    ),
    "rebuild: what a record says": one(
        "update audit.evidence set record = jsonb_set(record, '{as_known}', '\"2020-01-01\"') "
        "where (record ->> 'publication_id') = '1'",
        "the evidence of publication 1 was changed",
    ),
}


def _broken_at(
    copy: Copy, expected: str, reports: Path | None = None, site: Path | None = None
) -> str | None:
    try:
        copy.verify(reports=reports, site=site)
    except EvidenceBrokenError as error:
        return error.place if re.search(expected, str(error)) else None
    return None


def _differs_at(copy: Copy, expected: str) -> str | None:
    try:
        rebuilt = rebuilding.rebuild(copy.pipeline, 1)
    except RebuildRefusedError as refusal:
        places = [str(refusal)]
    else:
        places = [f"{mart.view} at {key}" for mart in rebuilt.marts for key in mart.differing]
    return next((place for place in places if re.search(expected, place)), None)


@contextmanager
def _home() -> Iterator[Path]:
    """The folder named on the command line, which stays and is gone on with; else one for this run alone."""
    if len(sys.argv) > 1:
        yield Path(sys.argv[1]).resolve()
    else:
        with server_home() as home:
            yield home


def _council(server: Server) -> Council:
    """The council with what an earlier run left in its two databases, made where there is none."""
    source, warehouse = (server.admin.url.set(database=name) for name in (SOURCE, WAREHOUSE))
    with server.admin.connect() as connection:
        there = set(connection.scalars(text("select datname from pg_database")))
        for name in {SOURCE, WAREHOUSE} - there:
            connection.exec_driver_sql(f"create database {name}")
        for name in there:
            if name.startswith("test_"):  # a copy that a run which was cut off left
                connection.exec_driver_sql(f"drop database {name} with (force)")
    deploy(engine(warehouse), [AUTHORITY])
    return Council(server, source, warehouse, months=MONTHS)


if __name__ == "__main__":
    main()
