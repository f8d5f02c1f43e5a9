"""A cell of a measure: its key and what it says."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class CellKey(NamedTuple):
    measure_id: str
    period_grain: str
    period_start: date
    period_end: date
    breakdown: str = "all"
    category: str = "all"


class Cell(NamedTuple):
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    symbol: str | None
    """`z` where there is nothing to divide by, `x` where it is not known, else None."""


def count(number: int) -> Cell:
    return Cell(number, None, Decimal(number), None)


def percentage(numerator: int, denominator: int) -> Cell:
    if denominator == 0:
        return Cell(numerator, denominator, None, "z")
    exact = Decimal(100 * numerator) / Decimal(denominator)
    return Cell(numerator, denominator, exact.quantize(Decimal("0.0001"), ROUND_HALF_UP), None)


def duration(days: int | None, of: int) -> Cell:
    """A number of days of so many; None is not known."""
    if days is None:
        return Cell(None, of, None, "x" if of else "z")
    return Cell(days, of, Decimal(days), None)
