"""The plain calculation of progress updates: on both sides of a review, and without an answer."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.care import Period, Person
from tests.brute_force.reviews import HeldReview
from tests.brute_force.source_rows import Source
from tests.brute_force.updates import Interval, intervals, update_shares

CHILD = Person(1, None)
EARLIER, LATER = date(2019, 12, 2), date(2020, 3, 2)
PERIOD = Period(date(2019, 11, 4), None, 1, CHILD, "")
REVIEWS = [HeldReview(PERIOD, day, None, -1) for day in (LATER, EARLIER)]
MARCH = (LATER,)


def source_of(*answers: tuple[str, str | None], owner: int | None = 1) -> Source:
    return Source(
        fact_forms=[{"fact_form_id": 5, "dim_person_id": owner}],
        fact_form_answers=[
            {
                "fact_form_answer_id": number,
                "fact_form_id": 5,
                "dim_assessment_template_id_desc": " IRO progress  UPDATE",
                "answer_no": question,
                "answer": answer,
            }
            for number, (question, answer) in enumerate(answers)
        ],
    )


@pytest.mark.parametrize(
    ("day", "updated"),
    [("2019-12-02", False), ("2019-12-03", True), ("01/03/2020", True), ("2020-03-02", False), (None, False)],
)
def test_an_update_lies_between_two_reviews(day: str | None, updated: bool) -> None:
    found = intervals(source_of(("UpdateDate", day)), {1: CHILD}, REVIEWS)
    assert found == [Interval(CHILD, LATER, updated, False)]


@pytest.mark.parametrize(("answer", "spoken"), [("Y", True), (" yes ", True), ("N", False), (None, False)])
def test_the_child_was_spoken_to_when_the_form_says_so(answer: str | None, spoken: bool) -> None:
    source = source_of(("UpdateDate", "2020-01-31"), ("ChildSpokenTo", answer))
    assert intervals(source, {1: CHILD}, REVIEWS) == [Interval(CHILD, LATER, True, spoken)]


def test_an_update_of_nobody_and_a_single_review_make_no_interval() -> None:
    assert (
        intervals(source_of(("UpdateDate", "2020-01-31"), owner=2), {1: CHILD}, REVIEWS)[0].updated is False
    )
    assert intervals(Source(), {1: CHILD}, REVIEWS[:1]) == []


def test_shares_are_of_the_intervals_completed_and_of_those_with_an_update() -> None:
    completed = [
        Interval(CHILD, LATER, updated, child)
        for updated, child in ((True, True), (True, False), (False, False))
    ]
    shares = update_shares([*completed, Interval(CHILD, EARLIER, True, True)], MARCH)
    assert shares == {"progress_update_coverage": (2, 3), "progress_update_with_child": (1, 2)}
