"""The plain calculation of rates: which estimate of the population counts, and that none is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.brute_force.cell import Cell
from tests.brute_force.population import population_on, rate_per_10k

ESTIMATES = {date(2017, 6, 30): 100, date(2018, 6, 30): 200}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 6, 29), None),
        (date(2017, 6, 30), 100),
        (date(2018, 6, 29), 100),
        (date(2018, 6, 30), 200),
        (date(2020, 6, 29), 200),
        (date(2020, 6, 30), None),
    ],
)
def test_an_estimate_counts_from_its_day_until_it_is_two_years_old(day: date, expected: int | None) -> None:
    assert population_on(day, ESTIMATES) == expected


def test_a_rate_without_an_estimate_is_not_available() -> None:
    assert rate_per_10k(984, date(2020, 3, 31)) == Cell(984, 260_000, Decimal("37.8462"), None)
    assert rate_per_10k(984, date(2019, 3, 31)) == Cell(984, 258_900, Decimal("38.0070"), None)
    assert rate_per_10k(984, date(2016, 6, 29)) == Cell(984, None, None, "x")
