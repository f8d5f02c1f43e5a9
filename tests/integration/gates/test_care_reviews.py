"""The rules of reviews, at both sides of each boundary and at null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.integration.gates import care_tables
from tests.integration.gates.care_tables import BORN, CHILD, NIGHT

START = dt.date(2019, 5, 1)
HELD = dt.date(2019, 6, 3)
FOURTH = BORN.replace(year=BORN.year + 4)
DAY = dt.timedelta(days=1)
Judge = Callable[..., Any]


def review(number: int = 1, meeting: int = 0, person: int = CHILD) -> dict[str, Any]:
    return {"review_id": number, "meeting_id": meeting or number, "source_person_id": person}


def meeting(number: int = 1, date: dt.date | None = HELD, kind: str = "CLAR", **more: Any) -> dict[str, Any]:
    return {
        "meeting_id": number,
        "meeting_date": date,
        "meeting_type_code": kind,
        "is_cancelled": False,
    } | more


def period(**more: Any) -> dict[str, Any]:
    return {"period_id": 1, "person_id": CHILD, "start_date": START, "end_date": None} | more


def held(**more: Any) -> dict[str, Any]:
    return {
        "review_id": 1,
        "meeting_id": 1,
        "person_id": CHILD,
        "period_id": 1,
        "review_sequence": 1,
        "review_date": HELD,
        "held_date": HELD,
        "meetings": 1,
        "participation_code": "PN1",
        "is_in_participation_scope": True,
    } | more


EPISODE = {"episode_id": 1, "period_id": 1, "source_person_id": CHILD, "start_date": START}


@pytest.fixture
def flag(tables: Connection) -> Judge:
    """A function that gives a rule's flag on review 1 of a child in care since May 2019."""

    def judge(rule: str, **others: Any) -> bool | None:
        rows = {
            "stg_lcs__fact_cla_review": [review()],
            "stg_lcs__fact_meetings": [meeting()],
            "stg_lcs__fact_care_episodes": [EPISODE],
            "int_care__all_periods": [period()],
            "int_care__periods": [period()],
        } | others
        found = care_tables.flags(tables, "reviews", **rows)
        return found["1"][f"rule_{rule}"] if "1" in found else None

    return judge


@pytest.mark.parametrize(
    ("code", "form", "date", "wrong"),
    [
        ("PN1", None, HELD, False),
        ("PN1", None, None, True),
        (None, "form", None, True),
        (None, None, None, None),  # planned, and nobody says that it took place
        (None, None, HELD, None),
    ],
)
def test_166(
    flag: Judge, code: str | None, form: str | None, date: dt.date | None, wrong: bool | None
) -> None:
    told = [{"meeting_id": 1, "person_id": CHILD, "participation_code": code, "form_key": form}]
    meetings = [meeting(date=date)]
    assert flag("166", stg_lcs__fact_meetings=meetings, int_review__participation=told) is wrong


def test_a_cancelled_review_and_another_meeting_are_not_judged(tables: Connection) -> None:
    for other in (meeting(is_cancelled=True), meeting(kind="CLARS")):
        rows = {"stg_lcs__fact_cla_review": [review()], "stg_lcs__fact_meetings": [other]}
        assert care_tables.flags(tables, "reviews", **rows) == {}


@pytest.mark.parametrize(("code", "wrong"), [("PN0", False), ("PN7", False), (None, True)])
def test_167(flag: Judge, code: str | None, wrong: bool) -> None:
    assert flag("167", int_review__reviews=[held(participation_code=code)]) is wrong


def test_167_is_asked_of_the_review_that_counts(flag: Judge) -> None:
    assert flag("167") is None
    assert flag("167", int_review__reviews=[held(review_id=2, participation_code=None)]) is None


@pytest.mark.parametrize(
    ("code", "scope", "wrong"),
    [
        ("PN0", True, True),
        ("PN1", True, False),
        (None, True, False),
        ("PN0", False, None),
        ("PN0", None, None),
    ],
)
def test_440(flag: Judge, code: str | None, scope: bool | None, wrong: bool | None) -> None:
    rows = [held(participation_code=code, is_in_participation_scope=scope)]
    assert flag("440", int_review__reviews=rows) is wrong


@pytest.mark.parametrize(
    ("code", "date", "wrong"),
    [
        *((f"PN{number}", FOURTH - DAY, True) for number in range(1, 8)),
        ("PN0", FOURTH - DAY, False),
        (None, FOURTH - DAY, False),
        ("PN1", FOURTH, None),  # the birthday belongs to 4
    ],
)
def test_441(flag: Judge, code: str | None, date: dt.date, wrong: bool | None) -> None:
    assert flag("441", int_review__reviews=[held(participation_code=code, held_date=date)]) is wrong


def test_441_without_a_birth_date(flag: Judge) -> None:
    people = [{"replace": True, "person_id": CHILD, "birth_date": None, "fourth_birthday": None}]
    assert flag("441", int_review__reviews=[held()], int_person__people=people) is None


@pytest.mark.parametrize("reason", ["E2", "E15"])
@pytest.mark.parametrize(
    ("ended", "wrong"), [(HELD - DAY, True), (HELD, False), (HELD + DAY, False), (None, False)]
)
def test_437(flag: Judge, reason: str, ended: dt.date | None, wrong: bool) -> None:
    episodes = [EPISODE | {"end_date": ended, "end_reason_code": reason}]
    assert flag("437", stg_lcs__fact_care_episodes=episodes) is wrong


def test_437_is_not_asked_without_a_day_nor_found_after_another_end(flag: Judge) -> None:
    died = [EPISODE | {"end_date": START, "end_reason_code": "E2"}]
    assert flag("437", stg_lcs__fact_care_episodes=died, stg_lcs__fact_meetings=[meeting(date=None)]) is None
    adopted = [EPISODE | {"end_date": START, "end_reason_code": "E11"}]
    assert flag("437", stg_lcs__fact_care_episodes=adopted) is False


def test_399(flag: Judge) -> None:
    assert flag("399") is False
    assert flag("399", int_care__periods=[]) is True
    assert flag("399", int_care__periods=[], int_care__all_periods=[]) is None
    assert flag("399", int_care__periods=[], stg_lcs__fact_meetings=[meeting(date=None)]) is None


@pytest.mark.parametrize(
    ("date", "wrong"),
    [
        (START - DAY, False),
        (START, True),  # in care until the day before, short breaks since
        (HELD, True),
        (HELD + DAY, False),  # outside care: of that rule R01 tells
    ],
)
def test_399_of_a_child_who_was_in_care_before_the_short_breaks(
    flag: Judge, date: dt.date, wrong: bool
) -> None:
    earlier = period(period_id=2, start_date=START - 60 * DAY, end_date=START - DAY)
    rows = {
        "stg_lcs__fact_meetings": [meeting(date=date)],
        "int_care__all_periods": [earlier, period(end_date=HELD)],
        "int_care__periods": [earlier],
    }
    assert flag("399", **rows) is wrong


def test_399_on_a_day_of_both(flag: Judge) -> None:
    """The last day of short breaks and the first day in care: the review is held."""
    breaks = period(period_id=2, start_date=START - 60 * DAY, end_date=START)
    rows = {
        "stg_lcs__fact_meetings": [meeting(date=START)],
        "int_care__all_periods": [breaks, period()],
    }
    assert flag("399", **rows) is False


def test_1012(flag: Judge) -> None:
    assert flag("1012") is False
    assert flag("1012", stg_lcs__fact_care_episodes=[]) is True
    assert flag("1012", stg_lcs__fact_care_episodes=[], stg_lcs__fact_meetings=[meeting(date=None)]) is None


@pytest.mark.parametrize(
    ("date", "end", "wrong"),
    [
        (START, None, False),
        (START - DAY, None, True),
        (HELD, HELD, False),
        (HELD, HELD - DAY, True),
        (NIGHT, None, False),
        (NIGHT + DAY, None, None),  # of the future rule R02 tells
        (None, None, None),
    ],
)
def test_r01(flag: Judge, date: dt.date | None, end: dt.date | None, wrong: bool | None) -> None:
    rows = {"stg_lcs__fact_meetings": [meeting(date=date)], "int_care__all_periods": [period(end_date=end)]}
    assert flag("r01", **rows) is wrong


@pytest.mark.parametrize(("date", "wrong"), [(NIGHT, False), (NIGHT + DAY, True), (None, None)])
def test_r02(flag: Judge, date: dt.date | None, wrong: bool | None) -> None:
    assert flag("r02", stg_lcs__fact_meetings=[meeting(date=date)]) is wrong


@pytest.mark.parametrize(
    ("other", "date", "wrong"),
    [
        (review(2), HELD, True),  # two on a day
        (review(2), HELD + DAY, False),
        (review(2, meeting=1), HELD + DAY, True),  # two for a meeting
        (review(2, meeting=1, person=8), HELD, False),  # of a sibling
    ],
)
def test_r03(flag: Judge, other: dict[str, Any], date: dt.date, wrong: bool) -> None:
    rows = {
        "stg_lcs__fact_cla_review": [review(), other],
        "stg_lcs__fact_meetings": [meeting(), meeting(2, date)],
        "int_person__identities": [{"source_person_id": 8, "person_id": 8}],
        "int_person__people": [{"person_id": 8}],
    }
    assert flag("r03", **rows) is wrong


def test_r03_without_dates(flag: Judge) -> None:
    planned = [meeting(1, None), meeting(2, None)]
    assert flag("r03", stg_lcs__fact_cla_review=[review(), review(2)], stg_lcs__fact_meetings=planned) is None
    twice = [review(), review(2, meeting=1)]
    assert flag("r03", stg_lcs__fact_cla_review=twice, stg_lcs__fact_meetings=planned) is True


@pytest.mark.parametrize(
    ("days", "before", "wrong"),
    [(40, None, False), (41, None, True), (190, START, False), (191, START, True), (41, START, False)],
)
def test_r05(flag: Judge, days: int, before: dt.date | None, wrong: bool) -> None:
    rows = [held(held_date=START + days * DAY, previous_held_date=before)]
    assert flag("r05", int_review__reviews=rows) is wrong
    assert flag("r05") is None


@pytest.mark.parametrize(
    "column", ["outcomes_completed_date", "record_completed_date", "record_distributed_date"]
)
@pytest.mark.parametrize(("date", "wrong"), [(HELD, False), (HELD - DAY, True), (None, None)])
def test_r06(flag: Judge, column: str, date: dt.date | None, wrong: bool | None) -> None:
    assert flag("r06", int_review__reviews=[held(**{column: date})]) is wrong


@pytest.mark.parametrize(
    ("meetings", "in_time", "wrong"),
    [(2, True, False), (2, False, True), (2, None, None), (1, False, None)],
)
def test_r07(flag: Judge, meetings: int, in_time: bool | None, wrong: bool | None) -> None:
    deadlines = [{"period_id": 1, "review_sequence": 1, "is_series_in_time": in_time}]
    rows = [held(meetings=meetings)]
    assert flag("r07", int_review__reviews=rows, int_review__deadlines=deadlines) is wrong
