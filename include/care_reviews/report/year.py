"""The reporting year of a report: 1 April to 31 March."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from care_reviews.errors import ReportRefusedError

FIRST_MONTH = 4


@dataclass(frozen=True)
class Year:
    """A reporting year, by the calendar year that it starts in."""

    first: int

    @classmethod
    def of(cls, said: str) -> Year:
        """The year that `2019-20` says. Raises ReportRefusedError for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", said)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ReportRefusedError("a reporting year is written as 2019-20: 1 April 2019 to 31 March 2020")
        return cls(int(found[1]))

    @classmethod
    def of_day(cls, day: dt.date) -> Year:
        """The year that a day lies in."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def over_by(cls, day: dt.date) -> Year:
        """The newest year that was over at the end of a day."""
        return cls(day.year - 1 if (day.month, day.day) >= (3, 31) else day.year - 2)

    @property
    def label(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02}"

    @property
    def title(self) -> str:
        return self.label.replace("-", "/")

    @property
    def before(self) -> Year:
        return Year(self.first - 1)

    @property
    def start(self) -> dt.date:
        return dt.date(self.first, FIRST_MONTH, 1)

    @property
    def month_ends(self) -> tuple[dt.date, ...]:
        """The last days of its months, the oldest first."""
        firsts = [(self.first + (month - 1) // 12, (month - 1) % 12 + 1) for month in range(5, 17)]
        return tuple(dt.date(*first, 1) - dt.timedelta(days=1) for first in firsts)

    @property
    def end(self) -> dt.date:
        return dt.date(self.first + 1, 3, 31)
