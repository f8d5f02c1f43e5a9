"""From which day on something can be said, on either side of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.cell import CellKey, count
from tests.brute_force.coverage import NOT_AVAILABLE, as_far_as_covered

FIRST = date(2017, 4, 1)


def snapshot(measure_id: str, *day: int) -> CellKey:
    return CellKey(measure_id, "snapshot", date(*day), date(*day))


def month(measure_id: str, start: date, end: date) -> CellKey:
    return CellKey(measure_id, "month", start, end)


MARCH_2017 = (date(2017, 3, 1), date(2017, 3, 31))
APRIL_2017 = (date(2017, 4, 1), date(2017, 4, 30))
SEPTEMBER = (date(2017, 9, 1), date(2017, 9, 30))
OCTOBER = (date(2017, 10, 1), date(2017, 10, 31))
MARCH_2018 = (date(2018, 3, 1), date(2018, 3, 31))
APRIL_2018 = (date(2018, 4, 1), date(2018, 4, 30))


@pytest.mark.parametrize(
    ("before", "covered"),
    [
        (month("reviews_held", *MARCH_2017), month("reviews_held", *APRIL_2017)),
        (
            CellKey("reviews_held", "rolling_12_months", date(2017, 3, 1), date(2018, 2, 28)),
            CellKey("reviews_held", "financial_year", date(2017, 4, 1), date(2018, 3, 31)),
        ),
        (snapshot("children_looked_after", 2017, 3, 31), snapshot("children_looked_after", 2017, 4, 30)),
        (snapshot("chair_changes", 2018, 2, 28), snapshot("chair_changes", 2018, 3, 31)),
        (
            snapshot("placements_three_or_more", 2018, 2, 28),
            snapshot("placements_three_or_more", 2018, 3, 31),
        ),
        (
            snapshot("placement_long_term_stable", 2019, 2, 28),
            snapshot("placement_long_term_stable", 2019, 3, 31),
        ),
        (
            snapshot("review_timeliness_children", 2017, 3, 31),
            snapshot("review_timeliness_children", 2017, 4, 30),
        ),
        (month("alert_repeat_children", *MARCH_2018), month("alert_repeat_children", *APRIL_2018)),
        (month("progress_update_coverage", *SEPTEMBER), month("progress_update_coverage", *OCTOBER)),
    ],
)
def test_a_window_is_covered_from_the_first_day(before: CellKey, covered: CellKey) -> None:
    found = as_far_as_covered({before: count(7), covered: count(7)}, FIRST)
    assert found == {before: NOT_AVAILABLE, covered: count(7)}


def test_the_year_so_far_needs_its_april() -> None:
    key = snapshot("review_timeliness_reviews", 2018, 3, 31)
    assert as_far_as_covered({key: count(7)}, date(2017, 4, 2)) == {key: NOT_AVAILABLE}
    assert as_far_as_covered({key: count(7)}, date(2017, 4, 1)) == {key: count(7)}
