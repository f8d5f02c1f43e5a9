"""Killed at any point, then run again: the same as a run that nobody disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from care_reviews.connections import make_engine
from care_reviews.landing import land
from care_reviews.source.catalog import TABLES
from care_reviews.source.extract import extract
from tests.lcs import Lcs, a_night, query, run_night

# A night in a process of its own, which stops for good at the n-th statement that holds some words.
NIGHT = textwrap.dedent("""
    import os, signal, sys
    from sqlalchemy import event
    from care_reviews.connections import make_engine
    from care_reviews.landing import land
    from care_reviews.landing.stage import Stage
    from care_reviews.night import Night
    from care_reviews.settings import Settings
    from care_reviews.source.extract import extract
    from sqlalchemy import make_url
    import datetime as dt

    source, warehouse = (make_engine(make_url(os.environ[name])) for name in ("SOURCE", "WAREHOUSE"))
    words, how = os.environ["WORDS"], os.environ["HOW"]

    def end(cursor):
        if how == "process":
            os.kill(os.getpid(), signal.SIGKILL)
        with make_engine(make_url(os.environ["OWNER"])).connect() as other:
            pid = cursor.connection.info.backend_pid
            other.exec_driver_sql(f"select pg_terminate_backend({pid})")

    @event.listens_for(warehouse, "before_cursor_execute")
    def look(connection, cursor, statement, parameters, context, executemany):
        if words in statement:
            end(cursor)

    copy = Stage.copy
    def look_at_copy(self, relation, columns):
        found = copy(self, relation, columns)
        if words in f"copy {relation}":
            end(self.connection.connection.driver_connection.cursor())
        return found
    Stage.copy = look_at_copy

    night = Night("E10000030", dt.date(2020, 3, 2), "killed")
    extract(night, source, warehouse, Settings())
    land(night, warehouse, Settings())
    print("not killed")
""")

POINTS = [
    "insert into audit.extract",
    "create unlogged table",
    'copy stage."e10000030__dim_person"',
    'copy stage."e10000030__fact_casenotes__chunk"',
    'create unlogged table stage."e10000030__fact_casenotes__difference"',
    'create unlogged table stage."e10000030__fact_casenotes__places"',
    'create unlogged table stage."e10000030__form"',
    "set status = 'extracted'",
    "insert into landing.lcs__dim_person",
    "update landing.lcs__fact_casenotes",
    "delete from landing.chunk",
    "insert into landing.quarantine",
    "insert into audit.manifest",
    "set status = 'landed'",
    "drop table if exists stage",
]


def fill(source: Lcs) -> None:
    source.add_all()
    source.add("fact_cla", fact_cla_id=62, start_dttm="0219-01-01")
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id) select n from generate_series(1000, 1400) as n"
    )


def change(source: Lcs) -> None:
    source.run("update {s}fact_casenotes set seen_flag = 'Y' where fact_casenote_id % 50 = 1")
    source.run("delete from {s}fact_casenotes where fact_casenote_id % 100 = 2")
    source.run("update {s}dim_person set is_client = 'N'; update {s}fact_form_answers set answer = 'PN2'")


def pictures(warehouse: Engine) -> dict[str, Any]:
    """Every version with its pictures named by their order among those that landed: ids of dead runs are
    skipped.
    """
    ids = [
        row["extract_id"]
        for row in query(warehouse, "select extract_id from audit.extract where status = 'landed' order by 1")
    ]
    order = {number: place for place, number in enumerate(ids, 1)} | {None: None}
    found: dict[str, Any] = {}
    for name in (*(f"lcs__{table.name}" for table in TABLES), "quarantine"):
        rows = query(warehouse, f"select *, null as x from landing.{name}")
        found[name] = Counter(
            tuple(
                str(order[value] if key in ("known_from", "known_to") else value)
                for key, value in row.items()
            )
            for row in rows
        )
    # How rows are put together follows the order in which the source gives them, and says nothing.
    found["chunk"] = Counter(
        (row["table_name"], row["row_hashes"][place : place + 16])
        for row in query(warehouse, "select * from landing.chunk")
        for place in range(0, len(row["row_hashes"]), 16)
    )
    measured = "table_name, rows_read, rows_new, rows_changed, rows_vanished, rows_unchanged, content_digest"
    found["manifest"] = Counter(
        tuple(row.values()) for row in query(warehouse, f"select {measured} from audit.manifest")
    )
    return found


def killed_night(
    source: Lcs, pipeline: Engine, owner: Engine, words: str, how: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        **{
            name: engine.url.render_as_string(hide_password=False)
            for name, engine in (("SOURCE", source.engine), ("WAREHOUSE", pipeline), ("OWNER", owner))
        },
        "WORDS": words,
        "HOW": how,
    }
    return subprocess.run(
        [sys.executable, "-c", NIGHT], env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def undisturbed(source: Lcs, pipeline: Engine) -> dict[str, Any]:
    """What two nights leave behind when nothing happens; the source stands as on the first again."""
    fill(source)
    run_night(source, pipeline, a_night(1))
    change(source)
    run_night(source, pipeline, a_night(2))
    return pictures(pipeline)


@pytest.mark.parametrize(("how", "points"), [("process", POINTS), ("backend", POINTS[3::4])])
def test_killed_then_run_again(
    undisturbed: dict[str, Any], source: Lcs, owner: Engine, pipeline: Engine, how: str, points: list[str]
) -> None:
    from tests.integration.landing.conftest import EMPTY_WAREHOUSE

    for words in points:
        with owner.begin() as connection:
            connection.exec_driver_sql(EMPTY_WAREHOUSE)
        fresh = Lcs(source.engine)
        for name in {table.name for table in TABLES}:
            fresh.run(f"delete from {{s}}{name}")
        fill(fresh)
        run_night(fresh, pipeline, a_night(1))
        change(fresh)
        ended = killed_night(fresh, pipeline, owner, words, how)
        assert ended.returncode != 0, words
        assert "not killed" not in ended.stdout, words
        if how == "process":
            assert ended.returncode == -signal.SIGKILL, ended.stderr
        run_night(fresh, pipeline, a_night(2, run="again"))
        assert pictures(pipeline) == undisturbed, words
        assert (
            query(pipeline, "select relname from pg_class where relnamespace = 'stage'::regnamespace") == []
        )


def test_land_killed_then_landed_again(source: Lcs, owner: Engine, pipeline: Engine) -> None:
    """The same run's land may be tried again on what is staged."""
    fill(source)
    night = a_night(1)
    extract(night, source.engine, pipeline, source.settings)
    with pytest.raises(OperationalError):
        land(night, make_ending(pipeline, owner), source.settings)
    assert query(pipeline, "select count(*) as n from landing.lcs__dim_person")[0]["n"] == 0
    assert {row.rows_new for row in land(night, pipeline, source.settings)} >= {1, 402}


def make_ending(pipeline: Engine, owner: Engine) -> Engine:
    """An engine whose backend is ended when the manifest is written."""
    from sqlalchemy import event

    engine = make_engine(pipeline.url)

    def end(connection, cursor, statement, parameters, context, executemany) -> None:
        if "insert into audit.manifest" in statement:
            with owner.connect() as other:
                other.execute(
                    text("select pg_terminate_backend(:p)"), {"p": cursor.connection.info.backend_pid}
                )

    event.listen(engine, "before_cursor_execute", end)
    return engine
