"""The periods and measures that cells are of, and how percentages round."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from tests.brute_force.cell import Cell, CellKey, percentage
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import Source
from tests.brute_force.spans import Between, month_ends, spans
from tests.histories import APRIL, NIGHT


@pytest.mark.parametrize(
    ("night", "last"),
    [
        (date(2024, 4, 29), date(2024, 3, 31)),
        (date(2024, 4, 30), date(2024, 4, 30)),
        (date(2024, 5, 1), date(2024, 4, 30)),
    ],
)
def test_a_month_is_complete_on_its_last_day(night: date, last: date) -> None:
    found = month_ends(night, 36)
    assert found[-1] == last
    assert len(found) == 36
    assert found == sorted(found)


def test_month_ends_know_the_leap_year() -> None:
    assert month_ends(NIGHT, 3) == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_spans_end_with_a_published_month() -> None:
    assert list(spans(NIGHT, 2)) == [
        Between("month", date(2024, 3, 1), date(2024, 3, 31)),
        Between("quarter", date(2024, 1, 1), date(2024, 3, 31)),
        Between("financial_year", date(2023, 4, 1), date(2024, 3, 31)),
        Between("rolling_12_months", date(2023, 4, 1), date(2024, 3, 31)),
        Between("month", date(2024, 4, 1), date(2024, 4, 30)),
        Between("rolling_12_months", date(2023, 5, 1), date(2024, 4, 30)),
    ]


def test_quarters_are_those_of_the_calendar() -> None:
    quarters = [(span.start, span.end) for span in spans(NIGHT, 12) if span.grain == "quarter"]
    assert quarters == [
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    ]


def test_every_measure_has_every_period_even_of_an_empty_source() -> None:
    found = cells(Source(), NIGHT, breakdowns=())
    grains: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key in found:
        grains[key.measure_id][key.period_grain] += 1
    in_spans = {"month": 36, "quarter": 12, "financial_year": 3, "rolling_12_months": 36}
    at_dates = {"snapshot": 36}
    assert {name: dict(of) for name, of in grains.items()} == {
        "children_looked_after": at_dates,
        "children_looked_after_uasc": at_dates,
        "children_rate_per_10k": at_dates,
        "children_started": in_spans,
        "children_ceased": in_spans,
        "periods_started": in_spans,
        "periods_ceased": in_spans,
        "reviews_held": in_spans,
        "participation": in_spans,
        "participation_not": in_spans,
        "participation_not_recorded": in_spans,
        "participation_by_code": in_spans,
        "attendance": in_spans,
        "review_timeliness_children": at_dates,
        "review_timeliness_children_due": at_dates,
        "review_timeliness_reviews": in_spans | at_dates,
        "review_up_to_date": at_dates,
        "outcomes_within_5_days": in_spans,
        "record_within_15_days": in_spans,
        "record_distributed_within_20_days": in_spans,
        "series_within_20_days": in_spans,
        "progress_update_coverage": in_spans,
        "progress_update_with_child": in_spans,
        "overdue_reviews": at_dates,
        "placements_three_or_more": at_dates,
        "placement_long_term_stable": at_dates,
        "chair_changes": at_dates,
        "chair_allocated_within_5_days": in_spans,
        "written_to_child": in_spans,
        "child_co_chaired": in_spans,
        "child_spoken_to_before": in_spans,
        "social_work_report_received": in_spans,
        "permanence_plan_at_second_review": in_spans,
        "smart_rating": in_spans,
        "child_focused": in_spans,
        "alerts_raised": in_spans,
        "alerts_raised_concluded": in_spans,
        "alerts_by_type": in_spans,
        "alerts_by_stage": in_spans,
        "alerts_by_agency": in_spans,
        "alerts_by_category": in_spans,
        "alerts_concluded": in_spans,
        "alert_children_raised": in_spans,
        "alert_children_completed": in_spans,
        "alerts_open": at_dates,
        "alerts_per_100_children": {"financial_year": 3, "rolling_12_months": 36},
        "alert_resolved_within_20_days": in_spans,
        "alert_days_to_resolve_median": in_spans,
        "alert_days_to_resolve_p90": in_spans,
        "alert_repeat_children": in_spans,
        "chair_fte": at_dates,
        "chair_dual_role": at_dates,
        "caseload_per_fte": at_dates,
        "caseload_looked_after_per_fte": at_dates,
        "caseload_protection_per_fte": at_dates,
    }
    assert found[CellKey("reviews_held", *APRIL)] == Cell(0, None, Decimal(0), None)
    assert found[CellKey("participation", *APRIL)] == Cell(0, 0, None, "z")


def test_percentages_round_half_up_to_four_places() -> None:
    assert percentage(2, 3).value == Decimal("66.6667")
    assert percentage(1, 32000).value == Decimal("0.0031")  # 0.003125
    assert percentage(1, 160000).value == Decimal("0.0006")  # 0.000625
    assert percentage(1, 2000000).value == Decimal("0.0001")  # 0.00005, a half exactly
    assert percentage(3, 3).value == Decimal(100)
