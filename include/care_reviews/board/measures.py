"""Which measures head the board's pages, and in which order measures stand."""

from __future__ import annotations

from care_reviews.measure_words import group_place
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

# Measures of what is settled by the night: of newer months it is less, whatever anybody does, so that their
# limits and signals say nothing.
UNSETTLED = frozenset({"alerts_raised_concluded"})

# Shares of what was done within days: what is not done is counted once its deadline has passed, so that a
# month that has just ended can look better than it will.
AWAITED = frozenset(
    {
        "outcomes_within_5_days",
        "record_within_15_days",
        "record_distributed_within_20_days",
        "chair_allocated_within_5_days",
        "alert_resolved_within_20_days",
    }
)


def in_order(one: Definition) -> tuple[tuple[int, str], str]:
    """Where a measure stands: by the order of the groups, then by its name."""
    return (group_place(one.measure_group), one.name)
