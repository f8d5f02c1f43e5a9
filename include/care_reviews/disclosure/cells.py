"""The cells of published values: what stands in one, and which of them are small."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from care_reviews.small_counts import is_small


class CellKey(NamedTuple):
    """Where a value stands: one row of `kpi_value` within an authority."""

    measure_id: str
    period_grain: str
    period_start: dt.date
    period_end: dt.date
    breakdown: str
    category: str


class Cell(NamedTuple):
    """What stands there, unsuppressed: as in `kpi_value_unsuppressed`."""

    numerator: int | None
    denominator: int | None
    unit: str


def is_primary(cell: Cell) -> bool:
    """Whether the cell may not be shown for what stands in it.

    Working days and full-time equivalents are no counts of people: of working days the number of alerts
    decides, of a caseload the children.
    """
    if cell.unit == "fte":
        return False
    if cell.unit == "working_days":
        return is_small(cell.denominator)
    if cell.unit == "children_per_fte":
        return is_small(cell.numerator)
    if is_small(cell.numerator) or is_small(cell.denominator):
        return True
    return cell.unit == "percent" and is_small(complement(cell))


def complement(cell: Cell) -> int | None:
    """How many of a share's denominator are not in its numerator."""
    if cell.numerator is None or cell.denominator is None:
        return None
    return cell.denominator - cell.numerator
