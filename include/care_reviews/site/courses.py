"""How something went over the months: findings of a rule, and values of a measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from care_reviews.site.words import NOT_APPLICABLE, count, measured, shown

MORE, FEWER, AS_MANY, NEW = "more", "fewer", "as many", "–"


@dataclass(frozen=True)
class Open:
    """Findings of a rule that were open after a night, and the rows that it judged."""

    findings: int
    rows_checked: int | None

    @property
    def words(self) -> str:
        return NOT_APPLICABLE.word if self.rows_checked == 0 else count(self.findings)


@dataclass(frozen=True)
class RuleTrend:
    """A rule over the months: open findings after the last judged night of each; None: it was not judged."""

    gate: str
    rule: str
    says: str | None
    owner: str
    months: tuple[Open | None, ...]

    @property
    def drawn(self) -> tuple[float | None, ...]:
        """The months as a picture may show them, which is what the words beside it say."""
        return tuple(
            None if month is None or month.rows_checked == 0 else shown(month.findings)
            for month in self.months
        )

    @property
    def course(self) -> str:
        """Whether the newest month has more findings than the one before it that was judged."""
        counts = [each for each in self.drawn if each is not None]
        if len(counts) < 2 or self.drawn[-1] is None:
            return NEW
        before, newest = counts[-2:]
        return AS_MANY if newest == before else MORE if newest > before else FEWER


@dataclass(frozen=True)
class Trend:
    """Findings by rule and month. `months`: the last judged night of each, oldest first."""

    months: tuple[dt.date, ...]
    rules: tuple[RuleTrend, ...]

    def counted(self, course: str) -> int:
        return sum(rule.course == course for rule in self.rules)


@dataclass(frozen=True)
class Point:
    """A measure of a whole council at a month's end, as published; None: the value is not published."""

    day: dt.date
    value: Decimal | None
    is_count: bool
    is_provisional: bool

    @property
    def words(self) -> str:
        return "no value" if self.value is None else measured(self.value, self.is_count)


@dataclass(frozen=True)
class Course:
    """A measure's published values, oldest first, and what each covers: the 12 months up to a month's end, or
    that day.
    """

    covers: str
    points: tuple[Point, ...]

    @property
    def drawn(self) -> tuple[float | None, ...]:
        """The points as a picture may show them, which is what the words beside it say."""
        return tuple(
            None
            if point.value is None
            else shown(int(point.value))
            if point.is_count
            else float(point.words.replace(",", ""))
            for point in self.points
        )


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: its place from the left, from above, and its height, in units of the picture."""

    x: int
    y: int
    height: int


STEP, HEIGHT = 8, 24


def bars(values: Sequence[float | None]) -> tuple[Bar, ...]:
    """A bar for each value from nothing up, the largest as high as the picture; no bar where there is none.

    What is zero is a line, and nothing else is as low.
    """
    largest = max((value for value in values if value), default=0)
    found = []
    for place, value in enumerate(values):
        if value is not None:
            height = max(2, round(HEIGHT * value / largest)) if value > 0 else 1
            found.append(Bar(place * STEP, HEIGHT - height, height))
    return tuple(found)
