"""How a measure went over the months, as published, and how any course is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from care_reviews.report.year import Year
from care_reviews.site.words import measured
from care_reviews.small_counts import FEW, FEWEST, MOST

APRIL = 4


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
            else (FEWEST + MOST) / 2
            if point.words == FEW
            else float(point.words.replace(",", ""))
            for point in self.points
        )

    @property
    def years(self) -> dict[str, tuple[Point | None, ...]]:
        """Reporting year, the newest first → its 12 months from April; None: a month without a point."""
        found: dict[int, list[Point | None]] = {}
        for point in reversed(self.points):
            started = point.day.month >= APRIL
            months = found.setdefault(point.day.year if started else point.day.year - 1, [None] * 12)
            months[(point.day.month - APRIL) % 12] = point
        return {Year(first).title: tuple(months) for first, months in found.items()}


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
