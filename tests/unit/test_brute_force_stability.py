"""The plain calculation of stays and chairs: each rule on both sides of its boundary, and without a value."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.allocations import (
    Allocation,
    Officer,
    allocated_in_time,
    allocations,
    changed_in_year,
    changes,
)
from tests.brute_force.care import Period, Person, Span
from tests.brute_force.placements import Stay, has_moved_often, settled, stays_of
from tests.brute_force.source_rows import Row, Source

CHILD = Person(1, date(2010, 1, 1))
MONDAY, NIGHT = date(2020, 3, 2), date(2020, 3, 31)
PERIOD = Period(date(2017, 9, 30), None, 1, CHILD, "")
YEAR_AGO = date(2019, 4, 1)


def episode(number: int, start: date, reason: str | None, placement: int | None) -> Row:
    return {
        "fact_care_episodes_id": number,
        "fact_cla_id": 1,
        "care_start_date": start,
        "care_reason_code": reason,
        "fact_cla_placement_id": placement,
    }


@pytest.mark.parametrize(
    ("reason", "placement", "starts", "since"),
    [
        ("L", 10, 1, PERIOD.start),
        ("t ", 11, 1, PERIOD.start),
        ("P", 10, 1, PERIOD.start),
        ("P", 11, 2, YEAR_AGO),
        (None, 11, 2, YEAR_AGO),
        (None, None, 2, YEAR_AGO),
        ("P", 18, 2, PERIOD.start),  # placed for adoption with others
        ("P", 19, 1, PERIOD.start),  # a temporary placement
    ],
)
def test_a_stay_ends_with_a_change_of_carers(
    reason: str | None, placement: int | None, starts: int, since: date
) -> None:
    types = {10: "U6", 11: "K2", 18: "A4", 19: "T1"}
    source = Source(
        fact_care_episodes=[episode(1, PERIOD.start, "S", 10), episode(2, YEAR_AGO, reason, placement)],
        fact_cla_placement=[
            {"fact_cla_placement_id": number, "dim_lookup_placement_type_code": code}
            for number, code in types.items()
        ],
    )
    found = stays_of(source, [PERIOD])[CHILD]
    assert (len(found), found[-1].settled_since) == (starts, since)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (date(2018, 1, 1), YEAR_AGO, False),
        (date(2018, 1, 1), date(2019, 4, 2), True),
        (NIGHT, None, True),
        (date(2020, 4, 1), None, False),
        (date(2019, 6, 1), date(2019, 6, 1), False),
    ],
)
def test_three_placements_of_a_day_in_12_months_are_many(start: date, end: date | None, counts: bool) -> None:
    two = [Stay(PERIOD, Span(YEAR_AGO, None), YEAR_AGO)] * 2
    assert has_moved_often([*two, Stay(PERIOD, Span(start, end), start)], NIGHT) is counts


@pytest.mark.parametrize(
    ("born", "started", "since", "expected"),
    [
        (date(2010, 1, 1), date(2017, 9, 30), date(2018, 3, 31), True),
        (date(2010, 1, 1), date(2017, 9, 30), date(2018, 4, 1), False),
        (date(2010, 1, 1), date(2017, 10, 1), date(2017, 10, 1), None),
        (date(2004, 3, 31), date(2017, 9, 30), date(2018, 3, 31), None),
        (date(2004, 4, 1), date(2017, 9, 30), date(2018, 3, 31), True),
        (None, date(2017, 9, 30), date(2018, 3, 31), None),
    ],
)
def test_a_child_long_looked_after_is_settled_for_2_years(
    born: date | None, started: date, since: date, expected: bool | None
) -> None:
    child = Person(1, born)
    period = Period(started, None, 1, child, "")
    assert settled(child, [period], [Stay(period, Span(since, None), since)], NIGHT) is expected


def test_chairs_of_a_period_are_those_with_a_day_in_it() -> None:
    period = Period(MONDAY, date(2020, 3, 20), 1, CHILD, "")
    chairs = [
        Officer(Span(date(2020, 2, 1), date(2020, 3, 10)), 1, 1),
        Officer(Span(date(2020, 3, 9), date(2020, 3, 25)), 2, 2),
        Officer(Span(date(2020, 3, 20), None), 3, 3),
    ]
    found = allocations(period, chairs)
    assert found[0] == Allocation(MONDAY, 1)
    assert {each.worker_id for each in found} == {1, 2}
    assert changes(found) == [date(2020, 3, 9)]


@pytest.mark.parametrize(
    ("allocated", "left", "expected"),
    [
        (date(2020, 3, 9), None, True),
        (date(2020, 3, 10), None, False),
        (None, None, False),
        (None, date(2020, 3, 8), None),
        (None, date(2020, 3, 9), False),
    ],
)
def test_a_chair_is_allocated_by_the_5th_working_day(
    allocated: date | None, left: date | None, expected: bool | None
) -> None:
    period = Period(MONDAY, left, 1, CHILD, "")
    found = [Allocation(allocated, 1)] if allocated else []
    assert allocated_in_time(period, found, NIGHT) is expected


def test_nothing_is_judged_before_the_5th_working_day_has_passed() -> None:
    period = Period(MONDAY, None, 1, CHILD, "")
    assert allocated_in_time(period, [], date(2020, 3, 9)) is None
    assert allocated_in_time(period, [], date(2020, 3, 10)) is False


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2019, 3, 31), False), (YEAR_AGO, True), (NIGHT, True), (date(2020, 4, 1), False)],
)
def test_a_change_counts_for_12_months(day: date, counts: bool) -> None:
    assert changed_in_year([day], NIGHT) is counts
