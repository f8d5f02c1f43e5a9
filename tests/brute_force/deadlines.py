"""Deadlines that count working days, and whether a thing was done by one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from .due_dates import is_working_day


@cache
def working_day_after(day: date, number: int) -> date:
    """The working day that is so many working days later; the day itself is day 0."""
    for _ in range(number):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def done_in_time(done: date | None, deadline: date, as_known: date) -> bool | None:
    """None where there is nothing to judge yet: not done, and the deadline has not passed."""
    if done is not None and done <= as_known:
        return done <= deadline
    return False if deadline < as_known else None
