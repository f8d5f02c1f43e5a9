"""What it costs a reader when a cell is hidden: what reports quote goes last."""

from __future__ import annotations

import math

from care_reviews.disclosure.cells import Cell, CellKey

WHOLE = {"financial_year": 30000, "snapshot": 4000, "quarter": 2000, "rolling_12_months": 1500, "month": 1000}
# The day at the end of the financial year, on which children are counted nationally.
WHOLE_IN_MARCH = 30000
CATEGORY = 100
CATEGORY_IN_MARCH = 300
# Of measures that give each other away the one that reports set a target for goes last.
HEADLINE = "review_timeliness_children"
TIMES_OF_HEADLINE = 2
# Zero is shown as zero wherever there is another way.
EMPTY = 10


def cost_of(key: CellKey, cell: Cell) -> int:
    """How much less is known without the cell; of equals the smaller number costs less."""
    is_march = key.period_end.month == 3 and key.period_grain in ("snapshot", "financial_year")
    if key.breakdown == "all":
        least = WHOLE_IN_MARCH if is_march else WHOLE[key.period_grain]
    else:
        least = CATEGORY_IN_MARCH if is_march else CATEGORY
    if key.measure_id == HEADLINE:
        least *= TIMES_OF_HEADLINE
    if not cell.numerator:
        return least * EMPTY
    return round(least * (1 + math.log10(cell.numerator) / 4))
