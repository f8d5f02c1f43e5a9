"""What a step tells, and how it words what went wrong."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from care_reviews import step as steps
from care_reviews.errors import DatabaseFailedError, GateBlockedError
from care_reviews.night import Night
from care_reviews.night_console import step_line
from care_reviews.night_run import StepEvent, event_in

NIGHT = Night("E10000030", dt.date(2020, 3, 31), "run 1")
SECRET = "Failing row contains (Jane Doe, 2011-02-03)"


@pytest.fixture(autouse=True)
def _facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_facts", lambda name, night: [{"rows_read": 1200}])


def events(caplog: pytest.LogCaptureFixture) -> list[StepEvent]:
    return [event for record in caplog.records if (event := event_in(record.getMessage()))]


def test_a_step_tells_its_start_and_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with steps.step("land", NIGHT):
        pass
    started, finished = events(caplog)
    assert (started.step, started.state) == ("land", "started")
    assert (finished.step, finished.state, finished.facts) == ("land", "finished", [{"rows_read": 1200}])


def test_a_refusal_goes_on_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(GateBlockedError, match="2 expectations"), steps.step("validate", NIGHT):
        raise GateBlockedError("2 expectations say stop")
    assert events(caplog)[-1].message == "2 expectations say stop"


def driver_error(kind: type[psycopg.Error]) -> DBAPIError:
    return OperationalError("insert into landing.lcs__dim_person", {"name": "Jane"}, kind(SECRET))


@pytest.mark.parametrize(
    ("kind", "retry"),
    [
        (psycopg.OperationalError, True),  # no answer from a server at all
        (psycopg.errors.ConnectionFailure, True),
        (psycopg.errors.DeadlockDetected, True),
        (psycopg.errors.TooManyConnections, True),
        (psycopg.errors.LockNotAvailable, True),
        (psycopg.errors.AdminShutdown, True),
        (psycopg.errors.NotNullViolation, False),
        (psycopg.errors.UndefinedTable, False),
        (psycopg.errors.InvalidPassword, False),
        (psycopg.errors.InvalidTextRepresentation, False),
    ],
)
def test_a_database_error_keeps_its_state_and_no_value(
    caplog: pytest.LogCaptureFixture, kind: type[psycopg.Error], retry: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(DatabaseFailedError) as caught, steps.step("land", NIGHT):
        raise driver_error(kind)
    assert caught.value.retry is retry
    assert caught.value.__cause__ is None
    assert kind.__name__ in str(caught.value)
    assert "Jane" not in caplog.text + str(caught.value)


def test_a_refused_login_is_not_tried_again() -> None:
    refused = psycopg.OperationalError('FATAL: password authentication failed for user "pipeline"')
    with (
        pytest.raises(DatabaseFailedError, match="the login was refused") as caught,
        steps.step("land", NIGHT),
    ):
        raise OperationalError("select 1", {}, refused)
    assert caught.value.retry is False


def test_any_other_error_goes_on_and_its_words_stay_out_of_the_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(ValueError, match="Jane"), steps.step("land", NIGHT):
        raise ValueError(SECRET)
    assert events(caplog)[-1].message == "ValueError: see the log"


@pytest.mark.parametrize(
    "line",
    [
        "2020-04-01 [info] something else",
        "care-reviews step: not json",
        'care-reviews step: {"step": "land", "state"',
    ],
)
def test_other_lines_carry_no_event(line: str) -> None:
    assert event_in(line) is None


def test_an_event_is_found_within_airflows_words() -> None:
    said = 'care-reviews step: {"step": "land", "state": "started", "as_known": "x"}'
    assert event_in(f"2020-04-01T04:31:00Z [info] {said} loc=1") == StepEvent("land", "started")


GATE = {"gate": "source", "verdict": "blocked", "passed": 9, "warned": 1, "stopped": 2}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (StepEvent("build", "finished", 13.52, [{"tables": 45}]), "  build      13.5 s  tables 45"),
        (StepEvent("extract", "finished", 1.0, []), "  extract     1.0 s"),
        (
            StepEvent("land", "finished", 1.0, [{"rows_read": 261905, "new": 0}]),
            "  land        1.0 s  rows read 261,905, new 0",
        ),
        (
            StepEvent("validate", "failed", 2.0, [GATE], "2 say stop"),
            "  validate    2.0 s  failed: 2 say stop (source gate blocked (9 passed, 1 warned, 2 stopped))",
        ),
    ],
)
def test_a_step_is_one_line(event: StepEvent, words: str) -> None:
    assert step_line(event) == words


def test_every_step_has_its_numbers_to_read() -> None:
    assert list(steps.TELLING) == ["extract", "land", "build", "validate", "propose", "publish"]


def test_numbers_come_from_the_tables_a_step_leaves(fresh_warehouse: Any) -> None:
    from tests.nights import a_night, judged

    night = a_night(31)
    judged(fresh_warehouse.engine, night)
    for name in steps.TELLING:
        for fact in steps._read(fresh_warehouse.engine_as("pipeline"), name, night):
            assert all(isinstance(value, int | str) for value in fact.values()), name
    gates = steps._read(fresh_warehouse.engine_as("pipeline"), "validate", night)
    assert [fact["gate"] for fact in gates] == ["source", "care", "marts"]
