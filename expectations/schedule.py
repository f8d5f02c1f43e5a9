"""Which periods and breakdowns each measure is published for. A measure that is defined must stand here."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Schedule:
    """`snapshot`: at each month end. `year`: each financial year and rolling 12 months. `part`: each month
    and quarter. `breakdowns`: beside the whole.
    """

    snapshot: bool
    year: bool
    part: bool
    breakdowns: tuple[str, ...] = ()

    def by(self, *breakdowns: str) -> Schedule:
        """The same periods, with each of these breakdowns."""
        return replace(self, breakdowns=breakdowns)


SNAPSHOT = Schedule(snapshot=True, year=False, part=False)
SPAN = Schedule(snapshot=False, year=True, part=True)
BOTH = Schedule(snapshot=True, year=True, part=True)
YEAR = Schedule(snapshot=False, year=True, part=False)

PERSON = ("quadrant", "sex", "age_band", "ethnicity", "uasc")
CHILD = (*PERSON, "legal_status_group", "placement_group")
REVIEW = (*CHILD, "review_sequence")

SCHEDULES = {
    "children_looked_after": SNAPSHOT.by(*CHILD, "age_band_by_sex"),
    "children_looked_after_uasc": SNAPSHOT.by(*(each for each in CHILD if each != "uasc")),
    "children_rate_per_10k": SNAPSHOT,
    "children_started": SPAN.by(*CHILD),
    "children_ceased": SPAN.by(*CHILD, "end_reason"),
    "periods_started": SPAN.by(*CHILD),
    "periods_ceased": SPAN.by(*CHILD, "end_reason"),
    "reviews_held": SPAN.by(*REVIEW),
    "review_timeliness_children": SNAPSHOT.by(*CHILD),
    "review_timeliness_children_due": SNAPSHOT.by(*CHILD),
    "review_timeliness_reviews": BOTH.by(*REVIEW),
    "review_up_to_date": SNAPSHOT.by(*CHILD),
    "participation": SPAN.by(*REVIEW),
    "participation_not": SPAN.by(*REVIEW),
    "participation_not_recorded": SPAN.by(*REVIEW),
    "participation_by_code": SPAN.by("participation_code"),
    "attendance": SPAN.by(*REVIEW),
    "outcomes_within_5_days": SPAN.by(*REVIEW),
    "record_within_15_days": SPAN.by(*REVIEW),
    "record_distributed_within_20_days": SPAN.by(*REVIEW),
    "series_within_20_days": SPAN.by(*REVIEW),
    "overdue_reviews": SNAPSHOT.by(*REVIEW),
    "written_to_child": SPAN.by(*REVIEW),
    "child_co_chaired": SPAN.by(*REVIEW),
    "child_spoken_to_before": SPAN.by(*REVIEW),
    "social_work_report_received": SPAN.by(*REVIEW),
    "permanence_plan_at_second_review": SPAN.by(*CHILD),
    "progress_update_coverage": SPAN.by(*CHILD),
    "progress_update_with_child": SPAN.by(*CHILD),
    "smart_rating": SPAN.by(*CHILD),
    "child_focused": SPAN.by(*CHILD),
    "alerts_raised": SPAN.by(*PERSON),
    "alerts_raised_concluded": SPAN.by(*PERSON),
    "alerts_by_type": SPAN.by("alert_type"),
    "alerts_by_stage": SPAN.by("alert_stage"),
    "alerts_by_agency": SPAN.by("alert_agency"),
    "alerts_by_category": SPAN.by("alert_category"),
    "alerts_concluded": SPAN.by(*PERSON),
    "alert_children_raised": SPAN.by(*PERSON),
    "alert_children_completed": SPAN.by(*PERSON),
    "alerts_open": SNAPSHOT.by(*PERSON),
    "alerts_per_100_children": YEAR.by(*PERSON),
    "alert_resolved_within_20_days": SPAN.by(*PERSON),
    "alert_days_to_resolve_median": SPAN.by(*PERSON),
    "alert_days_to_resolve_p90": SPAN.by(*PERSON),
    "alert_repeat_children": SPAN.by(*PERSON),
    "placements_three_or_more": SNAPSHOT.by(*CHILD),
    "placement_long_term_stable": SNAPSHOT.by(*CHILD),
    "chair_changes": SNAPSHOT.by(*CHILD),
    "chair_allocated_within_5_days": SPAN.by(*CHILD),
    "chair_fte": SNAPSHOT,
    "chair_dual_role": SNAPSHOT,
    "caseload_per_fte": SNAPSHOT,
    "caseload_looked_after_per_fte": SNAPSHOT,
    "caseload_protection_per_fte": SNAPSHOT,
}

# What one child or one alert has in two categories, or what is no sum at all, does not add up to the whole.
NOT_ADDING_UP = {
    "children_started",
    "children_ceased",
    "alert_children_raised",
    "alert_children_completed",
    "alert_repeat_children",
    "alert_days_to_resolve_median",
    "alert_days_to_resolve_p90",
}
