"""Periods as Explore Education Statistics names them: `time_period` and `time_identifier`.

A file may hold one kind of time alone, so each grain has files of its own. The service knows no 12 months
that end with any month, and no single days: both stand under their last month, and the words of the file say
what they are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# Not by the computer's language, as `strftime` would have them.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Grain:
    """A kind of period: its word in names of files, and what its values are of, for readers."""

    word: str
    says: str


GRAINS = {
    "snapshot": Grain("month-ends", "At the end of the month"),
    "month": Grain("months", "In the month"),
    "quarter": Grain("quarters", "In the quarter"),
    "financial_year": Grain("financial-years", "In the financial year"),
    "rolling_12_months": Grain("rolling-12-months", "In the 12 months to the end of the month"),
}


def time_of(grain: str, start: dt.date, end: dt.date) -> tuple[str, str]:
    """`time_period` and `time_identifier` of a period: ('2020', 'March'), ('201920', 'Financial year Q4') or
    ('201920', 'Financial year').
    """
    if grain == "financial_year":
        return _financial_year(start), "Financial year"
    if grain == "quarter":
        return _financial_year(start), f"Financial year Q{(start.month - 4) % 12 // 3 + 1}"
    return f"{end.year:04}", MONTHS[end.month - 1]


def _financial_year(day: dt.date) -> str:
    year = day.year if day.month >= 4 else day.year - 1
    return f"{year:04}{(year + 1) % 100:02}"
