"""The XmR chart of each measure: what `kpi_trend` must say of the published cells, calculated without it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .cell import Cell, CellKey
from .spans import reporting_year_start

ENOUGH = 12


class Limits(NamedTuple):
    """Of the points of a base, to four decimals; None where there are too few points."""

    points: int
    centre: Decimal | None
    moving_range: Decimal | None
    lower: Decimal | None
    upper: Decimal | None


class Trend(NamedTuple):
    value: Decimal | None
    base_year: date
    limits: Limits
    signals: tuple[bool, bool, bool, bool] | None
    """Beyond a limit; 7 on one side; 7 in one direction; 2 of 3 in the outer third. None of a gap."""


Series = dict[date, Decimal | None]


def trends(cells: Mapping[CellKey, Cell]) -> dict[tuple[str, date], Trend]:
    """Measure and month end → its trend, of every measure that has a value for months or month ends."""
    followed: dict[str, dict[str, Series]] = {}
    for key, cell in cells.items():
        if key.breakdown == "all" and key.period_grain in ("month", "snapshot"):
            of_measure = followed.setdefault(key.measure_id, {})
            of_measure.setdefault(key.period_grain, {})[key.period_end] = cell.value
    return {
        (measure_id, day): trend
        for measure_id, by_grain in followed.items()
        for day, trend in of_series(by_grain.get("month") or by_grain["snapshot"]).items()
    }


def of_series(series: Series) -> dict[date, Trend]:
    """Month end → trend, of one measure's values at each month end; None is a gap."""
    found = {}
    for day, value in series.items():
        base_year = base_year_of(day, series)
        base = base_of(base_year, series)
        limits = limits_of([point for point in base.values() if point is not None])
        so_far = [
            point
            for other, point in sorted(series.items())
            if point is not None and min(base) <= other <= day
        ]
        found[day] = Trend(value, base_year, limits, None if value is None else signals(so_far, limits))
    return found


def base_year_of(day: date, series: Series) -> date:
    own = reporting_year_start(day)
    before = own.replace(year=own.year - 1)
    is_over = date(own.year + 1, 3, 31) in series
    points = [point for point in base_of(before, series).values() if point is not None]
    return before if not is_over and len(points) >= ENOUGH else own


def base_of(year_start: date, series: Series) -> Series:
    """The months of a reporting year, and the one before."""
    first, last = date(year_start.year, 3, 31), date(year_start.year + 1, 3, 31)
    return {day: value for day, value in sorted(series.items()) if first <= day <= last}


def limits_of(points: list[Decimal]) -> Limits:
    if not points:
        return Limits(0, None, None, None, None)
    mean = Fraction(sum(points)) / len(points)
    if len(points) == 1:
        return Limits(1, four(mean), None, None, None)
    steps = [abs(Fraction(later - earlier)) for earlier, later in pairwise(points)]
    moving_range = sum(steps, Fraction()) / len(steps)
    reach = Fraction(266, 100) * moving_range
    return Limits(len(points), four(mean), four(moving_range), four(mean - reach), four(mean + reach))


def signals(points: list[Decimal], limits: Limits) -> tuple[bool, bool, bool, bool]:
    """Of the last point of these, the oldest first."""
    assert limits.centre is not None
    centre, last = Fraction(limits.centre), points[-1]
    seven, three = points[-7:], points[-3:]
    full = len(seven) == 7
    steps = [later - earlier for earlier, later in pairwise(seven)]
    one_side = full and (all(each > centre for each in seven) or all(each < centre for each in seven))
    one_way = full and (all(step > 0 for step in steps) or all(step < 0 for step in steps))
    if limits.upper is None or limits.lower is None:
        return False, one_side, one_way, False
    high = centre + Fraction(2, 3) * (Fraction(limits.upper) - centre)
    low = centre - Fraction(2, 3) * (centre - Fraction(limits.lower))
    outer = (last > high and sum(each > high for each in three) >= 2) or (
        last < low and sum(each < low for each in three) >= 2
    )
    return not limits.lower <= last <= limits.upper, one_side, one_way, outer


def four(number: Fraction) -> Decimal:
    """To four decimals, halves away from nought."""
    scaled = Decimal(number.numerator * 10_000) / Decimal(number.denominator)
    return scaled.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-4)
