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
    query = marts_gate._query("agreement", {"candidate": "pg_temp"})
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
                "insert into kpi_value_unsuppressed values (:measure, :grain, '2020-03-01', '2020-03-31', "
                "'all', :numerator, :denominator)"
            ),
            rows,
        )
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
        savepoint.rollback()
    assert {name for name, flag in found.items() if flag} == raised
