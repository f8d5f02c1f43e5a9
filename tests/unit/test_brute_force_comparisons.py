"""The plain calculation of comparisons, held against published intervals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.brute_force.cell import Cell, CellKey, count, percentage
from tests.brute_force.comparisons import comparisons, interval

YEAR = CellKey("share", "financial_year", date(2019, 4, 1), date(2020, 3, 31))
BEFORE = YEAR._replace(period_start=date(2018, 4, 1), period_end=date(2019, 3, 31))


@pytest.mark.parametrize(
    ("numerator", "denominator", "published"),
    # Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
    [
        (81, 263, "0.2553 0.3662"),
        (15, 148, "0.0624 0.1605"),
        (0, 20, "0.0000 0.1611"),
        (1, 29, "0.0061 0.1718"),
    ],
)
def test_published_intervals(numerator: int, denominator: int, published: str) -> None:
    found = interval(percentage(numerator, denominator))
    assert found is not None
    assert " ".join(f"{bound / 100:.4f}" for bound in found) == published


def test_shares_at_the_ends_stay_within() -> None:
    found = interval(percentage(29, 29))
    assert found is not None
    assert (found.lower > 88, found.upper) == (True, 100)
    assert interval(percentage(0, 0)) is None


def test_a_year_beside_the_year_before() -> None:
    found = comparisons({YEAR: percentage(15, 148), BEFORE: percentage(81, 263)}, {"share"})
    assert found[YEAR].difference == Decimal("-20.6634")
    assert found[YEAR].overlap is False
    assert found[BEFORE].last_year == Cell(None, None, None, "x")
    assert found[YEAR].last_year == percentage(81, 263)
    assert (found[BEFORE].difference, found[BEFORE].overlap) == (None, None)


def test_counts_have_no_interval_and_few_days_are_compared() -> None:
    march, last = date(2020, 3, 31), date(2019, 3, 31)
    now, then = CellKey("m", "snapshot", march, march), CellKey("m", "snapshot", last, last)
    april = CellKey("m", "snapshot", date(2020, 4, 30), date(2020, 4, 30))
    found = comparisons({now: count(984), then: count(972), april: count(1)}, set())
    assert found.keys() == {now, then}
    assert (found[now].difference, found[now].interval, found[now].overlap) == (12, None, None)


def test_months_before_a_leap_day() -> None:
    leap = CellKey("m", "rolling_12_months", date(2019, 3, 1), date(2020, 2, 29))
    later = CellKey("m", "rolling_12_months", date(2020, 3, 1), date(2021, 2, 28))
    before = CellKey("m", "rolling_12_months", date(2018, 3, 1), date(2019, 2, 28))
    found = comparisons({leap: count(5), later: count(7), before: count(4)}, set())
    assert {key: each.difference for key, each in found.items()} == {leap: 1, later: 2, before: None}
