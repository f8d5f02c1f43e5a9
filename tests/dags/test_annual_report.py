"""The DAG of the annual report: when it runs, and which report it asks for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException

from care_reviews import airflow_tasks, report
from care_reviews.errors import ReportRefusedError
from care_reviews.report.year import Year


def context(**params: str | None) -> dict[str, Any]:
    return {"params": {"year": None, "as_known": None} | params}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What reports were asked for; nothing is made."""
    found: list[Any] = []

    def make(engine: Any, settings: Any, authority: str, year: Year | None, as_known: dt.date | None) -> Any:
        found.append((year, as_known))
        return SimpleNamespace(year=Year(2019), publication_id=2, page=Path("page"), digests={"page": "0"})

    monkeypatch.setattr(airflow_tasks, "hand_over_connections", lambda: None)
    monkeypatch.setattr(airflow_tasks, "warehouse_engine", lambda: SimpleNamespace(dispose=lambda: None))
    monkeypatch.setattr(report, "make", make)
    monkeypatch.setattr(report, "vouch", lambda engine, settings, pack: found.append("vouched for"))
    return found


def test_it_asks_for_the_year_and_the_night_that_are_named(asked: list[Any]) -> None:
    told = airflow_tasks.write_report(context(year="2018-19", as_known="2020-03-31"))
    assert asked == [(Year(2018), dt.date(2020, 3, 31)), "vouched for"]
    assert told == {"publication_id": 2, "year": "2019-20", "sha256": {"page": "0"}}


def test_after_a_publication_it_asks_for_the_newest_year(asked: list[Any]) -> None:
    airflow_tasks.write_report(context())
    assert asked == [(None, None), "vouched for"]


@pytest.mark.parametrize("named", [{"year": "2019-21"}, {"as_known": "31/03/2020"}])
def test_what_no_retry_can_help_fails_at_once(asked: list[Any], named: dict[str, str]) -> None:
    with pytest.raises(AirflowFailException):
        airflow_tasks.write_report(context(**named))
    assert asked == []


def test_a_refused_report_fails_at_once(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise ReportRefusedError("no publication stands")

    monkeypatch.setattr(report, "make", refuse)
    with pytest.raises(AirflowFailException, match="no publication stands"):
        airflow_tasks.write_report(context())


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (dt.date(2020, 3, 30), 2018),
        (dt.date(2020, 3, 31), 2019),
        (dt.date(2020, 4, 30), 2019),
        (dt.date(2020, 12, 31), 2019),
        (dt.date(2021, 1, 1), 2019),
    ],
)
def test_the_newest_year_that_was_over(day: dt.date, first: int) -> None:
    assert Year.over_by(day) == Year(first)
