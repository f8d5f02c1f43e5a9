"""Rules of chairs and of care planning alerts, at both sides of each boundary and at null."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.integration.gates import care_tables
from tests.integration.gates.care_tables import CHILD, NIGHT

START = dt.date(2019, 5, 1)
DAY = dt.timedelta(days=1)


def period(start: dt.date = START, end: dt.date | None = None) -> dict[str, Any]:
    return {"period_id": 1, "person_id": CHILD, "start_date": start, "end_date": end}


WEDNESDAY = START  # the fifth working day after it is the Wednesday after
WEEK = 7 * DAY


def chair(start: dt.date, end: dt.date | None, worker: int = 1) -> dict[str, Any]:
    return {"person_id": CHILD, "worker_id": worker, "from_date": start, "until_date": end}


@pytest.mark.parametrize(
    ("chairs", "end", "wrong"),
    [
        ([chair(WEDNESDAY, None)], None, False),
        ([chair(WEDNESDAY - WEEK, None)], None, False),
        ([chair(WEDNESDAY + WEEK, None)], None, False),
        ([chair(WEDNESDAY + WEEK + DAY, None)], None, True),
        ([], WEDNESDAY + WEEK, False),
        ([], WEDNESDAY + WEEK + DAY, True),
        ([], None, True),
        ([chair(WEDNESDAY - WEEK, WEDNESDAY)], None, True),
        ([chair(WEDNESDAY, WEDNESDAY + WEEK), chair(WEDNESDAY + 2 * WEEK, None, 2)], None, False),
        ([chair(WEDNESDAY, WEDNESDAY + WEEK), chair(WEDNESDAY + 2 * WEEK + DAY, None, 2)], None, True),
        ([chair(WEDNESDAY, NIGHT - WEEK)], None, False),
        ([chair(WEDNESDAY, NIGHT - WEEK - DAY)], None, True),
        ([chair(WEDNESDAY, NIGHT - WEEK - DAY)], NIGHT - WEEK, False),
    ],
)
def test_r08_without_a_chair(
    tables: Connection, chairs: list[dict[str, Any]], end: dt.date | None, wrong: bool
) -> None:
    periods = [period(WEDNESDAY, end)]
    rows = {"int_care__all_periods": periods, "int_chair__officer_spans": chairs}
    assert care_tables.flags(tables, "periods", int_care__periods=periods, **rows)["1"]["rule_r08"] is wrong
    # A series of short breaks needs no chair.
    assert care_tables.flags(tables, "periods", **rows)["1"]["rule_r08"] is None


@pytest.mark.parametrize(
    ("start", "end", "worker", "wrong"),
    [
        (START + WEEK, None, 2, False),
        (START + WEEK - DAY, None, 2, True),
        (START + WEEK - DAY, None, 1, False),
        (START - WEEK, START, 2, False),
        (START - WEEK, START + DAY, 2, True),
        (START + DAY, START + DAY, 2, False),  # a day of no length
    ],
)
def test_r08_two_chairs(
    tables: Connection, start: dt.date, end: dt.date | None, worker: int, wrong: bool
) -> None:
    first = {
        "involvement_id": 1,
        "person_id": CHILD,
        "worker_id": 1,
        "start_date": START,
        "end_date": START + WEEK,
    }
    other = {
        "involvement_id": 2,
        "person_id": CHILD,
        "worker_id": worker,
        "start_date": start,
        "end_date": end,
    }
    found = care_tables.flags(tables, "officers", int_chair__officers=[first, other])
    assert found["1"]["rule_r08"] is wrong
    other["person_id"] = CHILD + 1
    found = care_tables.flags(tables, "officers", int_chair__officers=[first, other])
    assert found["1"]["rule_r08"] is False


ALERT = {
    "source_person_id": CHILD,
    "person_id": CHILD,
    "template": "alert",
    "form_key": "f",
    "raised_date": START,
    "resolved_date": None,
    "has_outcome": False,
}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, False),
        ({"raised_date": None}, False),
        ({"resolved_date": START, "has_outcome": True}, False),
        ({"resolved_date": START - DAY, "has_outcome": True}, True),
        ({"resolved_date": START, "has_outcome": False}, True),
        ({"raised_date": None, "resolved_date": START, "has_outcome": True}, False),
        ({"stage_1_date": START, "stage_2_date": START}, False),
        ({"stage_1_date": START, "stage_2_date": START - DAY}, True),
        ({"stage_1_date": START, "stage_6_date": START - DAY}, True),  # stages may be skipped
        ({"stage_3_date": START}, False),
    ],
)
def test_r09(tables: Connection, change: dict[str, Any], wrong: bool) -> None:
    (found,) = care_tables.flags(tables, "alerts", int_alert__alerts=[ALERT | change]).values()
    assert found["rule_r09"] is wrong


@pytest.mark.parametrize(
    ("category", "answer", "wrong"),
    [("Health", "Health", False), ("Not known", "Weather", True), ("Not known", None, False)],
)
def test_r09_categories(tables: Connection, category: str, answer: str | None, wrong: bool) -> None:
    """A category that was not given is not unknown."""
    form = {name: ALERT[name] for name in ("source_person_id", "template", "form_key")}
    rows = {
        "int_alert__alerts": [ALERT],
        "int_alert__categories": [form | {"alert_category": category}],
        "int_form__answers": [form | {"field": "alert_category", "answer": answer}],
    }
    (found,) = care_tables.flags(tables, "alerts", **rows).values()
    assert found["rule_r09"] is wrong


@pytest.mark.parametrize(("hundredths", "wrong"), [(100, False), (0, False), (None, True)])
def test_r12(tables: Connection, hundredths: int | None, wrong: bool) -> None:
    rows = [{"worker_id": 1, "fte_hundredths": hundredths}]
    found = care_tables.flags(tables, "chairs", int_chair__caseloads=rows)
    assert [row["rule_r12"] for row in found.values()] == [wrong]
