"""The days that measures are published for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from .due_dates import add_months


class Between(NamedTuple):
    """The days that a measure covers, both ends included."""

    grain: str
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def month_ends(as_known: date, months: int) -> list[date]:
    """The ends of the last completed months, the oldest first; a month is complete on its last day."""
    first_not_complete = (as_known + timedelta(days=1)).replace(day=1)
    return [add_months(first_not_complete, -back) - timedelta(days=1) for back in reversed(range(months))]


def spans(as_known: date, months: int) -> Iterator[Between]:
    """The months, and the quarters, financial years and rolling 12 months that end with one of them."""
    for end in month_ends(as_known, months):
        first_of_month = end.replace(day=1)
        yield Between("month", first_of_month, end)
        if end.month in (3, 6, 9, 12):
            yield Between("quarter", add_months(first_of_month, -2), end)
        if end.month == 3:
            yield Between("financial_year", add_months(first_of_month, -11), end)
        yield Between("rolling_12_months", add_months(first_of_month, -11), end)


def reporting_year_start(day: date) -> date:
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)
