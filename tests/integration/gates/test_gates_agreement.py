"""Measures of the same children, reviews or alerts against each other, at both sides of each boundary."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, text

from care_reviews.validation import marts_gate

SNAPSHOT, MONTH = "snapshot", "month"

# Values that agree. (numerator, denominator) of what the cases leave as it is.
WHOLE: dict[str, dict[str, tuple[int | None, int | None]]] = {
    SNAPSHOT: {
        "children_looked_after": (10, None),
        "children_looked_after_uasc": (2, None),
        "review_timeliness_children": (8, 10),
        "review_timeliness_children_due": (7, 9),
        "review_up_to_date": (8, 10),
        "overdue_reviews": (3, None),
    },
    MONTH: {
        "participation": (5, 8),
        "participation_not": (2, 8),
        "participation_not_recorded": (1, 8),
        "attendance": (6, 8),
        "smart_rating": (6, 9),
        "smart_rating_not_recorded": (2, 9),
        "child_focused": (9, 9),
        "children_started": (3, None),
        "periods_started": (4, None),
        "children_ceased": (1, None),
        "periods_ceased": (1, None),
        "alerts_raised": (5, None),
        "alert_children_raised": (4, None),
        "alert_repeat_children": (2, None),
        "alerts_concluded": (3, None),
        "alert_children_completed": (2, None),
    },
}

Changes = dict[str, tuple[int | None, int | None]]
CASES: list[tuple[str, Changes, set[str]]] = [
    (SNAPSHOT, {}, set()),
    (MONTH, {}, set()),
    # Two children not up to date have at least two reviews overdue.
    (SNAPSHOT, {"overdue_reviews": (2, None)}, set()),
    (SNAPSHOT, {"overdue_reviews": (1, None)}, {"overdue_differs"}),
    (SNAPSHOT, {"overdue_reviews": (0, None)}, {"overdue_differs"}),
    (SNAPSHOT, {"review_up_to_date": (10, 10)}, {"overdue_differs"}),
    (SNAPSHOT, {"review_up_to_date": (10, 10), "overdue_reviews": (0, None)}, set()),
    (SNAPSHOT, {"overdue_reviews": (None, None)}, {"overdue_differs"}),
    (SNAPSHOT, {"review_up_to_date": (None, 10)}, {"overdue_differs"}),
    (MONTH, {"smart_rating": (7, 9)}, set()),
    (MONTH, {"smart_rating": (8, 9)}, {"ratings_differ"}),
    (MONTH, {"child_focused": (9, 10)}, {"ratings_differ"}),
    (MONTH, {"smart_rating_not_recorded": (None, 9)}, {"ratings_differ"}),
    (MONTH, {"alert_children_raised": (5, None)}, set()),
    (MONTH, {"alert_children_raised": (6, None)}, {"raised_differs"}),
    (MONTH, {"alert_children_raised": (0, None), "alert_repeat_children": (0, None)}, {"raised_differs"}),
    (MONTH, {"alert_children_raised": (None, None)}, {"raised_differs", "more_repeats_than_children"}),
    (MONTH, {"alerts_raised": (None, None)}, {"raised_differs"}),
    (
        MONTH,
        {"alerts_raised": (0, None), "alert_children_raised": (0, None), "alert_repeat_children": (0, None)},
        set(),
    ),
    (MONTH, {"alert_repeat_children": (4, None)}, set()),
    (MONTH, {"alert_repeat_children": (5, None)}, {"more_repeats_than_children"}),
    (MONTH, {"alert_repeat_children": (0, None)}, set()),
    (MONTH, {"alert_repeat_children": (None, None)}, {"more_repeats_than_children"}),
    (MONTH, {"alert_children_completed": (3, None)}, set()),
    (MONTH, {"alert_children_completed": (4, None)}, {"concluded_differs"}),
    (MONTH, {"alert_children_completed": (0, None)}, {"concluded_differs"}),
    (MONTH, {"alert_children_completed": (None, None)}, {"concluded_differs"}),
    (MONTH, {"alert_children_completed": (0, None), "alerts_concluded": (0, None)}, set()),
]


@pytest.mark.parametrize(("grain", "changes", "raised"), CASES)
def test_agreement(connection: Connection, grain: str, changes: Changes, raised: set[str]) -> None:
    assert judged(connection, grain, changes) == raised


NOT_AVAILABLE = (None, None)
SINCE_APRIL = dict.fromkeys(("review_timeliness_children", "review_timeliness_children_due"), NOT_AVAILABLE)
REPEATS = {"alert_repeat_children": NOT_AVAILABLE}


@pytest.mark.parametrize(
    ("grain", "covered_from", "changes", "raised"),
    [
        # Of the snapshot of 31 March 2020: its own day, and the year since 1 April 2019.
        (SNAPSHOT, "2020-04-01", dict.fromkeys(WHOLE[SNAPSHOT], NOT_AVAILABLE), set()),
        (SNAPSHOT, "2020-03-31", SINCE_APRIL, set()),
        (SNAPSHOT, "2020-03-31", {"children_looked_after": (11, None)}, {"children_differ"}),
        (SNAPSHOT, "2019-04-02", SINCE_APRIL, set()),
        (SNAPSHOT, "2019-04-01", SINCE_APRIL, {"children_differ"}),
        # Of March 2020: its own days, and for what is repeated the 12 months before.
        (MONTH, "2020-03-02", dict.fromkeys(WHOLE[MONTH], NOT_AVAILABLE), set()),
        (MONTH, "2020-03-01", REPEATS, set()),
        (MONTH, "2020-03-01", {"participation": (9, 9)}, {"participation_differs"}),
        (MONTH, "2019-03-02", REPEATS, set()),
        (MONTH, "2019-03-01", REPEATS, {"more_repeats_than_children"}),
    ],
)
def test_agreement_as_far_as_the_records_reach(
    connection: Connection, grain: str, covered_from: str, changes: Changes, raised: set[str]
) -> None:
    assert judged(connection, grain, changes, covered_from) == raised


def judged(connection: Connection, grain: str, changes: Changes, covered_from: str = "-infinity") -> set[str]:
    """The flags of March 2020, or its last day, with these changes to what agrees."""
    query = marts_gate._query("agreement", {"candidate": "pg_temp", "covered_from": covered_from})
    rows: list[dict[str, Any]] = [
        {"measure": measure, "grain": grain, "numerator": numerator, "denominator": denominator}
        for measure, (numerator, denominator) in (WHOLE[grain] | changes).items()
    ]
    with connection.begin_nested() as savepoint:
        connection.execute(
            text(
                "create temp table kpi_value_unsuppressed (measure_id text, period_grain text, "
                "period_start date, period_end date, breakdown text, numerator bigint, denominator bigint)"
            )
        )
        connection.execute(
            text(
                "insert into kpi_value_unsuppressed values (:measure, :grain, "
                "case when :grain = 'month' then date '2020-03-01' else '2020-03-31' end, '2020-03-31', "
                "'all', :numerator, :denominator)"
            ),
            rows,
        )
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
        savepoint.rollback()
    return {name for name, flag in found.items() if flag}
