"""This year beside last: what `kpi_comparison` must say of the published cells, calculated without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .cell import Cell, CellKey
from .due_dates import add_months

Z = Decimal("1.959964")
NOT_PUBLISHED = Cell(None, None, None, "x")


class Interval(NamedTuple):
    """In percent."""

    lower: Decimal
    upper: Decimal


class Comparison(NamedTuple):
    this_year: Cell
    last_year: Cell
    difference: Decimal | None
    interval: Interval | None
    interval_last_year: Interval | None
    overlap: bool | None


def comparisons(cells: Mapping[CellKey, Cell], percentages: set[str]) -> dict[CellKey, Comparison]:
    """Every cell of a year beside that of the year before. `percentages`: the measures that are some."""
    return {
        key: compared(cells[key], cells.get(before, NOT_PUBLISHED), key.measure_id in percentages)
        for key, before in years(cells)
    }


def years(cells: Mapping[CellKey, Cell]) -> Iterator[tuple[CellKey, CellKey]]:
    """Each cell of a year, and the same of the year before."""
    for key in cells:
        is_march = (key.period_end.month, key.period_end.day) == (3, 31)
        if key.period_grain == "snapshot" and is_march:
            day = add_months(key.period_end, -12)
            yield key, key._replace(period_start=day, period_end=day)
        elif key.period_grain in ("financial_year", "rolling_12_months"):
            start = add_months(key.period_start, -12)
            yield key, key._replace(period_start=start, period_end=key.period_start - timedelta(days=1))


def compared(cell: Cell, before: Cell, is_percentage: bool) -> Comparison:
    now, then = (interval(each) if is_percentage else None for each in (cell, before))
    return Comparison(
        cell,
        before,
        None if cell.value is None or before.value is None else cell.value - before.value,
        now,
        then,
        None if now is None or then is None else now.lower <= then.upper and then.lower <= now.upper,
    )


def interval(cell: Cell) -> Interval | None:
    """Wilson's: the shares that lie within z standard errors, their own, of the one seen."""
    if cell.value is None or cell.numerator is None or not cell.denominator:
        return None
    share, n = Decimal(cell.numerator) / cell.denominator, Decimal(cell.denominator)
    middle = share + Z**2 / (2 * n)
    reach = Z * (share * (1 - share) / n + Z**2 / (4 * n**2)).sqrt()
    scale = 100 / (1 + Z**2 / n)
    return Interval(four((middle - reach) * scale), four((middle + reach) * scale))


def four(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.0001"), ROUND_HALF_UP)
