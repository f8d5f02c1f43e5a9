"""Dates: working days in England, calendar months, birthdays, financial years.

In and out: `datetime.date`. A financial year is named by the year it starts in (2019 is April 2019 to March
2020).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

FIRST_YEAR, LAST_YEAR = 1990, 2030


@lru_cache(maxsize=1)
def _working_ordinals() -> list[int]:
    closed = country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    days = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
    return [day.toordinal() for day in days if day.weekday() < 5 and day not in closed]


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after a day; the day itself is day 0."""
    working = _working_ordinals()
    return date.fromordinal(working[bisect_right(working, day.toordinal()) - 1 + count])


def working_day_up_to(day: date) -> date:
    """The day itself, or the last working day before it."""
    working = _working_ordinals()
    return date.fromordinal(working[bisect_right(working, day.toordinal()) - 1])


def working_day_from(day: date) -> date:
    """The day itself, or the next working day after it."""
    working = _working_ordinals()
    return date.fromordinal(working[bisect_left(working, day.toordinal())])


def add_months(day: date, count: int) -> date:
    """The corresponding date `count` months later, or that month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one date's month to another's."""
    month = month_start(first)
    while month <= last:
        yield month
        month = add_months(month, 1)


def financial_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a financial year."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def birthday(born: date, age: int) -> date:
    return add_months(born, 12 * age)


def age_on(born: date, day: date) -> int:
    """Whole years of age; the birthday itself belongs to the new age."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def plus(day: date, days: float) -> date:
    return day + timedelta(days=int(days))


def years_between(first: date, last: date) -> float:
    return (last - first).days / 365.25
