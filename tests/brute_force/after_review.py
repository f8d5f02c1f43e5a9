"""What follows a review: its last meeting, what its form says, and whether the work after it was in time.

Counts come as pairs: how many, out of how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from .care import Person, person_of
from .deadlines import done_in_time, working_day_after
from .flags import says
from .readable import code, is_outcomes_answer, key, typed_date, words
from .reviews import HeldReview, answered
from .source_rows import Row, Source

Pair = tuple[int, int]

OUTCOMES_WITHIN, RECORD_WITHIN, DISTRIBUTED_WITHIN, SERIES_WITHIN = 5, 15, 20, 20


@dataclass(frozen=True)
class Followed:
    """A held review with its last meeting, and the last answer given to each question of its form."""

    review: HeldReview
    sequence: int
    """Its number in its period of care."""
    completed: date
    is_series: bool
    answers: dict[str, str]

    def says_yes(self, question: str) -> bool:
        return code(self.answers.get(question)) in {"Y", "YES"}

    def done(self, question: str) -> date | None:
        return typed_date(self.answers.get(question))


def followed_reviews(
    source: Source, known: dict[int, Person], reviews: list[HeldReview], as_known: date
) -> list[Followed]:
    further = further_meetings(source, known, as_known)
    answers = answers_by_form(source)
    of_person = defaultdict(list)
    for review in reviews:
        of_person[review.person].append(review)

    number = sequences(reviews)
    found = []
    for person, their_reviews in of_person.items():
        their_reviews.sort(key=lambda review: review.held_on)
        nexts = [review.held_on for review in their_reviews[1:]]
        for review, following in zip(their_reviews, [*nexts, date.max], strict=True):
            left = review.period.end or date.max
            days = [day for day in further[person] if review.held_on <= day < following and day <= left]
            said = answers.get(review.form_id, {})
            named = typed_date(said.get("lastmeetingdate"))
            # What the form says counts where the tables know of no further meeting.
            if not days and named and review.held_on < named < following and named <= min(left, as_known):
                days = [named]
            found.append(Followed(review, number[review], max([review.held_on, *days]), bool(days), said))
    return found


def further_meetings(source: Source, known: dict[int, Person], as_known: date) -> dict[Person, list[date]]:
    """The days on which a review of each person went on."""
    held = {}
    for row in source.fact_meetings:
        is_further = code(row.get("dim_lookup_mtg_type_id_code")) == "CLARS"
        is_cancelled = says(row.get("cancelled")) is True
        day = row.get("actual_dttm")
        if is_further and not is_cancelled and day is not None and day <= as_known:
            held[key(row["fact_meeting_id"])] = day

    found = defaultdict(list)
    for row in source.fact_meeting_subjects:
        person, meeting_id = person_of(row, known), key(row.get("fact_meetings_id"))
        if person is not None and meeting_id in held:
            found[person].append(held[meeting_id])
    return found


def answers_by_form(source: Source) -> dict[int | None, dict[str, str]]:
    """Of each outcome form its answers by question: the last one that is not empty."""
    rows = [row for row in source.fact_form_answers if is_outcomes_answer(row) and words(row.get("answer"))]
    return last_answers(rows)


def last_answers(rows: list[Row]) -> dict[int | None, dict[str, str]]:
    """Of each form the last of the given answers to each question."""
    found: dict[int | None, dict[str, str]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (answered(row), int(row["fact_form_answer_id"]))):
        form_id = key(row.get("fact_form_id"))
        if form_id is not None:
            found[form_id][words(row.get("answer_no"))] = row["answer"]
    return found


def after_reviews(followed: list[Followed], span: Container[object], as_known: date) -> dict[str, Pair]:
    completed = [each for each in followed if each.completed in span]

    def within(question: str, days: int) -> Pair:
        judged = [
            done_in_time(each.done(question), working_day_after(each.completed, days), as_known)
            for each in completed
        ]
        return judged.count(True), len(judged) - judged.count(None)

    series = [
        each.completed <= working_day_after(each.review.held_on, SERIES_WITHIN)
        for each in completed
        if each.is_series
    ]
    return {
        "outcomes_within_5_days": within("outcomescompleteddate", OUTCOMES_WITHIN),
        "record_within_15_days": within("recordcompleteddate", RECORD_WITHIN),
        "record_distributed_within_20_days": within("recorddistributeddate", DISTRIBUTED_WITHIN),
        "series_within_20_days": (sum(series), len(series)),
    }


def practice(followed: list[Followed], span: Container[object]) -> dict[str, Pair]:
    held = [each for each in followed if each.review.held_on in span]
    second_held = [each for each in held if each.sequence == 2]

    def yes(question: str) -> Pair:
        return sum(each.says_yes(question) for each in held), len(held)

    return {
        "written_to_child": yes("writtentochild"),
        "child_co_chaired": yes("childcochaired"),
        "child_spoken_to_before": yes("childspokentobefore"),
        "social_work_report_received": yes("swreportreceived"),
        "permanence_plan_at_second_review": (
            sum("permanenceplan" in each.answers for each in second_held),
            len(second_held),
        ),
    }


def sequences(reviews: list[HeldReview]) -> dict[HeldReview, int]:
    """The number of each review in its period of care."""
    of_period = defaultdict(list)
    for review in reviews:
        of_period[review.period.cla_id].append(review)
    return {
        review: number
        for of_one in of_period.values()
        for number, review in enumerate(sorted(of_one, key=lambda review: review.held_on), start=1)
    }
