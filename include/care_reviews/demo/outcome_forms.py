"""The outcome form of a review: participation, dates of outcomes, record and distribution, and good practice.

In: a review and its meeting. Out: the form's rows, filled in stages as a reviewing officer would, and what
the meeting's subject row is to say about participation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from care_reviews.demo.council import Council
from care_reviews.demo.days import add_working_days, age_on
from care_reviews.demo.forms import Form, open_form
from care_reviews.demo.meetings import Meeting
from care_reviews.demo.participation import NOTHING, UNKNOWN_TEXT
from care_reviews.demo.people import Period, Review
from care_reviews.demo.recording import PROMPT
from care_reviews.demo.text import date_text, untidy

PLAN_CODES = ("RETURN", "ADOPT", "LTFOST", "SGO", "KINSHIP", "INDEP")


@dataclass(frozen=True, slots=True)
class Expressed:
    """Where participation is written: on the form, on the meeting's subject, on both or on neither."""

    on_form: str | None
    on_subject: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a subject row needs: the form, when it came, and a superseded first form if there was one."""

    form_id: int
    recorded: datetime
    superseded: tuple[int, datetime] | None


def express(texts: Mapping[Any, str], rng: Random, outcome: str) -> Expressed:
    """How one outcome is written down: `texts` are the site's for each code."""
    if outcome == NOTHING:
        return Expressed(rng.choice((None, None, "")), rng.choice((None, None, "", "  ")))
    if outcome == UNKNOWN_TEXT:
        return rng.choice((Expressed("Participated", None), Expressed(None, "Took part ")))
    text = untidy(rng, texts[outcome], 0.25)
    chance = rng.random()
    if chance < 0.6:
        return Expressed(untidy(rng, outcome, 0.03), text if rng.random() < 0.6 else None)
    if chance < 0.72:
        return Expressed(text, None)
    if chance < 0.725 and outcome != "PN0":
        # The subject row contradicts the form: the form counts.
        return Expressed(outcome, texts["PN7" if outcome != "PN7" else "PN1"])
    return Expressed(None, text)


def write_outcome_form(
    council: Council, period: Period, review: Review, meeting: Meeting, said: Expressed, rng: Random
) -> Outcome:
    """The outcome form of one child's review, and now and then a first one that it replaced."""
    child, recorder = period.child, council.recorder
    person = child.id_on(review.held, meeting.recorded)
    good = council.profile.oversight
    outcomes = add_working_days(
        review.completed, rng.randint(0, 5) if rng.random() < good.outcomes_in_time else rng.randint(6, 13)
    )
    outcomes = min(outcomes, (recorder.deadline(review.held) - timedelta(days=1)).date())
    ready = meeting.further[-1][2] if meeting.further else meeting.recorded
    opened = recorder.moment(rng, outcomes, PROMPT, after=ready, dated=review.held)
    superseded = None
    if rng.random() < 0.008:
        superseded = _write_superseded(
            council, period, review, person, min(ready, opened - timedelta(minutes=40)), rng
        )
    form = open_form(council, child, person, "outcomes", opened)
    if said.on_form is not None:
        form.answer("review_participation_code", said.on_form, opened)
    form.answer("review_series_first_date", date_text(rng, review.held), opened)
    shown = outcomes
    if rng.random() < 0.004:
        shown = review.held - timedelta(days=rng.randint(1, 12))  # typed by hand: before the review
    form.answer("review_outcomes_completed_date", date_text(rng, shown), opened)
    in_full = review.held >= council.profile.covers.first_day - timedelta(days=365)
    if in_full:
        last = date_text(rng, review.completed) if meeting.further or rng.random() < 0.5 else ""
        form.answer("review_series_last_date", last, opened)
        _write_practice(form, period, review, opened, rng)
    _write_record_dates(form, council, review, outcomes, opened, in_full, rng)
    return Outcome(form.form_id, opened, superseded)


def _write_superseded(
    council: Council, period: Period, review: Review, person: int, at: datetime, rng: Random
) -> tuple[int, datetime]:
    """A form begun and left, with an answer that the later form contradicts."""
    form = open_form(council, period.child, person, "outcomes", at)
    form.answer("review_participation_code", "PN7" if review.outcome != "PN7" else "PN1", at)
    form.answer("review_series_first_date", date_text(rng, review.held), at)
    return form.form_id, at


def _write_practice(form: Form, period: Period, review: Review, at: datetime, rng: Random) -> None:
    good = form.council.profile.oversight
    young = age_on(period.child.born, review.held) < 4
    for number, share in (
        ("review_social_work_report_received", good.report_received),
        ("review_child_spoken_to_before", good.spoken_to_before * (0.3 if young else 1.0)),
        ("review_child_co_chaired", 0.0 if young else good.co_chaired),
        ("review_written_to_child", good.written_to_child),
    ):
        form.answer(number, untidy(rng, "Y" if rng.random() < share else "N", 0.02), at)
    form.answer("review_permanence_plan", _permanence_plan(form.council, period, review), at)


def _permanence_plan(council: Council, period: Period, review: Review) -> str:
    """The plan, once there is one: a child's plan is first made at the same review whatever else happens."""
    rng = council.rng("permanence", period.cla_id)
    by_second = council.profile.oversight.plan_by_second_review
    first_with_plan = 1 if rng.random() < 0.45 else (2 if rng.random() < (by_second - 0.45) / 0.55 else 4)
    sequence = period.reviews.index(review) + 1
    return rng.choice(PLAN_CODES) if sequence >= first_with_plan else ""


def _write_record_dates(
    form: Form, council: Council, review: Review, outcomes: date, opened: datetime, in_full: bool, rng: Random
) -> None:
    in_time = rng.random() < council.profile.oversight.record_in_time
    record = max(
        outcomes, add_working_days(review.completed, rng.randint(4, 15) if in_time else rng.randint(16, 27))
    )
    learnt = council.recorder.moment(rng, record, PROMPT, after=opened)
    form.answer("review_record_completed_date", date_text(rng, record), learnt)
    if not in_full or rng.random() < 0.02:
        return
    distributed = add_working_days(record, rng.randint(0, 5))
    text, chance = date_text(rng, distributed), rng.random()
    if chance < 0.002:
        text = f"31/02/{distributed.year}"
    elif chance < 0.004:
        text = "1900-01-01"
    sent = council.recorder.moment(rng, distributed, PROMPT, after=learnt)
    form.answer("review_record_distributed_date", text, sent)
