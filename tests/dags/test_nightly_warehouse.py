"""The DAG as Airflow reads it: it imports, and its order, schedule and retries are those of a night."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from care_reviews import airflow_tasks, night
from care_reviews.airflow_env import SHARED
from care_reviews.errors import (
    GateBlockedError,
    NightRefusedError,
    SourceUnavailableError,
    WarehouseBusyError,
)
from care_reviews.settings import PROJECT_ROOT

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def dag_bag(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Airflow's DagBag over dags/, in an Airflow home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        for name, value in SHARED.items():
            patch.setenv(name, value)
        from airflow.dag_processing.dagbag import DagBag

        yield DagBag(PROJECT_ROOT / "dags")


@pytest.fixture(scope="module")
def dag(dag_bag: Any) -> Any:
    return dag_bag.dags["nightly_warehouse"]


def test_the_folder_imports_and_holds_the_dags(dag_bag: Any) -> None:
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == {"nightly_warehouse", "annual_report", "board_pages"}
    assert not [path.name for path in (PROJECT_ROOT / "dags").iterdir() if path.name.startswith("dbt_")]


@pytest.mark.parametrize("name", ["annual_report", "board_pages"])
def test_each_publication_makes_the_report_and_the_pages(dag_bag: Any, name: str) -> None:
    made = dag_bag.dags[name]
    assert [task.task_id for task in made.tasks] == ["write"]
    assert [asset.name for asset in made.timetable.asset_condition.objects] == ["care_reviews_publication"]
    assert (made.max_active_runs, made.catchup) == (1, False)


def test_steps_run_in_order_and_nothing_flows_back(dag: Any) -> None:
    after = {task.task_id: task.downstream_task_ids for task in dag.tasks}
    assert after == {
        "extract": {"land"},
        "land": {"build"},
        "build": {"validate"},
        "validate": {"propose"},
        "propose": {"release", "publish"},
        "release": {"publish"},
        "publish": set(),
    }


def test_one_run_at_a_time_and_no_catching_up(dag: Any) -> None:
    assert (dag.max_active_runs, dag.catchup) == (1, False)


def test_every_step_is_tried_again_with_growing_waits(dag: Any) -> None:
    for task in dag.tasks:
        assert task.retries == 3, task.task_id
        assert task.retry_exponential_backoff, task.task_id
        assert task.max_retry_delay == dt.timedelta(minutes=30), task.task_id
    rules = {task.task_id: task.trigger_rule for task in dag.tasks}
    assert rules.pop("publish") == "none_failed_min_one_success"
    assert set(rules.values()) == {"all_success"}


def test_an_approver_who_says_nothing_refuses(dag: Any) -> None:
    release = dag.get_task("release")
    assert (release.options, release.defaults, release.multiple) == (["Release", "Refuse"], ["Refuse"], False)
    assert release.response_timeout == dt.timedelta(hours=18)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (None, True),
        ("Annual report 2019-20", True),
        ("x" * 60, True),
        ("x" * 61, False),
        ("", False),
        (" x", False),
        ("{{ x }}", False),
        ("<b>", False),
    ],
)
def test_a_returns_name_is_plain(dag: Any, value: Any, good: bool) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    param = dag.params.get_param("return_name")
    if good:
        assert param.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            param.resolve(value)


@pytest.mark.parametrize(
    ("return_name", "asked", "following"),
    [(None, None, "publish"), ("Annual report", {"subject": "s", "body": "b"}, "release")],
)
def test_a_return_alone_waits_for_a_person(
    dag: Any, monkeypatch: pytest.MonkeyPatch, return_name: str | None, asked: Any, following: str
) -> None:
    pushed: dict[str, Any] = {}
    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    monkeypatch.setattr(night, "propose", lambda tonight, return_name: asked)
    context = a_context() | {"ti": SimpleNamespace(xcom_push=pushed.__setitem__)}
    context["params"]["return_name"] = return_name
    assert dag.get_task("propose").python_callable(**context) == following
    assert pushed == ({} if asked is None else {"question": asked})


def test_a_return_that_was_refused_is_skipped(dag: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    monkeypatch.setattr(night, "publish", lambda tonight, return_name, answer: None)
    context = a_context() | {"ti": SimpleNamespace(xcom_pull=lambda task: {}), "outlet_events": {}}
    context["params"]["return_name"] = "Annual report"
    with pytest.raises(AirflowSkipException, match="refused"):
        dag.get_task("publish").python_callable(**context)


def test_the_publication_is_an_asset(dag: Any) -> None:
    assert [asset.name for asset in dag.get_task("publish").outlets] == ["care_reviews_publication"]
    assert not any(task.outlets for task in dag.tasks if task.task_id != "publish")


def test_the_notes_are_the_operations_page(dag: Any) -> None:
    assert "## When a night fails" in dag.doc_md
    for step in ("extract", "land", "build", "validate", "propose", "release", "publish"):
        assert f"**{step}**" in dag.doc_md


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        ("2020-03-28", 4),  # winter
        ("2020-03-29", 3),  # the clock goes forward at 01:00
        ("2020-10-24", 3),  # summer
        ("2020-10-25", 4),  # the clock goes back at 02:00
    ],
)
def test_a_night_runs_once_a_day_at_half_past_four_in_london(dag: Any, day: str, utc_hour: int) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import DataInterval, TimeRestriction
    from pendulum import instance

    date = dt.date.fromisoformat(day)
    before = instance(dt.datetime.combine(date - dt.timedelta(days=1), dt.time(4, 30), LONDON))
    following = coerce_to_core_timetable(dag.timetable).next_dagrun_info(
        last_automated_data_interval=DataInterval.exact(before),
        restriction=TimeRestriction(earliest=None, latest=None, catchup=True),
    )
    assert following.run_after == dt.datetime.combine(date, dt.time(utc_hour, 30), dt.UTC)


def test_starting_airflow_runs_no_past_night(dag: Any) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import TimeRestriction

    first = coerce_to_core_timetable(dag.timetable).next_dagrun_info(
        last_automated_data_interval=None,
        restriction=TimeRestriction(earliest=None, latest=None, catchup=False),
    )
    assert first.run_after > dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("value", "good"),
    [(None, True), ("2020-03-31", True), ("31/03/2020", False), ("2020-02-30", False), (20200331, False)],
)
def test_as_known_is_a_date_or_nothing(dag: Any, value: Any, good: bool) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    param = dag.params.get_param("as_known")
    if good:
        assert param.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            param.resolve(value)


def a_context(as_known: str | None = "2020-03-31", **conf: str) -> dict[str, Any]:
    run = SimpleNamespace(run_id="run 1", run_after=dt.datetime(2020, 4, 1, 3, 30, tzinfo=dt.UTC), conf=conf)
    return {"dag_run": run, "params": {"as_known": as_known}}


def test_a_step_gets_the_night_that_the_run_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    nights = [
        airflow_tasks.perform(lambda night: night, context) for context in (a_context(), a_context(None))
    ]
    assert [(night.as_known, night.run_id) for night in nights] == [(dt.date(2020, 3, 31), "run 1")] * 2


def test_a_run_that_is_cleared_days_later_does_not_extract_as_of_its_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Named, its day is extracted all the same; its later steps work on what was extracted in time."""
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    done: list[str] = []
    for step in ("extract", "land"):
        monkeypatch.setattr(night, step, lambda tonight, step=step: done.append(step))
    with pytest.raises(AirflowFailException, match="the run of 2020-03-31 extracts on"):
        airflow_tasks.perform(night.extract, a_context(None))
    airflow_tasks.perform(night.land, a_context(None))
    airflow_tasks.perform(night.extract, a_context())
    assert done == ["land", "extract"]


@pytest.mark.parametrize(
    "error", [SourceUnavailableError("down"), WarehouseBusyError("busy"), OSError("any other")]
)
def test_what_may_pass_is_left_to_airflow_to_retry(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    with pytest.raises(type(error)):
        airflow_tasks.perform(raising(error), a_context())


@pytest.mark.parametrize("error", [NightRefusedError("out of order"), GateBlockedError("blocked")])
def test_a_refusal_fails_at_once_with_its_message(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    with pytest.raises(AirflowFailException, match=str(error)):
        airflow_tasks.perform(raising(error), a_context())


def test_a_parameter_that_is_none_fails_at_once(monkeypatch: pytest.MonkeyPatch, dag: Any) -> None:
    """Without it the night of yesterday would run."""
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    assert {*dag.params} == airflow_tasks.PARAMETERS
    with pytest.raises(AirflowFailException, match="given asknown, which is no parameter"):
        airflow_tasks.perform(
            raising(AssertionError("no step may run")), a_context(None, asknown="2020-05-01")
        )


def test_a_day_that_is_not_over_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    with pytest.raises(AirflowFailException, match="not over yet"):
        airflow_tasks.perform(raising(AssertionError("no step may run")), a_context("2999-01-01"))


@pytest.mark.parametrize(
    "value",
    [
        "postgres://a%20user:p%40ss%2Fw%3Ard@db.example:5433/ware%20house?sslmode=require",
        "mssql://reader:secret@sql.example:1433/lcs",
        "sqlite:////srv/lcs.db",
        '{"conn_type": "postgres", "host": "db", "login": "u", "password": "p:/@", "schema": "lcs"}',
    ],
)
def test_a_connection_reaches_the_steps_as_airflow_was_given_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    from airflow.sdk import Connection

    from care_reviews.connections import parse, url_of

    for name in ("lcs_source", "warehouse"):
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", "postgres://elsewhere/other")
    given = (
        Connection.from_json(value, conn_id="c")
        if value.startswith("{")
        else Connection.from_uri(value, conn_id="c")
    )
    monkeypatch.setattr(airflow_tasks.Connection, "get", staticmethod(lambda name: given))
    airflow_tasks.hand_over_connections()
    assert url_of("warehouse") == parse("warehouse", value)
    assert url_of("lcs_source") == parse("lcs_source", value)


def raising(error: Exception) -> Any:
    def step(night: Any) -> None:
        raise error

    return step


def test_the_dag_file_is_short_enough_to_read() -> None:
    lines = Path(PROJECT_ROOT / "dags" / "nightly_warehouse.py").read_text().splitlines()
    assert len(lines) <= 120
