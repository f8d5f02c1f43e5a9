"""Publishing while others read, and publishing that is cut off: readers see one whole publication, always."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from care_reviews import connections, ledger, publication
from care_reviews.errors import WarehouseBusyError
from care_reviews.lock import authority_lock
from care_reviews.versions import merge
from care_reviews.warehouse import deploy
from tests.nights import AUTHORITY, MARTS, a_night, judged

CELLS = 200
STEPS = ("_hold", "_ledger_row", "make_pseudonyms", "_merge", "_record")

# In another process: publish, and stop for good where the test says, as a killed machine would.
PUBLISH_AND_HANG = """
import time
from tests.nights import MARTS, a_night
from care_reviews import connections, publication
import logging

def hang(*words, **named):
    print("hanging", flush=True)
    time.sleep(600)

setattr(publication, {step!r}, hang)
publication.publish(a_night(2), connections.engine_for("warehouse"), MARTS)
"""


@pytest.fixture
def pipeline(fresh_warehouse) -> Engine:
    """The pipeline's engine on a warehouse with one publication."""
    deploy(fresh_warehouse.engine, [AUTHORITY], MARTS)
    engine = fresh_warehouse.engine_as("pipeline")
    publish(engine, 1)
    return engine


def publish(engine: Engine, day: int) -> publication.Published:
    prepare(engine, day)
    return publication.publish(a_night(day), engine, MARTS)


def prepare(engine: Engine, day: int) -> None:
    """A night whose every cell has the day as its value, and as many reviews on that day."""
    judged(
        engine,
        a_night(day),
        [(f"measure_{number}", "2020-02-29", day) for number in range(CELLS)],
        [(number, number, None, f"2020-02-{day:02}") for number in range(20)],
        invocation=f"dbt-{day}",
    )


def seen(engine: Engine) -> list[tuple]:
    with engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.execute(
                text("select publication_id, value::int, count(*) from published.sample_value group by 1, 2")
            )
        ]


def end_session(connection: Connection, owner: Engine) -> None:
    """End the session on the server's side, and let the connection find out."""
    backend = connection.scalar(text("select pg_backend_pid()"))
    with owner.begin() as admin:
        admin.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": backend})
    connection.execute(text("select 1"))


def test_a_reader_without_pause_sees_one_whole_publication(pipeline, fresh_warehouse):
    """Never empty, never mixed, never an error, never a wait: on both views, from several readers at once."""
    stop = threading.Event()
    days = range(2, 12)

    def read(role: str, query: str, expected) -> set[int]:
        found = set()
        engine = fresh_warehouse.engine_as(role)
        with engine.connect() as connection:
            connection.execute(text("set lock_timeout = '1ms'"))
            while not stop.is_set():
                rows = connection.execute(text(query)).all()
                assert expected(rows), rows
                found.add(max(row.value for row in rows))
                connection.rollback()
        return found

    def whole(rows) -> bool:
        return len(rows) == 1 and rows[0].cells == CELLS

    def all_whole(rows) -> bool:
        return [row.value for row in rows] == list(range(1, len(rows) + 1)) and {
            row.cells for row in rows
        } == {CELLS}

    each = "select value::int as value, count(*) as cells from published.sample_value{} group by 1 order by 1"
    by_day = (
        "select extract(day from held_on)::int as value, count(*) * 10 as cells "
        "from analysis.sample_review group by 1"
    )
    with ThreadPoolExecutor() as pool:
        readers = [
            pool.submit(read, "bi_reader", each.format(""), whole),
            pool.submit(read, "bi_reader", each.format("_as_known"), all_whole),
            pool.submit(read, "analyst", by_day, whole),
        ]
        try:
            for day in days:
                publish(pipeline, day)
        finally:
            time.sleep(0.2)
            stop.set()
        found = [reader.result() for reader in readers]
    assert all(max(values) == days[-1] for values in found)
    assert all(len(values) > 2 for values in found)


def test_two_at_once_for_an_authority_one_waits_and_gives_up(pipeline):
    with pipeline.connect() as holder, authority_lock(holder, AUTHORITY), pipeline.connect() as other:
        with (
            pytest.raises(WarehouseBusyError, match=AUTHORITY),
            authority_lock(other, AUTHORITY, wait_seconds=0),
        ):
            pass
        with authority_lock(other, "E09000001", wait_seconds=0):
            pass
    with pipeline.connect() as other, authority_lock(other, AUTHORITY, wait_seconds=0):
        pass


def test_the_lock_is_given_back_after_an_error_and_after_a_lost_session(pipeline, fresh_warehouse):
    with suppress(DBAPIError), pipeline.connect() as connection, authority_lock(connection, AUTHORITY):
        connection.execute(text("select 1 / 0"))
    with suppress(DBAPIError), pipeline.connect() as connection, authority_lock(connection, AUTHORITY):
        end_session(connection, fresh_warehouse.engine)
    with pipeline.connect() as connection, authority_lock(connection, AUTHORITY, wait_seconds=1):
        pass


@pytest.mark.parametrize("step", STEPS)
def test_a_session_that_ends_in_the_midst_leaves_the_publication_before(
    pipeline, fresh_warehouse, monkeypatch, step
):
    prepare(pipeline, 2)
    work = getattr(publication, step)

    def terminated(connection, *words):
        result = work(connection, *words)
        end_session(connection, fresh_warehouse.engine)
        return result

    monkeypatch.setattr(publication, step, terminated)
    with pytest.raises(DBAPIError):
        publication.publish(a_night(2), pipeline, MARTS)
    assert seen(pipeline) == [(1, 1, CELLS)]
    monkeypatch.setattr(publication, step, work)
    number = publication.publish(a_night(2), pipeline, MARTS).publication_id
    assert seen(pipeline) == [(number, 2, CELLS)]


@pytest.mark.parametrize("step", ["make_pseudonyms", "_merge", "_record"])
def test_a_killed_process_leaves_the_publication_before_and_a_rerun_publishes(
    pipeline, fresh_warehouse, step
):
    prepare(pipeline, 2)
    script = PUBLISH_AND_HANG.format(step=step)
    environment = os.environ | {
        "AIRFLOW_CONN_WAREHOUSE": connections.airflow_uri(fresh_warehouse.url_as("pipeline"))
    }
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hanging\n"
        assert seen(pipeline) == [(1, 1, CELLS)]
        process.send_signal(signal.SIGKILL)
    number = publication.publish(a_night(2), pipeline, MARTS).publication_id
    assert seen(pipeline) == [(number, 2, CELLS)]
    assert len(ledger.publications(pipeline)) == 2


def test_a_failure_after_the_first_mart_leaves_both_marts_as_they_were(
    pipeline, fresh_warehouse, monkeypatch
):
    prepare(pipeline, 2)

    def fails_on_the_second(*words, **named):
        if named["target"] == MARTS[1].history:
            raise RuntimeError
        return merge(*words, **named)

    monkeypatch.setattr("care_reviews.versions.merge", fails_on_the_second)
    with pytest.raises(RuntimeError):
        publication.publish(a_night(2), pipeline, MARTS)
    assert seen(pipeline) == [(1, 1, CELLS)]
    with pipeline.connect() as connection:
        assert (
            connection.scalar(text("select max(held_on)::text from analysis.sample_review")) == "2020-02-01"
        )
