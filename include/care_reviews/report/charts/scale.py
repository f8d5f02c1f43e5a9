"""Axes: where a value lies in a picture, and at which round values the axis says so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from care_reviews.report.numbers import COUNTS

WHOLE, TINY = 100.0, 1e-9
# Texts that lie below each other need so much.
LINE = 13.0


@dataclass(frozen=True)
class Scale:
    """From values (low to high) to places (start to end) in a picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def step(span: float, wanted: int) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that divides a span into about so many parts."""
    if span <= 0:
        return 1.0
    rough = span / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999))


def within(value: float, unit: str) -> float:
    """A value, or the nearest that its unit can have: none is below zero, no percentage above 100."""
    return min(max(value, 0.0), WHOLE if unit == "percent" else math.inf)


def ticks(values: Sequence[float], unit: str, wanted: int = 4) -> list[float]:
    """Round values that enclose all given ones, as far as their unit can have such."""
    known = [within(value, unit) for value in values] or [0.0]
    low, high = min(known), max(known)
    distance = step(high - low, wanted) if high > low else step(max(high, 1), wanted)
    # A label has one decimal, and none of what is counted.
    distance = max(distance, 1.0 if unit in COUNTS else 0.1)
    first, last = math.floor(low / distance + TINY), math.ceil(high / distance - TINY)
    if first == last:
        is_top = within((last + 1) * distance, unit) < (last + 1) * distance
        first, last = (first - 1, last) if is_top else (first, last + 1)
    return [round(number * distance, 6) for number in range(first, last + 1)]


def apart(places: Sequence[float], top: float, bottom: float) -> list[float]:
    """Places of texts from top to bottom, moved as far as they would lie on each other or outside."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + LINE) if found else place)
    above = bottom
    for number in reversed(range(len(found))):
        found[number] = max(min(found[number], above), top + LINE * number)
        above = found[number] - LINE
    return found


def label(value: float, unit: str) -> str:
    """A value of an axis."""
    text = f"{value:,.1f}".removesuffix(".0")
    return f"{text}%" if unit == "percent" else text
