"""The XmR chart of each measure: what a trend must say of the cells it is made from, without it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .cell import Cell, CellKey
from .coverage import looks_from
from .spans import reporting_year_start

ENOUGH = 12
FOREVER = Decimal("Infinity")


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
    """Beyond a limit; 7 on one side; 7 in one direction; 2 of 3 in the outer third. None of a gap, and where
    there may be no limits.
    """
    symbol: str | None = None


Series = dict[date, Decimal | None]
Symbols = Mapping[date, str | None]


def trends(cells: Mapping[CellKey, Cell]) -> dict[tuple[str, date], Trend]:
    """Measure and month end → its trend, of every measure that has a value for months or month ends."""
    followed: dict[str, dict[str, dict[CellKey, Cell]]] = {}
    for key, cell in cells.items():
        if key.breakdown == "all" and key.period_grain in ("month", "snapshot"):
            followed.setdefault(key.measure_id, {}).setdefault(key.period_grain, {})[key] = cell
    found = {}
    for measure_id, by_grain in followed.items():
        of_measure = by_grain.get("month") or by_grain["snapshot"]
        series = {key.period_end: cell.value for key, cell in of_measure.items()}
        symbols = {key.period_end: cell.symbol for key, cell in of_measure.items()}
        # Month ends whose windows overlap repeat each other.
        stand_alone = all(
            key.period_grain == "month" or looks_from(key) == key.period_end for key in of_measure
        )
        for day, trend in of_series(series, symbols, stand_alone).items():
            found[measure_id, day] = trend
    return found


def of_series(series: Series, symbols: Symbols | None = None, stand_alone: bool = True) -> dict[date, Trend]:
    """Month end → trend, of one measure's values at each month end; None is a gap, `symbols` say why."""
    why = symbols or {}
    found = {}
    for day, value in series.items():
        base_year = base_year_of(day, series)
        base = base_of(base_year, series)
        limits = limits_of([point for point in base.values() if point is not None])
        reason = why_no_limits({why.get(each) for each in base}, stand_alone)
        if reason:
            limits = Limits(limits.points, None, None, None, None)
        so_far: list[Decimal] = []
        for other, point in sorted(series.items()):
            if other <= day and why.get(other) in ("c", "x"):
                so_far = []
            elif point is not None and min(base) <= other <= day:
                so_far.append(point)
        judged = None if value is None or reason else signals(so_far, limits)
        found[day] = Trend(value, base_year, limits, judged, why.get(day) or reason)
    return found


def why_no_limits(of_base: set[str | None], stand_alone: bool) -> str | None:
    """What readers do not see, or nobody knows, would be a point of the limits."""
    if not stand_alone:
        return "z"
    return next((symbol for symbol in ("c", "x") if symbol in of_base), None)


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


def assurance(
    limits: Limits, target: Decimal | None, target_upper: Decimal | None, direction: str
) -> str | None:
    """Whether all that lies between the limits meets the target, some of it, or nothing; of limits from few
    points nothing is said.
    """
    if target is None or limits.lower is None or limits.upper is None or limits.points < ENOUGH:
        return None
    best = {"higher": FOREVER, "lower": target, "within": target_upper}[direction]
    least = -FOREVER if direction == "lower" else target
    assert best is not None
    if limits.upper < least or limits.lower > best:
        return "will_not"
    return "will" if least <= limits.lower and limits.upper <= best else "may_or_may_not"


def four(number: Fraction) -> Decimal:
    """To four decimals, halves away from nought."""
    scaled = Decimal(number.numerator * 10_000) / Decimal(number.denominator)
    return scaled.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-4)
