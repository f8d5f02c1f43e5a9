"""Periods of care, short breaks and asylum-seeking children, on both sides of each boundary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.histories import (
    APRIL,
    END_OF_APRIL,
    YEAR_TO_APRIL,
    Rows,
    cells_of,
    child,
    episode,
    immigration,
    legal_status,
    looked_after,
    numerator,
    parts,
    period_row,
    person,
    reviews,
)


@pytest.mark.parametrize(("cla_id", "expected"), [(10, 1), (-1, 0), (None, 0)])
def test_an_episode_of_no_period(cla_id: int | None, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", cla_id=cla_id)) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([period_row(10, 2)], 0),  # the test record's
        ([period_row(10, 99)], 0),
        ([period_row(10, None)], 1),
        ([period_row(10, -1)], 1),
        ([], 1),
    ],
)
def test_a_period_is_its_own_rows_persons_else_its_first_episodes(own: list[Rows], expected: int) -> None:
    later = episode("2024-02-01", person_id=2, episode_id=2)
    first = episode("2024-01-01", person_id=1, episode_id=3)
    assert looked_after(person(1), person(2, is_client="N"), own, later, first) == expected


def test_first_and_last_day_of_a_period() -> None:
    found = cells_of(child("2024-02-29", "2024-03-31"))
    days = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
    assert [numerator(found, "children_looked_after", ("snapshot", day, day)) for day in days] == [0, 1, 0]


@pytest.mark.parametrize(
    ("end", "why", "expected"),
    [
        ("2024-04-30", "E3", 0),
        ("2024-05-01", "E3", 1),
        ("2024-04-30", " e3 ", 0),
        ("2024-04-30", "X1", 1),
        ("2024-04-30", " x1", 1),
        ("2024-04-30", "  ", 1),
        ("2024-04-30", None, 1),
        (None, "E3", 1),
        ("2023-12-31", "E3", 0),  # before the start
    ],
)
def test_a_leaving_code_ends_the_period_on_the_end_date(end: Any, why: str | None, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", end, why)) == expected


@pytest.mark.parametrize(
    ("episodes", "is_open"),
    [
        ([("2024-01-01", "2024-02-01", "X1"), ("2024-02-01", "2024-03-01", "E3")], False),
        ([("2024-01-01", "2024-02-01", "E3"), ("2024-02-01", None, None)], True),
        ([("2024-02-01", None, None), ("2024-02-01", "2024-02-01", "E3")], True),  # the open one is last
        ([("2024-02-01", "2024-02-03", "E3"), ("2024-02-01", "2024-02-02", "X1")], False),  # the longer one
        ([("2024-02-01", "2024-02-02", "X1"), ("2024-02-01", "2024-02-02", "E3")], False),  # the higher key
        ([("2024-02-01", "2024-02-02", "E3"), ("2024-02-01", "2024-02-02", "X1")], True),
        ([(None, "2024-03-01", "E3"), ("2024-02-01", None, None)], True),
        ([(None, None, None), ("2024-02-01", "2024-02-02", "E3")], False),
    ],
)
def test_the_last_episode_decides_the_end(episodes: list[tuple[Any, Any, Any]], is_open: bool) -> None:
    rows = [
        episode(start, end, why, episode_id=number)
        for number, (start, end, why) in enumerate(episodes, start=1)
    ]
    assert looked_after(person(), rows) == int(is_open)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-03-31", 0), ("2024-04-01", 1), ("2024-04-30 23:59:59", 1), ("2024-05-01", 0)],
)
def test_flows_of_a_month(day: str, expected: int) -> None:
    started = cells_of(child(day))
    assert numerator(started, "children_started", APRIL) == expected
    assert numerator(started, "periods_started", APRIL) == expected
    ceased = cells_of(child("2023-01-01", day))
    assert numerator(ceased, "children_ceased", APRIL) == expected
    assert numerator(ceased, "periods_ceased", APRIL) == expected


def test_children_and_periods_are_counted_apart() -> None:
    again = episode("2024-04-20", "2024-04-25", "E3", cla_id=11)
    found = cells_of(child("2024-04-02", "2024-04-10"), again, child("2024-04-03", person_id=2))
    assert numerator(found, "children_started", APRIL) == 2
    assert numerator(found, "periods_started", APRIL) == 3
    assert numerator(found, "children_ceased", APRIL) == 1
    assert numerator(found, "periods_ceased", APRIL) == 2


IN_CARE = ("2024-02-01", "2024-03-01")


@pytest.mark.parametrize(
    ("statuses", "counted"),
    [
        ([], True),
        ([legal_status("2024-02-01", None, "V3")], False),
        ([legal_status("2024-02-01", None, " v4 ")], False),
        ([legal_status("2024-02-01", None, "V2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", None, "C2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", None, "V4")], False),
        # A status without a start is not there.
        ([legal_status(None, None, "V3")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status(None, None, "C2")], False),
        # Another status counts when it overlaps, and touching is not overlapping.
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-01-01", "2024-02-01", "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-01-01", "2024-02-02", "C2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-03-01", None, "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-29", None, "C2")], True),
        # What ends before it starts has no say.
        ([legal_status("2024-02-10", "2024-02-09", "V3")], True),
        ([legal_status("2024-02-10", "2024-02-10", "V3")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", "2024-02-09", "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", "2024-02-10", "C2")], True),
        # Of a row without a code the text counts.
        ([legal_status("2024-02-01", None, None, " Short breaks,\r\nindividual  PLACEMENTS ")], False),
        ([legal_status("2024-02-01", None, " ", "Short breaks under an agreement")], False),
        ([legal_status("2024-02-01", None, None, "Placement order")], True),
        ([legal_status("2024-02-01", None, None, "something else")], True),
        ([legal_status("2024-02-01", None, None, None)], True),
        ([legal_status("2024-02-01", None, "C2", "Short breaks under an agreement")], True),
        ([legal_status("2024-02-01", None, "V3", person_id=2)], True),
    ],
)
def test_a_series_of_short_breaks_is_outside_every_measure(statuses: list[Rows], counted: bool) -> None:
    found = cells_of(child(*IN_CARE), person(2), reviews("2024-02-10"), statuses)
    end_of_february = ("snapshot", date(2024, 2, 29), date(2024, 2, 29))
    assert numerator(found, "children_looked_after", end_of_february) == int(counted)
    assert numerator(found, "children_started", YEAR_TO_APRIL) == int(counted)
    assert numerator(found, "periods_ceased", YEAR_TO_APRIL) == int(counted)
    assert numerator(found, "reviews_held", YEAR_TO_APRIL) == int(counted)
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (int(counted), int(counted))


def test_an_open_period_overlaps_every_later_status() -> None:
    later_order = legal_status("2024-05-01", None, "C2")
    assert looked_after(child("2024-02-01"), legal_status("2024-02-01", None, "V3"), later_order) == 1


def test_a_duplicates_legal_status_is_the_childs() -> None:
    merged = [person(1, legacy_id=7), person(2, legacy_id=7, duplicated_dttm="2024-01-01")]
    breaks = legal_status("2024-01-01", None, "V3", person_id=2)
    assert looked_after(merged, episode("2024-01-01"), breaks) == 0


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (immigration("2024-04-30"), 1),
        (immigration("2024-05-01"), 0),
        (immigration("2024-01-01", "2024-04-30"), 0),
        (immigration("2024-01-01", "2024-05-01"), 1),
        (immigration("2024-01-01", "1900-01-01"), 1),
        (immigration(None), 0),
        (immigration("2024-01-01", code=" uasc "), 1),
        (immigration("2024-01-01", code="ILR"), 0),
        (immigration("2024-01-01", code=None), 0),
        (immigration("2024-01-01", person_id=2), 0),  # not looked after
    ],
)
def test_unaccompanied_asylum_seeking_children(status: Rows, expected: int) -> None:
    found = cells_of(child("2023-01-01"), person(2), status)
    assert numerator(found, "children_looked_after_uasc", END_OF_APRIL) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (immigration("2024-04-30"), 1),
        (immigration("2024-05-01"), 0),
        (immigration("2022-01-01", "2023-05-01"), 0),  # the 12 months begin with 1 May 2023
        (immigration("2022-01-01", "2023-05-02"), 1),
        (immigration("2023-06-01", "2023-06-01"), 0),
        (immigration("2023-06-01", "2023-06-02"), 1),
        (immigration("2022-01-01", "2022-06-01"), 0),
        (immigration("2022-01-01", "1900-01-01"), 1),
        (immigration(None), 0),
        (immigration("2024-01-01", code="ILR"), 0),
        (immigration("2024-01-01", person_id=2), 0),  # not looked after
    ],
)
def test_unaccompanied_asylum_seeking_children_within_12_months(status: Rows, expected: int) -> None:
    """The child came into care in January 2024: the status counts before as well."""
    found = cells_of(child("2024-01-01"), person(2), status)
    assert numerator(found, "children_looked_after_uasc_12_months", END_OF_APRIL) == expected
