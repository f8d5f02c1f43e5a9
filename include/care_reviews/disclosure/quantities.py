"""Quantities: what the numbers of a cell count. The same quantity under two measures is one quantity."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from care_reviews.disclosure.cells import Cell, CellKey, complement

WHOLE = ("all", "all")
OF, LEFT = "of:", "left:"
# Of working days: how many tenths of the alerts took no longer. That tells how many there are of these at
# least, and how many there are at most that took less.
TENTHS = {"alert_days_to_resolve_median": 5, "alert_days_to_resolve_p90": 9}
REACHED, BELOW = "reached:", "below:"

# Numerators and denominators that another measure shows as well; any other is the measure's own.
NUMERATORS = {
    "children_rate_per_10k": "children_looked_after",
    "alerts_per_100_children": "alerts_raised",
    "alerts_by_type": "alerts_raised",
    "alerts_by_stage": "alerts_raised",
    "alerts_by_agency": "alerts_raised",
    "participation_by_code": "reviews_in_scope",
    "caseload_looked_after_per_fte": "children_looked_after",
    "caseload_protection_per_fte": "children_protected",
}
DENOMINATORS = {
    "participation": "reviews_in_scope",
    "participation_not": "reviews_in_scope",
    "participation_not_recorded": "reviews_in_scope",
    "attendance": "reviews_in_scope",
    "written_to_child": "reviews_held",
    "child_co_chaired": "reviews_held",
    "child_spoken_to_before": "reviews_held",
    "social_work_report_received": "reviews_held",
    "smart_rating": "audits",
    "smart_rating_not_recorded": "audits",
    "child_focused": "audits",
    "review_timeliness_children": "children_looked_after",
    "review_up_to_date": "children_looked_after",
    "placements_three_or_more": "children_looked_after",
    "chair_changes": "children_looked_after",
    "progress_update_with_child": "progress_update_coverage",
    "alerts_per_100_children": "children_looked_after",
    "alerts_raised_concluded": "alerts_raised",
    "alert_days_to_resolve_median": "alerts_timed",
    "alert_days_to_resolve_p90": "alerts_timed",
}
# Its snapshot counts the reporting year so far, which is a span like any other.
YEAR_SO_FAR = "review_timeliness_reviews"


class Quantity(NamedTuple):
    """A number of people, reviews or alerts: of a span, or of a day (it starts and ends on)."""

    name: str
    start: dt.date
    end: dt.date
    breakdown: str
    category: str


class Counts(NamedTuple):
    """The quantities of a cell. A share has what is left of its denominator too, days bounds of how many
    alerts took as long.
    """

    numerator: Quantity | None
    denominator: Quantity | None
    left: Quantity | None


def counts_of(key: CellKey, cell: Cell) -> Counts:
    """The quantities that a reader of the cell learns. A financial year and its 12 months have the same."""
    if cell.unit == "fte":
        return Counts(None, None, None)
    measure, start, end = key.measure_id, key.period_start, key.period_end
    if measure == YEAR_SO_FAR and key.period_grain == "snapshot":
        start = dt.date(end.year - (end.month < 4), 4, 1)
    of = (key.breakdown, key.category)
    numerator = Quantity(NUMERATORS.get(measure, measure), start, end, *of)
    if measure == "children_looked_after_uasc" and of == WHOLE:
        numerator = Quantity("children_looked_after", start, end, "uasc", "UASC")
    if cell.denominator is None or cell.unit == "children_per_fte":
        return Counts(numerator, None, None)
    name = DENOMINATORS.get(measure, OF + measure)
    denominator = Quantity(name, end if name == "children_looked_after" else start, end, *of)
    if measure == "permanence_plan_at_second_review" and of == WHOLE:
        denominator = Quantity("reviews_held", start, end, "review_sequence", "Second")
    if cell.unit == "working_days":
        reached, below = (Quantity(name + measure, start, end, *of) for name in (REACHED, BELOW))
        return Counts(reached, denominator, below)
    if cell.unit != "percent":
        return Counts(numerator, denominator, None)
    return Counts(numerator, denominator, Quantity(LEFT + measure, start, end, *of))


def numbers_of(key: CellKey, cell: Cell) -> tuple[int | None, int | None, int | None]:
    """How many each quantity of the cell is, in the order of its counts."""
    if cell.unit != "working_days":
        return cell.numerator, cell.denominator, complement(cell)
    if not cell.denominator:
        return None, cell.denominator, None
    reached = -(-cell.denominator * TENTHS[key.measure_id] // 10)
    return reached, cell.denominator, reached - 1


def is_bound(one: Quantity) -> bool:
    """Whether it counts nothing itself, and says how many of others there are at least, or at most."""
    return one.name.startswith((REACHED, BELOW))
