"""Which breakdowns each measure has, and the categories that each of them is published with."""

from __future__ import annotations

from .alerts import CATEGORIES, STAGES
from .characteristics import CHILD_CATEGORIES, both

CHILD = tuple(CHILD_CATEGORIES)
REVIEW = (*CHILD, "review_sequence")
ALERT = ("quadrant", "sex", "age_band", "ethnicity", "uasc")

END_REASONS = {
    "Adopted": "E11 E12",
    "Returned home": "E4A E4B",
    "Special guardianship": "E43 E44 E45 E46 E47 E48",
    "Moved to adult services or independence": "E5 E6 E7 E17",
    "Other": "E2 E3 E13 E41 E8 E9 E14 E15 E16",
}

CATEGORIES_OF = {
    **CHILD_CATEGORIES,
    "age_band_by_sex": [
        both(band, sex) for band in CHILD_CATEGORIES["age_band"] for sex in CHILD_CATEGORIES["sex"]
    ],
    "review_sequence": ["First", "Second", "Third or later"],
    "end_reason": [*END_REASONS, "Not known"],
    "participation_code": [*(f"PN{number}" for number in range(1, 8)), "Not recorded"],
    "alert_type": ["Informal", "Formal", "Not known"],
    "alert_stage": [*STAGES, "Not recorded"],
    "alert_agency": ["Local authority", "Partner agency"],
    "alert_category": [*CATEGORIES, "Not known"],
}

BREAKDOWNS = {
    "children_looked_after": (*CHILD, "age_band_by_sex"),
    "children_looked_after_uasc": tuple(each for each in CHILD if each != "uasc"),
    "children_looked_after_uasc_12_months": tuple(each for each in CHILD if each != "uasc"),
    "children_started": CHILD,
    "children_ceased": (*CHILD, "end_reason"),
    "periods_started": CHILD,
    "periods_ceased": (*CHILD, "end_reason"),
    "review_timeliness_children": CHILD,
    "review_timeliness_children_due": CHILD,
    "review_up_to_date": CHILD,
    "permanence_plan_at_second_review": CHILD,
    "progress_update_coverage": CHILD,
    "progress_update_with_child": CHILD,
    "placements_three_or_more": CHILD,
    "placement_long_term_stable": CHILD,
    "chair_changes": CHILD,
    "chair_allocated_within_5_days": CHILD,
    "smart_rating": CHILD,
    "smart_rating_not_recorded": CHILD,
    "child_focused": CHILD,
    "participation_by_code": ("participation_code",),
    "alerts_by_type": ("alert_type",),
    "alerts_by_stage": ("alert_stage",),
    "alerts_by_agency": ("alert_agency",),
    "alerts_by_category": ("alert_category",),
    **dict.fromkeys(
        (
            "reviews_held",
            "review_timeliness_reviews",
            "participation",
            "participation_not",
            "participation_not_recorded",
            "attendance",
            "outcomes_within_5_days",
            "record_within_15_days",
            "record_distributed_within_20_days",
            "series_within_20_days",
            "overdue_reviews",
            "written_to_child",
            "child_co_chaired",
            "child_spoken_to_before",
            "social_work_report_received",
        ),
        REVIEW,
    ),
    **dict.fromkeys(
        (
            "alerts_raised",
            "alerts_raised_concluded",
            "alerts_concluded",
            "alerts_open",
            "alerts_per_100_children",
            "alert_children_raised",
            "alert_children_completed",
            "alert_resolved_within_20_days",
            "alert_days_to_resolve_median",
            "alert_days_to_resolve_p90",
            "alert_repeat_children",
        ),
        ALERT,
    ),
    **dict.fromkeys(
        (
            "children_rate_per_10k",
            "chair_fte",
            "chair_dual_role",
            "caseload_per_fte",
            "caseload_looked_after_per_fte",
            "caseload_protection_per_fte",
        ),
        (),
    ),
}
