"""The plain calculation of what became of each month."""

from __future__ import annotations

from datetime import date

from tests.brute_force.cell import CellKey, count
from tests.brute_force.revisions import Revision, revisions

MARCH = CellKey("m", "month", date(2020, 3, 1), date(2020, 3, 31))
FIRST, SECOND, THIRD = date(2020, 3, 31), date(2020, 4, 1), date(2020, 4, 30)


def test_each_value_is_told_from_the_night_that_first_showed_it() -> None:
    told = {THIRD: {MARCH: count(7)}, FIRST: {MARCH: count(8)}, SECOND: {MARCH: count(8)}}
    assert revisions(told) == {
        MARCH: [
            Revision(FIRST, count(8), True, False, 0),
            Revision(THIRD, count(7), False, True, 30),
        ]
    }


def test_a_value_that_comes_back_is_told_again_and_one_that_stays_is_both_first_and_latest() -> None:
    there_and_back = {night: {MARCH: count(n)} for night, n in ((FIRST, 5), (SECOND, 6), (THIRD, 5))}
    assert [each.cell for each in revisions(there_and_back)[MARCH]] == [count(5), count(6), count(5)]
    assert revisions({FIRST: {MARCH: count(5)}, SECOND: {MARCH: count(5)}})[MARCH] == [
        Revision(FIRST, count(5), True, True, 0)
    ]


def test_other_periods_and_categories_are_not_followed() -> None:
    year = MARCH._replace(period_grain="financial_year")
    part = MARCH._replace(breakdown="sex", category="Male")
    day = MARCH._replace(period_grain="snapshot", period_start=MARCH.period_end)
    assert set(revisions({FIRST: {year: count(1), part: count(1), day: count(1)}})) == {day}
