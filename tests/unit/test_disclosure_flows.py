"""Who was there, came and did not leave is there: no hidden number is told by days and what lies between."""

from __future__ import annotations

import datetime as dt

import pytest

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.disclosure.flows import of_flows
from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.suppression import suppressed

JANUARY, FEBRUARY, MARCH = dt.date(2020, 1, 31), dt.date(2020, 2, 29), dt.date(2020, 3, 31)
LAST_YEAR = dt.date(2019, 3, 31)


def on(day: dt.date, of: tuple[str, str] = ("all", "all")) -> Quantity:
    return Quantity("alerts_open", day, day, *of)


def within(name: str, start: dt.date, end: dt.date) -> Quantity:
    return Quantity(name, start, end, "all", "all")


def in_february(name: str) -> Quantity:
    return within(name, dt.date(2020, 2, 1), FEBRUARY)


def numbers(raised: int) -> dict[Quantity, int]:
    return {
        on(JANUARY): 20,
        on(FEBRUARY): 30,
        in_february("alerts_raised"): raised,
        in_february("alerts_concluded"): 8,
    }


def test_a_month_leads_from_one_month_end_to_the_next() -> None:
    (relation,) = of_flows(numbers(18))
    assert relation.whole == on(FEBRUARY)
    assert relation.parts == (on(JANUARY), in_february("alerts_raised"))
    assert relation.less == (in_february("alerts_concluded"),)
    assert relation.is_exact


def test_a_series_that_does_not_add_up_says_nothing() -> None:
    assert list(of_flows(numbers(19))) == []


def test_a_financial_year_leads_from_march_to_march() -> None:
    found = list(of_flows({on(LAST_YEAR): 10, on(MARCH): 12}))
    year = (dt.date(2019, 4, 1), MARCH)
    assert [relation.less for relation in found] == [(within("alerts_concluded", *year),)]
    assert list(of_flows({on(dt.date(2019, 2, 28)): 10, on(FEBRUARY): 12})) == []


@pytest.mark.parametrize(
    ("breakdown", "is_told"), [("all", True), ("sex", True), ("ethnicity", True), ("quadrant", False)]
)
def test_only_of_what_a_child_stays(breakdown: str, is_told: bool) -> None:
    of = (breakdown, "all")
    assert bool(list(of_flows({on(JANUARY, of): 20, on(FEBRUARY, of): 30}))) is is_told


def test_a_small_number_of_open_alerts_is_not_told_by_what_came_and_went() -> None:
    def snapshot(day: dt.date) -> CellKey:
        return CellKey("alerts_open", "snapshot", day, day, "all", "all")

    def month(measure: str) -> CellKey:
        return CellKey(measure, "month", dt.date(2020, 2, 1), FEBRUARY, "all", "all")

    values = {
        snapshot(JANUARY): 4,
        snapshot(FEBRUARY): 14,
        month("alerts_raised"): 18,
        month("alerts_concluded"): 8,
    }
    cells = {key: Cell(number, None, "alerts") for key, number in values.items()}
    assert suppressed(cells) == {snapshot(JANUARY): "primary", month("alerts_concluded"): "secondary"}
