"""The population that children looked after are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .cell import Cell
from .due_dates import add_months

# Aged 0 to 17, by the middle of the year that it is an estimate for.
AGED_0_TO_17 = {
    date(2016, 6, 30): 255_400,
    date(2017, 6, 30): 257_300,
    date(2018, 6, 30): 258_900,
    date(2019, 6, 30): 260_000,
}
COUNTS_FOR_MONTHS = 24


def population_on(day: date, estimates: Mapping[date, int] = AGED_0_TO_17) -> int | None:
    """The newest estimate that is not of a later day nor two years old; None without one."""
    usable = [of for of in estimates if of <= day < add_months(of, COUNTS_FOR_MONTHS)]
    return estimates[max(usable)] if usable else None


def rate_per_10k(children: int, day: date, estimates: Mapping[date, int] = AGED_0_TO_17) -> Cell:
    population = population_on(day, estimates)
    if population is None:
        return Cell(children, None, None, "x")
    exact = Decimal(10_000 * children) / population
    return Cell(children, population, exact.quantize(Decimal("0.0001"), ROUND_HALF_UP), None)
