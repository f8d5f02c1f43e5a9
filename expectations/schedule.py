"""Which periods each measure is published for. A measure that is defined must stand here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """`snapshot`: at each month end. `year`: each financial year and rolling 12 months. `part`: each month
    and quarter.
    """

    snapshot: bool
    year: bool
    part: bool


SNAPSHOT = Schedule(snapshot=True, year=False, part=False)
SPAN = Schedule(snapshot=False, year=True, part=True)
BOTH = Schedule(snapshot=True, year=True, part=True)
YEAR = Schedule(snapshot=False, year=True, part=False)

SCHEDULES = {
    "children_looked_after": SNAPSHOT,
    "children_looked_after_uasc": SNAPSHOT,
    "children_started": SPAN,
    "children_ceased": SPAN,
    "periods_started": SPAN,
    "periods_ceased": SPAN,
    "reviews_held": SPAN,
    "review_timeliness_children": SNAPSHOT,
    "review_timeliness_children_due": SNAPSHOT,
    "review_timeliness_reviews": BOTH,
    "review_up_to_date": SNAPSHOT,
    "participation": SPAN,
    "participation_not": SPAN,
    "participation_not_recorded": SPAN,
    "attendance": SPAN,
    "outcomes_within_5_days": SPAN,
    "record_within_15_days": SPAN,
    "record_distributed_within_20_days": SPAN,
    "series_within_20_days": SPAN,
    "overdue_reviews": SNAPSHOT,
    "written_to_child": SPAN,
    "child_co_chaired": SPAN,
    "child_spoken_to_before": SPAN,
    "social_work_report_received": SPAN,
    "permanence_plan_at_second_review": SPAN,
    "smart_rating": SPAN,
    "child_focused": SPAN,
    "alerts_raised": SPAN,
    "alerts_concluded": SPAN,
    "alert_children_raised": SPAN,
    "alert_children_completed": SPAN,
    "alerts_open": SNAPSHOT,
    "alerts_per_100_children": YEAR,
    "alert_resolved_within_20_days": SPAN,
    "alert_days_to_resolve_median": SPAN,
    "alert_days_to_resolve_p90": SPAN,
    "alert_repeat_children": SPAN,
    "chair_fte": SNAPSHOT,
    "chair_dual_role": SNAPSHOT,
    "caseload_per_fte": SNAPSHOT,
    "caseload_looked_after_per_fte": SNAPSHOT,
    "caseload_protection_per_fte": SNAPSHOT,
}
