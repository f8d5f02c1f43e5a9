"""Axes: where a value lies in a picture, and at which round values the axis says so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


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


def ticks(values: Sequence[float], wanted: int = 4) -> list[float]:
    """Round values that enclose all given ones."""
    low, high = min(values), max(values)
    distance = step(high - low, wanted) if high > low else step(max(abs(high), 1), wanted)
    first, last = math.floor(low / distance), math.ceil(high / distance)
    if first == last:
        last += 1
    return [round(number * distance, 6) for number in range(first, last + 1)]


def label(value: float, unit: str) -> str:
    """A value of an axis."""
    text = f"{value:,.1f}".removesuffix(".0")
    return f"{text}%" if unit == "percent" else text
