"""When the reviews of one period of care are due (regulation 33).

The first is due 20 working days after the period starts, the second 3 months after the first was held, every
later one 6 months after the one before was held.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

FIRST_WITHIN_WORKING_DAYS = 20
SECOND_AFTER_MONTHS = 3
LATER_AFTER_MONTHS = 6

# Without the subdivision Easter Monday and the late summer bank holiday are missing.
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")


@dataclass(frozen=True)
class DueDate:
    """The review that is number `seq` of its period: when it is due, and when it was held, if it was."""

    seq: int
    due: date
    held: date | None

    @property
    def on_time(self) -> bool:
        return self.held is not None and self.held <= self.due

    @property
    def late(self) -> bool:
        return self.held is not None and self.held > self.due

    def overdue_on(self, day: date) -> bool:
        return self.due < day and (self.held is None or self.held > day)


def due_dates(period_start: date, held_dates: Iterable[date]) -> list[DueDate]:
    """One due date for each review held in the period, and one more for the review that comes next."""
    held_in_order = sorted(held_dates)
    due = first_review_due(period_start)
    found = []
    for seq, held in enumerate(held_in_order, start=1):
        found.append(DueDate(seq, due, held))
        due = add_months(held, SECOND_AFTER_MONTHS if seq == 1 else LATER_AFTER_MONTHS)
    found.append(DueDate(len(held_in_order) + 1, due, None))
    return found


@cache
def first_review_due(start: date) -> date:
    """The 20th working day after the start, which is day 0 whatever day it is."""
    day = start
    for _ in range(FIRST_WITHIN_WORKING_DAYS):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    if not BANK_HOLIDAYS.start_year <= day.year <= BANK_HOLIDAYS.end_year:
        raise ValueError(f"no bank holidays known for {day.year}")
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def add_months(day: date, months: int) -> date:
    """The corresponding date that many months later, or that month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
