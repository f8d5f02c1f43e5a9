"""The plain calculation of chairs and protection plans: both sides of each boundary, and without a value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.brute_force.care import Person, Span
from tests.brute_force.chairs import hundredths, involvements, protection_plans, service_on
from tests.brute_force.source_rows import Source

FIRST, BEFORE_LAST, LAST = date(2020, 3, 1), date(2020, 3, 30), date(2020, 3, 31)
KNOWN = {1: Person(1, None)}


def source_of(title: str | None = " Independent  chair", person: int | None = 1, **more: Any) -> Source:
    """One worker in both roles, the second of them with what is given."""
    involvement = {"dim_person_id": person, "dim_worker_id": 7, "start_dttm": FIRST, "end_dttm": LAST}
    return Source(
        dim_worker=[{"dim_worker_id": 7, "job_title": title, "full_time_equivalency": "0.6"}],
        fact_involvements=[
            involvement | {"dim_lookup_involvement_type_code": "IRO"},
            involvement | {"dim_lookup_involvement_type_code": "cpchair "} | more,
        ],
    )


def chairs_on(day: date, source: Source) -> tuple[int, int, int]:
    """How many chairs, how many in both roles, and their hundredths."""
    service = service_on(day, source.dim_worker, involvements(source, KNOWN, source.dim_worker))
    return len(service.roles), service.dual, service.fte_hundredths


def test_a_chair_chairs_until_the_day_before_the_end() -> None:
    days = (date(2020, 2, 29), FIRST, BEFORE_LAST, LAST)
    assert [chairs_on(day, source_of()) for day in days] == [(0, 0, 0), (1, 1, 60), (1, 1, 60), (0, 0, 0)]


@pytest.mark.parametrize("other", [{"end_dttm": FIRST}, {"start_dttm": None}, {"dim_person_id": -1}])
def test_a_role_that_is_not_held_is_none(other: dict[str, Any]) -> None:
    assert chairs_on(FIRST, source_of(**other)) == (1, 0, 60)


@pytest.mark.parametrize("role", ["CW", None])
def test_another_role_is_none(role: str | None) -> None:
    assert chairs_on(FIRST, source_of(dim_lookup_involvement_type_code=role)) == (1, 0, 60)


def test_who_is_no_chair_by_title_or_has_nobody_does_not_count() -> None:
    assert chairs_on(FIRST, source_of(title="Social Worker")) == (0, 0, 0)
    assert chairs_on(FIRST, source_of(title=None)) == (0, 0, 0)
    assert chairs_on(FIRST, source_of(person=2)) == (0, 0, 0)


def test_working_time_is_a_number_from_0_to_1() -> None:
    readable = {"1": 100, 1: 100, 0.5: 50, " .6 ": 60, "0.625": 63, "0": 0, "1.00": 100, "0.": 0}
    assert {text: hundredths(text) for text in readable} == readable
    assert {hundredths(text) for text in ("1.01", "-0.5", "half", "0,5", ".", "", None)} == {0}


def test_a_protection_plan_needs_a_start_and_a_child() -> None:
    plan = {"dim_person_id": 1, "start_dttm": FIRST, "end_dttm": LAST}
    source = Source(fact_cp_plan=[plan, plan | {"start_dttm": None}, plan | {"dim_person_id": 2}])
    assert protection_plans(source, KNOWN) == [(KNOWN[1], Span(FIRST, LAST))]
