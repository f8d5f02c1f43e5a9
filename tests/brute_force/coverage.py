"""What nothing can be said of: cells that look at days from before the council's records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .cell import Cell, CellKey
from .due_dates import add_months
from .spans import reporting_year_start

COVERED_FROM = date(2017, 4, 1)
NOT_AVAILABLE = Cell(None, None, None, "x")

# What happened in the months before counts as well; in a snapshot, in the months that end with it.
MONTHS_BACK = {
    "alert_repeat_children": 12,
    "chair_changes": 12,
    "children_looked_after_uasc_12_months": 12,
    "placements_three_or_more": 12,
    "placement_long_term_stable": 24,
    "progress_update_coverage": 6,
    "progress_update_with_child": 6,
}
SINCE_APRIL = {"review_timeliness_children", "review_timeliness_children_due", "review_timeliness_reviews"}


def looks_from(key: CellKey) -> date:
    """The first day that a cell looks at."""
    back = MONTHS_BACK.get(key.measure_id, 0)
    if key.period_grain != "snapshot":
        return add_months(key.period_start, -back)
    if key.measure_id in SINCE_APRIL:
        return reporting_year_start(key.period_end)
    return add_months(key.period_end.replace(day=1), 1 - back) if back else key.period_end


def as_far_as_covered(cells: Mapping[CellKey, Cell], covered_from: date) -> dict[CellKey, Cell]:
    return {key: cell if looks_from(key) >= covered_from else NOT_AVAILABLE for key, cell in cells.items()}
