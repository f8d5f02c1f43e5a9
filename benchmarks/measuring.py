"""The two databases of a benchmark, what is in them, and a stopwatch."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, text

from care_reviews.connections import make_engine
from care_reviews.demo.tables import metadata
from care_reviews.source.catalog import READS

SCHEMA = "child_social"
COUNCILS = [f"E{number:08d}" for number in range(10)]

CASE_NOTES = """
insert into child_social.fact_casenotes (fact_casenote_id, dim_person_id, event_dttm,
    dim_lookup_casnt_type_id_code, seen_flag, seen_alone_flag)
select n, n % 20000, timestamp '2015-01-01' + n * interval '67 seconds',
    (array['IRO', 'STVL', 'OTHER'])[1 + n % 3], (array['Y', 'N', null])[1 + n % 3],
    (array['Y', 'N', null])[1 + n % 3]
from generate_series(1, {rows}) as n
"""
CHANGED_CASE_NOTES = """
update child_social.fact_casenotes set seen_flag = coalesce(seen_flag, '') || 'x'
where (hashint8(fact_casenote_id) & 1073741823) % 500 = 7
"""
ANSWERS = """
insert into child_social.fact_form_answers (fact_form_answer_id, fact_form_id,
    dim_assessment_template_id_desc, answer_no, answer, answered_dttm)
select n, n / 10, 'CLA Review Outcomes', (array['ICSParticipationCode', 'FirstMeetingDate', 'LastMeetingDate',
    'OutcomesCompletedDate', 'RecordCompletedDate', 'RecordDistributedDate', 'SWReportReceived',
    'ChildCoChaired', 'WrittenToChild', 'PermanencePlan'])[1 + n % 10], '2019-03-0' || (1 + n % 9),
    timestamp '2015-01-01' + (n / 10) * interval '677 seconds'
from generate_series(1, {rows}) as n;
insert into child_social.fact_forms (fact_form_id, dim_person_id)
select n, n % 20000 from generate_series(0, {rows} / 10) as n;
insert into child_social.fact_meeting_subjects (fact_meetings_id, dim_person_id, fact_outcm_form_id)
select n, n % 20000, n from generate_series(0, {rows} / 10) as n
"""
CHANGED_ANSWERS = """
update child_social.fact_form_answers set answer = '2019-04-11'
where (hashint8(fact_form_answer_id) & 1073741823) % 500 = 7
"""

# A process of its own: the parent cannot measure the memory of its own past.
NIGHT = """
import datetime as dt, json, sys, time
from benchmarks.peak_memory import peak_megabytes
from care_reviews.connections import make_engine
from care_reviews.landing import land
from care_reviews.night import Night
from care_reviews.server import embedded
from care_reviews.settings import Settings
from care_reviews.source.extract import extract

authority, day = sys.argv[1:]
source, warehouse = (make_engine(embedded.url(name, "admin")) for name in ("lcs_source", "warehouse"))
for engine in (source, warehouse):
    engine.connect().close()
night, settings = Night(authority, dt.date.fromisoformat(day), day), Settings()
started = time.perf_counter()
extract(night, source, warehouse, settings)
rows = land(night, warehouse, settings)
seconds = time.perf_counter() - started
read, written = sum(row.rows_read for row in rows), sum(row.rows_new + row.rows_changed for row in rows)
print(json.dumps([seconds, peak_megabytes(), read, written]))
"""


@dataclass(frozen=True)
class Load:
    """What is measured: source tables, how they are filled with so many rows, and how 0.2% of them change."""

    name: str
    tables: tuple[str, ...]
    fill: str
    change: str


@dataclass(frozen=True)
class NightCost:
    """Extract and land of one night. `written` is the number of rows that were new or changed."""

    name: str
    seconds: float
    megabytes: float
    read: int
    written: int


class Bench:
    """An embedded server with a source whose tables are empty, and a warehouse deployed for ten councils."""

    case_notes = Load("case notes", ("fact_casenotes",), CASE_NOTES, CHANGED_CASE_NOTES)
    answers = Load(
        "form answers", ("fact_form_answers", "fact_forms", "fact_meeting_subjects"), ANSWERS, CHANGED_ANSWERS
    )
    source: Engine
    warehouse: Engine

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __enter__(self) -> Self:
        from care_reviews.server import embedded
        from care_reviews.warehouse import deploy

        embedded.start()
        self.source = make_engine(embedded.url("lcs_source", "admin"))
        self.warehouse = make_engine(embedded.url("warehouse", "admin"))
        with self.source.begin() as connection:
            connection.execute(text(f"create schema {SCHEMA}"))
            metadata.create_all(connection.execution_options(schema_translate_map={None: SCHEMA}))
        deploy(self.warehouse, COUNCILS)
        return self

    def __exit__(self, *_: object) -> None:
        from care_reviews.server import embedded

        self.source.dispose()
        self.warehouse.dispose()
        embedded.stop()

    def fill(self, load: Load, rows: int | None = None) -> None:
        """Empty source and warehouse, and fill the source."""
        self.empty()
        with self.source.begin() as connection:
            connection.execute(text(load.fill.format(rows=rows or self.rows)))
        settle(self.source)
        settle(self.warehouse)

    def empty(self) -> None:
        """Empty source and warehouse."""
        with self.source.begin() as connection:
            names = ", ".join(f"{SCHEMA}.{name}" for name in metadata.tables)
            connection.execute(text(f"truncate {names}"))
        with self.warehouse.begin() as connection:
            landing = connection.scalars(
                text(
                    "select oid::regclass::text from pg_class where relnamespace = 'landing'::regnamespace"
                    " and relkind in ('r', 'p') and not relispartition"
                )
            ).all()
            connection.execute(text(f"truncate {', '.join(landing)}, audit.extract cascade"))


def settle(engine: Engine) -> None:
    """Let the server finish what a big load leaves to do, so that it is not charged to what comes next."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
        connection.execute(text("checkpoint"))


def bare_pipe(bench: Bench, load: Load) -> float:
    """Seconds of COPY out of the source, piped into COPY into ordinary tables of texts."""
    seconds = 0.0
    for name in load.tables:
        names = next(entry for entry in READS if entry.name == name).names
        with bench.warehouse.begin() as connection:
            connection.execute(text("drop table if exists public.bare"))
            connection.execute(
                text(f"create table public.bare ({', '.join(f'{each} text' for each in names)})")
            )
        seconds += _pipe(bench, f"copy (select {', '.join(names)} from {SCHEMA}.{name}) to stdout")
    with bench.warehouse.begin() as connection:
        connection.execute(text("drop table public.bare"))
    settle(bench.warehouse)
    return seconds


def _pipe(bench: Bench, query: str) -> float:
    started = time.perf_counter()
    with bench.source.connect() as out, bench.warehouse.begin() as into:
        reading: Any = out.connection.driver_connection
        writing: Any = into.connection.driver_connection
        with (
            reading.cursor().copy(query) as rows,
            writing.cursor().copy("copy public.bare from stdin") as sink,
        ):
            for row in rows:
                sink.write(row)
    return time.perf_counter() - started


def nights_of(bench: Bench, load: Load, council: int = 0) -> list[NightCost]:
    """The first night, one with 0.2% of the rows changed, and one with nothing changed."""
    nights = [_night("first night", council, 1)]
    settle(bench.warehouse)
    with bench.source.begin() as connection:
        connection.execute(text(load.change))
    settle(bench.source)
    nights += [_night("0.2% changed", council, 2), _night("unchanged", council, 3)]
    _check(nights)
    return nights


def _night(name: str, council: int, day: int) -> NightCost:
    done = subprocess.run(
        [sys.executable, "-c", NIGHT, COUNCILS[council], f"2020-03-{day:02d}"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    return NightCost(name, *json.loads(done.stdout.splitlines()[-1]))


def _check(nights: list[NightCost]) -> None:
    """A ratio of work that was not done says nothing."""
    first, changed, unchanged = nights
    assert first.read == first.written == changed.read == unchanged.read > 0, nights
    assert 0 < changed.written / changed.read < 0.01, nights
    assert unchanged.written == 0, nights
