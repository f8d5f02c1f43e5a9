"""Who is a person, and rows whose dates cannot be true, on both sides of each boundary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.histories import (
    APRIL,
    END_OF_APRIL,
    YEAR_TO_APRIL,
    cells_of,
    child,
    episode,
    held,
    looked_after,
    meeting,
    numerator,
    parts,
    period_row,
    person,
    review,
    review_row,
)


def test_two_records_of_one_person_are_one_child_with_the_survivors_birth_date() -> None:
    merged = [
        person(1, "2010-06-01", legacy_id=7, duplicated_dttm="2024-01-01"),
        person(2, "2022-06-01", legacy_id=7),
        episode("2024-01-01", cla_id=10, person_id=1),
        episode("2024-02-01", cla_id=20, person_id=2),
    ]
    found = cells_of(merged, review(1, "2024-04-05", "PN1", person_id=1))
    assert numerator(found, "children_looked_after", END_OF_APRIL) == 1
    assert numerator(found, "children_started", YEAR_TO_APRIL) == 1
    assert numerator(found, "periods_started", YEAR_TO_APRIL) == 2
    assert numerator(found, "reviews_held", APRIL) == 1
    assert parts(found, "participation", APRIL) == (0, 0)  # 1 year old


def test_of_several_survivors_the_lowest_key_is_the_person() -> None:
    assert (
        looked_after(
            person(2, legacy_id=7, is_client="Y"),
            person(1, legacy_id=7, is_client="N"),
            episode("2024-01-01", person_id=2),
        )
        == 0
    )


@pytest.mark.parametrize("legacy_id", [None, -1, ""])
def test_people_without_a_legacy_key_are_not_one_person(legacy_id: Any) -> None:
    people = [person(1, legacy_id=legacy_id), person(2, legacy_id=legacy_id)]
    assert looked_after(people, episode("2024-01-01"), episode("2024-01-01", cla_id=20, person_id=2)) == 2


@pytest.mark.parametrize("legacy_id", [None, 7])
def test_one_merged_without_a_survivor_is_nobody(legacy_id: Any) -> None:
    merged = person(1, legacy_id=legacy_id, duplicated_dttm="2024-01-01")
    assert looked_after(merged, episode("2024-01-01")) == 0


def test_a_merge_dated_1900_never_happened() -> None:
    assert looked_after(person(1, duplicated_dttm="1900-01-01 00:00:00"), episode("2024-01-01")) == 1


@pytest.mark.parametrize(
    ("is_client", "expected"),
    [
        *((no, 0) for no in ("N", " n ", "No", False, 0, "f")),
        *((yes, 1) for yes in ("Y", True, "1", None, "", "?", "Nobody knows")),
    ],
)
def test_records_that_are_no_client_are_nobody(is_client: Any, expected: int) -> None:
    assert looked_after(person(1, is_client=is_client), episode("2024-01-01")) == expected


def test_the_survivor_says_whether_the_person_is_a_client() -> None:
    duplicate = person(1, legacy_id=7, duplicated_dttm="2024-01-01", is_client="N")
    assert looked_after(duplicate, person(2, legacy_id=7), episode("2024-01-01")) == 1


@pytest.mark.parametrize("pointer", [None, -1, 99])
def test_a_fact_of_nobody_counts_nowhere(pointer: int | None) -> None:
    minus_one = person(-1)
    assert looked_after(person(), minus_one, episode("2024-01-01", person_id=pointer)) == 0
    nobodys_review = [review_row(5, person_id=pointer), meeting(5, "2024-03-01")]
    assert held(child("2024-01-01"), minus_one, nobodys_review) == 0


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("1989-12-31", 0),
        ("1990-01-01", 1),
        ("0219-03-01 00:00:00", 0),
        ("12019-03-01", 0),
        ("0044-03-15 00:00:00 BC", 0),
        ("infinity", 0),
        ("-infinity", 0),
        ("nonsense", 0),
        ("1900-01-01", 0),  # no date, so no period
        (None, 0),
        (datetime(2024, 4, 30, 23, 59), 1),
        (date(2024, 4, 30), 1),
        ("2024-04-30T10:00:00.123", 1),
        ("2024-05-01", 0),
    ],
)
def test_an_episode_start(start: Any, expected: int) -> None:
    assert looked_after(person(), episode(start)) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2027-05-15 23:59:00", 1), ("2027-05-16", 0), ("2109-01-01", 0), ("1900-01-01", 1), ("infinity", 0)],
)
def test_an_episode_end_that_cannot_be_true_spoils_the_row(end: str, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", end, "E3")) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1919-12-31", 0),
        ("1920-01-01", 1),
        ("2025-05-15", 1),
        ("2025-05-16", 0),
        ("1900-01-01", 1),
        (None, 1),
    ],
)
def test_a_birth_that_cannot_be_true_spoils_the_person(born: str | None, expected: int) -> None:
    assert looked_after(person(1, born), episode("2024-01-01")) == expected


def test_any_date_of_the_row_spoils_it() -> None:
    assert looked_after(person(1, death_dttm="0219-01-01"), episode("2024-01-01")) == 0
    in_care = child("2024-01-01")
    assert held(in_care, review_row(5, due_dttm="2024-03-01"), meeting(5, "2024-03-02")) == 1
    assert held(in_care, review_row(5, due_dttm="2109-03-01"), meeting(5, "2024-03-02")) == 0
    assert held(in_care, review_row(5, meeting_dttm="0204-03-01"), meeting(5, "2024-03-02")) == 0
    assert held(in_care, review_row(5), meeting(5, "0204-03-02")) == 0


def test_an_unreadable_survivor_leaves_a_merged_person_without_one() -> None:
    merged = [person(1, legacy_id=7, duplicated_dttm="2024-01-01"), person(2, "0201-01-01", legacy_id=7)]
    assert looked_after(merged, episode("2024-01-01")) == 0


def test_an_unreadable_period_row_leaves_the_episodes_to_say_whose_it_is() -> None:
    own = period_row(10, 2, last_updated_dttm="2109-01-01")
    assert looked_after(person(1), own, episode("2024-01-01", person_id=1)) == 1
