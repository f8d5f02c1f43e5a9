"""The statutory due dates: the stated examples, and what must hold for every history."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.brute_force.due_dates import DueDate, add_months, due_dates, first_review_due, is_working_day
from tests.due_date_vectors import FIRST_REVIEWS

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(("start", "due"), FIRST_REVIEWS.items())
def test_first_review_is_due_20_working_days_after_the_start(start: date, due: date) -> None:
    assert first_review_due(start) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2019, 2, 28), 6, date(2019, 8, 28)),
        (date(2018, 11, 30), 3, date(2019, 2, 28)),
        (date(2019, 12, 31), 6, date(2020, 6, 30)),
        (date(2020, 4, 1), -12, date(2019, 4, 1)),
        (date(2020, 1, 31), 0, date(2020, 1, 31)),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 4, 9), True),
        (date(2020, 4, 10), False),  # Good Friday
        (date(2020, 4, 11), False),  # a Saturday
        (date(2020, 4, 13), False),  # Easter Monday, which Scotland does not have
        (date(2020, 4, 14), True),
        (date(2020, 1, 2), True),  # a holiday in Scotland only
        (date(2021, 3, 17), True),  # a holiday in Northern Ireland only
        (date(2020, 8, 31), False),
        (date(2020, 5, 4), True),
        (date(2020, 5, 8), False),
        (date(2021, 12, 27), False),  # in place of a Saturday
        (date(2021, 12, 28), False),  # in place of a Sunday
        (date(2022, 9, 19), False),
    ],
)
def test_working_days_are_those_of_england(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_year_without_known_holidays_is_an_error() -> None:
    with pytest.raises(ValueError, match="no bank holidays known for 1800"):
        first_review_due(date(1800, 1, 1))


def test_each_review_is_due_from_when_the_one_before_was_held() -> None:
    assert due_dates(date(2020, 2, 29), [date(2020, 3, 30), date(2020, 5, 31), date(2020, 12, 1)]) == [
        DueDate(1, date(2020, 3, 27), date(2020, 3, 30)),
        DueDate(2, date(2020, 6, 30), date(2020, 5, 31)),  # three months after it was held, late as it was
        DueDate(3, date(2020, 11, 30), date(2020, 12, 1)),  # six months, early as it was
        DueDate(4, date(2021, 6, 1), None),
    ]


def test_without_a_review_the_first_is_due() -> None:
    assert due_dates(date(2020, 2, 29), []) == [DueDate(1, date(2020, 3, 27), None)]


@pytest.mark.parametrize(
    ("held", "on_time", "late"),
    [(date(2020, 3, 27), True, False), (date(2020, 3, 28), False, True), (None, False, False)],
)
def test_on_time_is_on_the_due_date_or_before(held: date | None, on_time: bool, late: bool) -> None:
    review = DueDate(1, date(2020, 3, 27), held)
    assert (review.on_time, review.late) == (on_time, late)


@pytest.mark.parametrize(
    ("held", "day", "overdue"),
    [
        (None, date(2020, 3, 27), False),
        (None, date(2020, 3, 28), True),
        (date(2020, 4, 1), date(2020, 3, 31), True),
        (date(2020, 4, 1), date(2020, 4, 1), False),
    ],
)
def test_overdue_is_due_before_the_day_and_not_held_by_it(
    held: date | None, day: date, overdue: bool
) -> None:
    assert DueDate(1, date(2020, 3, 27), held).overdue_on(day) is overdue


@given(DAYS)
def test_first_due_date_is_a_working_day_with_20_of_them_since_the_start(start: date) -> None:
    due = first_review_due(start)
    since = [start + timedelta(days=ahead) for ahead in range(1, (due - start).days + 1)]
    assert is_working_day(due)
    assert sum(is_working_day(day) for day in since) == 20


@given(DAYS, st.integers(0, 48))
def test_months_later_is_in_the_month_meant_and_never_on_a_later_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.sets(st.integers(0, 2000), max_size=12))
def test_every_held_review_meets_one_due_date_and_one_more_is_open(start: date, after: set[int]) -> None:
    held = [start + timedelta(days=days) for days in after]
    found = due_dates(start, held)
    assert [each.held for each in found] == [*sorted(held), None]
    assert [each.seq for each in found] == list(range(1, len(held) + 2))
    for before, each in pairwise(found):
        assert before.held is not None
        assert each.due == add_months(before.held, 3 if each.seq == 2 else 6)
