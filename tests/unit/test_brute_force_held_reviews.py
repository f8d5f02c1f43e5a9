"""Which reviews were held, on both sides of each boundary and without a value."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.cell import CellKey
from tests.brute_force.measures import cells
from tests.histories import (
    APRIL,
    END_OF_APRIL,
    YEAR_TO_APRIL,
    Rows,
    cells_of,
    child,
    episode,
    held,
    meeting,
    parts,
    review,
    review_row,
    reviews,
    source_of,
)


@pytest.mark.parametrize(
    ("the_meeting", "expected"),
    [
        (meeting(5, "2024-03-01 10:30:00"), 1),
        (meeting(5, "2024-03-01", kind=" clar "), 1),
        (meeting(5, "2024-03-01", kind="CLARS"), 0),
        (meeting(5, "2024-03-01", kind=None), 0),
        (meeting(5, None), 0),
        (meeting(5, "1900-01-01"), 0),
        (meeting(5, "2024-03-01", cancelled="N"), 1),
        (meeting(5, "2024-03-01", cancelled="No"), 1),
        (meeting(5, "2024-03-01", cancelled=""), 1),
        (meeting(5, "2024-03-01", cancelled="Y"), 0),
        (meeting(5, "2024-03-01", cancelled=" yes"), 0),
        *((meeting(5, "2024-03-01", cancelled=yes), 0) for yes in (True, 1, "TRUE", "t", b"\1")),
        *((meeting(5, "2024-03-01", cancelled=no), 1) for no in (False, 0, "false", "0", "Yesterday")),
        (meeting(6, "2024-03-01"), 0),
        # The first day of the period and the last.
        (meeting(5, "2024-01-31"), 0),
        (meeting(5, "2024-02-01"), 1),
        (meeting(5, "2024-04-20"), 1),
        (meeting(5, "2024-04-21"), 0),
    ],
)
def test_a_held_review(the_meeting: Rows, expected: int) -> None:
    assert held(child("2024-02-01", "2024-04-20"), review_row(5), the_meeting) == expected


@pytest.mark.parametrize("pointer", [-1, None])
def test_a_review_that_names_no_meeting_was_not_held(pointer: int | None) -> None:
    row = ("fact_cla_review", {"fact_cla_review_id": 5, "dim_person_id": 1, "fact_meeting_id": pointer})
    assert held(child("2024-02-01"), row, meeting(-1, "2024-03-01")) == 0


@pytest.mark.parametrize(("day", "expected"), [("2024-04-30 23:00:00", 1), ("2024-05-01", 0)])
def test_a_review_after_the_night_is_not_held(day: str, expected: int) -> None:
    source = source_of(child("2024-02-01"), reviews(day))
    when = CellKey("reviews_held", *APRIL)
    assert cells(source, date(2024, 4, 30), months=1, breakdowns=())[when].numerator == expected
    # Its due date, 29 February, was missed until it was held.
    late = cells(source, date(2024, 4, 30), months=1, breakdowns=())[
        CellKey("review_up_to_date", *END_OF_APRIL)
    ]
    assert late.numerator == expected


def test_one_review_for_each_child_and_day() -> None:
    siblings = [*child("2024-02-01"), *child("2024-02-01", person_id=2)]
    twice_a_day = [*review(5, "2024-03-01 09:00"), *review(6, "2024-03-01 15:00")]
    two_rows_for_one_meeting = [review_row(7, meeting_id=6)]
    of_the_sibling = [review_row(8, meeting_id=6, cla_id=20, person_id=2)]
    assert held(siblings, twice_a_day, two_rows_for_one_meeting, of_the_sibling) == 2


@pytest.mark.parametrize(("named", "second_due"), [(10, False), (11, True), (-1, True), (None, True)])
def test_a_review_on_the_day_between_two_periods(named: int | None, second_due: bool) -> None:
    """The period that it names has it, else the later one, whose first review it is."""
    back_in_care = episode("2024-03-01", "2024-03-31", "E3", cla_id=11)
    found = cells_of(
        child("2024-02-20", "2024-03-01"), back_in_care, review_row(5, cla_id=named), meeting(5, "2024-03-01")
    )
    # The first due date of the first period, 19 March, lies after it ended; that of the second is 2 April.
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (0, 0)
    open_again = episode("2024-03-01", cla_id=11)
    found = cells_of(
        child("2024-02-20", "2024-03-01"), open_again, review_row(5, cla_id=named), meeting(5, "2024-03-01")
    )
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (int(second_due), 1)
