"""Which measures head the board's pages, and in which order measures and their breakdowns stand."""

from __future__ import annotations

from care_reviews.report.facts import Definition

HEADLINES = (
    "children_looked_after",
    "review_timeliness_children",
    "overdue_reviews",
    "participation",
    "outcomes_within_5_days",
    "record_within_15_days",
    "placements_three_or_more",
    "alerts_raised",
    "alert_resolved_within_20_days",
    "caseload_per_fte",
)
GROUPS = {
    "children": "Children looked after",
    "reviews": "Reviews",
    "participation": "Participation",
    "quality": "Quality of reviews",
    "oversight": "Oversight",
    "alerts": "Care planning alerts",
    "workforce": "Independent chairs",
}
BREAKDOWNS = {
    "quadrant": "Area",
    "sex": "Sex",
    "age_band": "Age",
    "age_band_by_sex": "Age and sex",
    "ethnicity": "Ethnicity",
    "uasc": "Unaccompanied asylum-seeking children",
    "legal_status_group": "Legal status",
    "placement_group": "Type of placement",
    "review_sequence": "Place of the review in the period of care",
    "end_reason": "Reason for leaving care",
    "participation_code": "How the child took part",
    "alert_type": "Informal or formal",
    "alert_stage": "Highest stage reached",
    "alert_agency": "Agency",
    "alert_category": "Category",
}


def title_of(breakdown: str) -> str:
    """A breakdown for readers; one that is new here by its own name."""
    return BREAKDOWNS.get(breakdown, breakdown.replace("_", " ").capitalize())


def place_of(breakdown: str) -> tuple[int, str]:
    """Where a breakdown stands; those that are new here at the end."""
    known = list(BREAKDOWNS)
    return (known.index(breakdown) if breakdown in known else len(known), breakdown)


def in_order(one: Definition) -> tuple[int, str, str]:
    """Where a measure stands: by the order of the groups, then by its name."""
    groups = list(GROUPS)
    group = one.measure_group
    return (groups.index(group) if group in groups else len(groups), group, one.name)
