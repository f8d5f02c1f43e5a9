"""Held reviews, one for each child and day, and how the child took part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from .care import Period, Person, person_of
from .due_dates import add_months
from .flags import says
from .readable import code, is_outcomes_answer, key, words
from .source_rows import Row, Source

IN_SCOPE_FROM_YEARS = 4
PARTICIPATED = {"PN1", "PN2", "PN3", "PN5", "PN6"}
TOOK_NO_PART = {"PN4", "PN7"}
ATTENDED = {"PN1", "PN2", "PN3", "PN4"}
RECORDED = PARTICIPATED | TOOK_NO_PART

PARTICIPATION_OF_TEXT = {
    "child under 4 at time of review": "PN0",
    "attended and spoke for self": "PN1",
    "attended, views represented by advocate": "PN2",
    "attended, conveyed views non-verbally": "PN3",
    "attended but did not convey views": "PN4",
    "did not attend, briefed advocate": "PN5",
    "did not attend, sent views": "PN6",
    "did not attend, views not conveyed": "PN7",
}
PARTICIPATION_OF_TEXT |= {participation.casefold(): participation for participation in ("PN0", *RECORDED)}


@dataclass(frozen=True)
class HeldReview:
    period: Period
    held_on: date
    participation: str | None
    """PN1 to PN7; None where nothing that counts was recorded."""
    form_id: int
    """The outcome form answered last; -1 where there is none."""

    @property
    def person(self) -> Person:
        return self.period.person

    @cached_property
    def in_scope(self) -> bool:
        """Whether the child was 4 or over; without a birth date nobody can tell."""
        born = self.person.born
        return born is not None and add_months(born, IN_SCOPE_FROM_YEARS * 12) <= self.held_on


class Form(NamedTuple):
    """An outcome form. Of several the greatest was answered last."""

    answered: datetime
    form_id: int
    participation_text: str


class Said(NamedTuple):
    """What a meeting says of one child. Of several the greatest is believed."""

    is_recorded: bool
    answered: datetime
    participation: str | None
    form_id: int


NO_FORM = Form(datetime.min, -1, "")
NOTHING_SAID = Said(False, datetime.min, None, -1)
MeetingAndPerson = tuple[int | None, Person]


def held_reviews(
    source: Source, known: dict[int, Person], periods: list[Period], as_known: date
) -> list[HeldReview]:
    """Every held review in a period of care; of several rows for one child and day the best recorded."""
    held_on = held_meetings(source, as_known)
    said = participation_by_meeting(source, known)
    periods_of = defaultdict(list)
    for period in periods:
        periods_of[period.person].append(period)

    same_day: dict[tuple[Person, date], list[tuple[Row, Period]]] = defaultdict(list)
    for row in source.fact_cla_review:
        person = person_of(row, known)
        day = held_on.get(key(row.get("fact_meeting_id")))
        if person is None or day is None:
            continue
        around = [period for period in periods_of[person] if period.has_review_on(day)]
        if around:
            same_day[person, day].append((row, period_of_review(row, around)))

    found = []
    for (person, day), rows in same_day.items():
        choices = []
        for row, period in rows:
            this = said.get((key(row["fact_meeting_id"]), person), NOTHING_SAID)
            choices.append((this.is_recorded, this.answered, *precedence(row, period), period, this))
        *_, period, this = max(choices, key=lambda choice: choice[:-2])
        found.append(HeldReview(period, day, this.participation, this.form_id))
    return found


def precedence(row: Row, period: Period) -> tuple[bool, int, int, bool, date, int]:
    """Of reviews that are recorded alike the greatest counts: the lowest key, none being the last, then the
    lowest meeting, then the one that names its period, then the latest period.
    """
    review_id, meeting_id = key(row["fact_cla_review_id"]), key(row["fact_meeting_id"]) or 0
    names_period = period.cla_id == key(row.get("fact_cla_id"))
    return (
        review_id is not None,
        -(review_id or 0),
        -meeting_id,
        names_period,
        period.start,
        period.cla_id,
    )


def held_meetings(source: Source, as_known: date) -> dict[int | None, date]:
    """The review meetings that took place, each with its date."""
    found: dict[int | None, date] = {}
    for row in source.fact_meetings:
        meeting_id = key(row["fact_meeting_id"])
        is_review = code(row.get("dim_lookup_mtg_type_id_code")) == "CLAR"
        is_cancelled = says(row.get("cancelled")) is True
        day = row.get("actual_dttm")
        if meeting_id is not None and is_review and not is_cancelled and day is not None and day <= as_known:
            found[meeting_id] = day
    return found


def period_of_review(review: Row, around: list[Period]) -> Period:
    """Of the periods around a review the one it names, else the one that started last."""
    for period in around:
        if period.cla_id == key(review.get("fact_cla_id")):
            return period
    return max(around, key=lambda period: (period.start, period.cla_id))


def participation_by_meeting(source: Source, known: dict[int, Person]) -> dict[MeetingAndPerson, Said]:
    """For each meeting and child: the code of the outcome form answered last, else the subject's own text."""
    forms = outcome_forms(source)
    subjects: dict[MeetingAndPerson, list[Row]] = defaultdict(list)
    for row in source.fact_meeting_subjects:
        person = person_of(row, known)
        if person is not None:
            subjects[key(row.get("fact_meetings_id")), person].append(row)

    found = {}
    for meeting_and_person, rows in subjects.items():
        attached = [(forms.get(key(row.get("fact_outcm_form_id")), NO_FORM), row) for row in rows]
        last = max(form for form, _ in attached)
        if last.participation_text:
            participation = recorded_participation(last.participation_text)
            found[meeting_and_person] = Said(
                participation is not None, last.answered, participation, last.form_id
            )
        else:
            found[meeting_and_person] = subject_said(attached, last)
    return found


def subject_said(attached: list[tuple[Form, Row]], last: Form) -> Said:
    """Of several subject rows the recorded one whose form was answered last, then the lowest code."""
    recorded = []
    for form, row in attached:
        participation = recorded_participation(words(row.get("dim_lookup_participation_code_desc")))
        if participation is not None:
            recorded.append((form, participation))
    if not recorded:
        return Said(False, last.answered, None, last.form_id)
    latest = max(form for form, _ in recorded)
    participation = min(participation for form, participation in recorded if form == latest)
    return Said(True, last.answered, participation, last.form_id)


def recorded_participation(text: str) -> str | None:
    """PN1 to PN7 from a code or a description; PN0, an unknown text and none at all record nothing."""
    participation = PARTICIPATION_OF_TEXT.get(text)
    return participation if participation in RECORDED else None


def outcome_forms(source: Source) -> dict[int | None, Form]:
    """Every outcome form: when it was answered last, and its answer on participation."""
    answers: dict[int, list[Row]] = defaultdict(list)
    for row in source.fact_form_answers:
        form_id = key(row.get("fact_form_id"))
        if form_id is not None and is_outcomes_answer(row):
            answers[form_id].append(row)

    found: dict[int | None, Form] = {}
    for form_id, rows in answers.items():
        rows.sort(key=lambda row: (answered(row), int(row["fact_form_answer_id"])))
        texts = [
            words(row.get("answer")) for row in rows if words(row.get("answer_no")) == "icsparticipationcode"
        ]
        filled = [text for text in texts if text]
        found[form_id] = Form(answered(rows[-1]), form_id, filled[-1] if filled else "")
    return found


def answered(row: Row) -> datetime:
    return row.get("answered_dttm") or datetime.min
