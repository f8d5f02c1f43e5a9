"""Reviews as rows: meetings, review rows and subjects, scheduled first, held later, their outcome form last.

In: the council with its children and their reviews. Out: row versions in the history. Scheduled reviews of
the future, cancelled attempts, further meetings of a series, reviews of siblings, and the repeated rows of a
real system.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from care_reviews.demo.council import NOBODY, Council
from care_reviews.demo.days import working_day_up_to
from care_reviews.demo.history import FOREVER, Row
from care_reviews.demo.meetings import Meeting, arrange_meetings
from care_reviews.demo.outcome_forms import express, write_outcome_form
from care_reviews.demo.people import Child, Period, Review
from care_reviews.demo.randomness import pick
from care_reviews.demo.review_dates import due_date
from care_reviews.demo.text import NO_DATE, at_midnight, remark

NOT_CANCELLED: dict[str | None, float] = {None: 86, "N": 10, "No": 4}
Versions = list[tuple[datetime, Row]]


def write_reviews(council: Council, children: list[Child]) -> None:
    """All rows about the reviews of these children."""
    meetings = arrange_meetings(council, children)
    for meeting in meetings:
        _write_meeting(council, meeting)
    last_recorded = {id(period): meeting.recorded for meeting in meetings for period, _ in meeting.reviews}
    for period in (period for child in children for period in child.periods):
        _write_next(council, period, last_recorded.get(id(period), period.recorded))


def meeting_row(meeting_id: int, actual: datetime | None, rng: Random, kind: str = "CLAR") -> Row:
    """A row of FACT_MEETINGS that is not cancelled."""
    return {
        "fact_meeting_id": meeting_id,
        "dim_lookup_mtg_type_id_code": kind,
        "actual_dttm": actual,
        "cancelled": pick(rng, NOT_CANCELLED),
        "meeting_comments": remark(rng) if rng.random() < 0.05 else None,
    }


def _not_yet(rng: Random) -> datetime | None:
    return NO_DATE if rng.random() < 0.1 else None


def _no_form(rng: Random) -> int | None:
    return NOBODY if rng.random() < 0.5 else None


def _write_meeting(council: Council, meeting: Meeting) -> None:
    """A held meeting: its rows, those of the children reviewed in it, and its further meetings."""
    rng = council.rng("meeting rows", meeting.meeting_id)
    owner = meeting.reviews[0][0].child if len(meeting.reviews) == 1 else None
    row = meeting_row(meeting.meeting_id, meeting.held, rng)
    # History from before the covered days is only ever seen as it ended up.
    versions: Versions = [(meeting.recorded, row)]
    if meeting.recorded >= at_midnight(council.profile.covers.first_day):
        versions.insert(0, (meeting.scheduled, row | {"actual_dttm": _not_yet(rng)}))
    council.put(owner, "fact_meetings", *versions)
    for further_id, at, known in meeting.further:
        council.put(owner, "fact_meetings", (known, meeting_row(further_id, at, rng, "CLARS")))
    for period, review in meeting.reviews:
        _write_review(council, meeting, period, review, rng)


def _write_review(council: Council, meeting: Meeting, period: Period, review: Review, rng: Random) -> None:
    child = period.child
    person = child.id_on(review.held, meeting.recorded)
    row = _review_row(council, period, review.due, meeting.meeting_id, person, rng)
    seen_coming = meeting.recorded >= at_midnight(council.profile.covers.first_day)
    versions: Versions = [(meeting.recorded, row | {"meeting_dttm": meeting.held})]
    if seen_coming:
        planned = rng.choice((at_midnight(review.held), at_midnight(review.due), None, NO_DATE))
        versions.insert(0, (meeting.scheduled, row | {"meeting_dttm": planned}))
    council.put(child, "fact_cla_review", *versions)
    subjects = _write_subject(council, meeting, period, review, person, rng)
    _repeat_rows(council, meeting, period, versions, subjects, rng)
    if rng.random() < council.profile.reviews.cancelled and seen_coming:
        _write_cancelled(council, meeting, period, review, row, rng)


def _review_row(
    council: Council, period: Period, due: date, meeting_id: int, person: int, rng: Random
) -> Row:
    """A review row without its meeting's date. The system schedules by plain days, not by the regulation."""
    scheduled_for = at_midnight(due + timedelta(days=rng.choice((-3, -1, 0, 0, 0, 2, 5))))
    return {
        "fact_cla_review_id": council.history.new_id("fact_cla_review"),
        "fact_cla_id": NOBODY if rng.random() < 0.004 else period.cla_id,
        "dim_person_id": person,
        "fact_meeting_id": meeting_id,
        "due_dttm": NO_DATE if rng.random() < 0.005 else scheduled_for,
    }


def _write_subject(
    council: Council, meeting: Meeting, period: Period, review: Review, person: int, rng: Random
) -> list[Versions]:
    """The child as a subject of the meeting: no form at first, the outcome form once it is there."""
    said = express(council.site.participation, rng, review.outcome)
    row: Row = {"fact_meetings_id": meeting.meeting_id, "dim_person_id": person}
    blank = row | {"fact_outcm_form_id": _no_form(rng)}
    spoken = blank | {"dim_lookup_participation_code_desc": said.on_subject}
    versions: Versions = [(meeting.scheduled, blank)]
    subjects = [versions]
    if said.on_form is None and rng.random() < 0.05:
        versions.append((meeting.recorded, spoken))  # no outcome form was ever made
    else:
        if rng.random() < 0.25:
            versions.append((meeting.recorded, spoken))
        outcome = write_outcome_form(council, period, review, meeting, said, rng)
        versions.append((outcome.recorded, spoken | {"fact_outcm_form_id": outcome.form_id}))
        if outcome.superseded:
            form_id, at = outcome.superseded
            subjects.append([(at, spoken | {"fact_outcm_form_id": form_id})])
    if meeting.recorded < at_midnight(council.profile.covers.first_day):
        del versions[:-1]
    for subject in subjects:
        council.put(period.child, "fact_meeting_subjects", *subject)
    for further_id, _, known in meeting.further:
        further = {
            "fact_meetings_id": further_id,
            "dim_person_id": person,
            "fact_outcm_form_id": _no_form(rng),
        }
        council.put(period.child, "fact_meeting_subjects", (known, further))
    return subjects


def _repeat_rows(
    council: Council,
    meeting: Meeting,
    period: Period,
    versions: Versions,
    subjects: list[Versions],
    rng: Random,
) -> None:
    """Rows that say the same again: a review row, a subject row, or the whole meeting entered twice."""
    child = period.child
    gone = FOREVER
    if rng.random() < 0.5:
        gone = meeting.recorded + timedelta(days=rng.randint(20, 250))  # noticed, and deleted
    chance = rng.random()
    if chance < 0.005:
        again = {"fact_cla_review_id": council.history.new_id("fact_cla_review")}
        council.put(child, "fact_cla_review", *((at, row | again) for at, row in versions[-1:]), gone=gone)
    elif chance < 0.010:
        council.put(child, "fact_meeting_subjects", *subjects[0], gone=gone)
    elif chance < 0.013:
        meeting_id = council.history.new_id("fact_meetings")
        again = {
            "fact_cla_review_id": council.history.new_id("fact_cla_review"),
            "fact_meeting_id": meeting_id,
        }
        at = meeting.held + timedelta(minutes=30)
        twin = meeting_row(meeting_id, at, rng)
        council.put(child, "fact_meetings", (meeting.recorded, twin), gone=gone)
        council.put(
            child,
            "fact_cla_review",
            (meeting.recorded, versions[-1][1] | again | {"meeting_dttm": at}),
            gone=gone,
        )
        shown = [(moment, row | {"fact_meetings_id": meeting_id}) for moment, row in subjects[0]]
        council.put(child, "fact_meeting_subjects", *shown, gone=gone)


def _write_cancelled(
    council: Council, meeting: Meeting, period: Period, review: Review, row: Row, rng: Random
) -> None:
    """A meeting planned before the one that was held, and cancelled."""
    position = period.reviews.index(review)
    earliest = period.reviews[position - 1].held if position else period.start
    day = review.held - timedelta(days=rng.randint(2, 15))
    if day <= earliest:
        return
    meeting_id = council.history.new_id("fact_meetings")
    planned = datetime.combine(day, time(10))
    opened = meeting_row(meeting_id, None, rng) | {"cancelled": None}
    cancelled = opened | {"cancelled": rng.choice(("Y", "Y", "Yes"))}
    if rng.random() < 0.3:
        cancelled["actual_dttm"] = planned  # a date all the same: it was not held
    learnt = max(meeting.scheduled, min(meeting.recorded, datetime.combine(day, time(16))))
    council.put(period.child, "fact_meetings", (meeting.scheduled, opened), (learnt, cancelled))
    again = {"fact_cla_review_id": council.history.new_id("fact_cla_review"), "fact_meeting_id": meeting_id}
    council.put(period.child, "fact_cla_review", (meeting.scheduled, row | again | {"meeting_dttm": planned}))
    subject = {
        "fact_meetings_id": meeting_id,
        "dim_person_id": row["dim_person_id"],
        "fact_outcm_form_id": NOBODY,
    }
    council.put(period.child, "fact_meeting_subjects", (meeting.scheduled, subject))


def _write_next(council: Council, period: Period, known: datetime) -> None:
    """The review scheduled after the last one held; cancelled, deleted or left when the child leaves."""
    rng = council.rng("next review", period.cla_id)
    due = due_date(period.start, [review.held for review in period.reviews])
    scheduled = known + timedelta(days=rng.randint(0, 6), minutes=rng.randint(5, 300))
    if period.end_recorded and scheduled >= period.end_recorded:
        return
    person = period.child.id_on(scheduled.date(), scheduled)
    gone, meeting_id = FOREVER, council.history.new_id("fact_meetings")
    opened = meeting_row(meeting_id, _not_yet(rng), rng)
    versions: Versions = [(scheduled, opened)]
    if period.end_recorded:
        fate = rng.random()
        if fate < 0.5:
            versions.append((period.end_recorded, opened | {"cancelled": rng.choice(("Y", "Yes"))}))
        elif fate < 0.85:
            gone = period.end_recorded
    council.put(period.child, "fact_meetings", *versions, gone=gone)
    row = _review_row(council, period, due, meeting_id, person, rng)
    row["meeting_dttm"] = rng.choice((at_midnight(working_day_up_to(due)), None))
    council.put(period.child, "fact_cla_review", (scheduled, row), gone=gone)
    subject = {"fact_meetings_id": meeting_id, "dim_person_id": person, "fact_outcm_form_id": _no_form(rng)}
    council.put(period.child, "fact_meeting_subjects", (scheduled, subject), gone=gone)
