"""Rows that a real source has and that count for nothing: impossible dates, facts of nobody, reviews outside
care.

In: the council with its children and reviews. Out: a few further rows of each kind. None of them is a held
review of a child in care, a looked-after child or an alert, so that no measure depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from care_reviews.demo import names
from care_reviews.demo.council import NOBODY, Council
from care_reviews.demo.extra_reviews import ExtraReview, write_extra_review
from care_reviews.demo.history import FOREVER, Row
from care_reviews.demo.people import Period
from care_reviews.demo.person_rows import person_row
from care_reviews.demo.randomness import some_of
from care_reviews.demo.review_rows import meeting_row
from care_reviews.demo.text import NO_DATE, at_midnight, remark


def write_slips(council: Council) -> None:
    """All of them."""
    rng = council.rng("slips")
    first, last = council.profile.covers.first_day, council.profile.covers.last_day
    open_periods = [
        p for p in council.periods() if p.start < first and (not p.end or p.end > first + timedelta(400))
    ]
    chosen = some_of(rng, open_periods, 0.03, at_least=12)
    _impossible_meetings(council, chosen[0::4], rng)
    _future_meetings(council, chosen[1::4], rng)
    _other_meetings(council, chosen[2::4], rng)
    _impossible_extras(council, chosen[3::4], rng)
    left = [
        p for p in council.periods()
        if p.end and p.end_recorded and first < p.end < last - timedelta(days=120)
        and p is p.child.periods[-1] and not p.child.restricted
    ]  # fmt: skip
    for period in some_of(rng, left, 0.006, at_least=2):
        _review_after_leaving(council, period, rng)
    _facts_of_nobody(council, rng)
    _people_apart(council, rng)


def _moment_in(council: Council, rng: Random, after: date | None = None) -> datetime:
    """A moment in the first eight covered months, or after a day."""
    first = after or council.profile.covers.first_day
    return datetime.combine(
        first + timedelta(days=rng.randint(1, 240)), time(rng.randint(9, 16), rng.randrange(60))
    )


def _impossible_meetings(council: Council, periods: Sequence[Period], rng: Random) -> None:
    """Meetings with a year that cannot be; half of them are deleted in time."""
    for number, period in enumerate(periods):
        known = _moment_in(council, rng)
        actual = known.replace(year=219 if number % 2 else 2109, day=min(known.day, 28))
        gone = known + timedelta(days=rng.randint(300, 600)) if number % 3 == 2 else FOREVER
        write_extra_review(council, ExtraReview.of(period, actual, known, gone=gone), rng)


def _future_meetings(council: Council, periods: Sequence[Period], rng: Random) -> None:
    """Meetings dated after the night, and beyond all nights that can be asked for."""
    after_all = council.profile.covers.last_day + timedelta(days=45)
    for period in periods:
        # Not so early that the date is over three years ahead: then it would be impossible, not just wrong.
        known = _moment_in(
            council, rng, max(council.profile.covers.first_day, after_all - timedelta(days=1000))
        )
        actual = datetime.combine(after_all + timedelta(days=rng.randint(0, 80)), time(10))
        write_extra_review(council, ExtraReview.of(period, actual, known), rng)


def _other_meetings(council: Council, periods: Sequence[Period], rng: Random) -> None:
    """Review rows whose meeting is of another kind or missing; and other meetings without a review."""
    for number, period in enumerate(periods):
        known, person = _moment_in(council, rng), period.child.person_id
        if number % 2:
            extra = ExtraReview.of(period, known - timedelta(hours=2), known, kind="PEP")
            write_extra_review(council, extra, rng)
            continue
        row = {
            "fact_cla_review_id": council.history.new_id("fact_cla_review"),
            "fact_cla_id": period.cla_id,
            "dim_person_id": person,
            "fact_meeting_id": NOBODY,
            "due_dttm": at_midnight(known.date()),
            "meeting_dttm": NO_DATE,
        }
        council.put(period.child, "fact_cla_review", (known, row))
        strategy = council.history.new_id("fact_meetings")
        council.put(period.child, "fact_meetings", (known, meeting_row(strategy, known, rng, "STRAT")))
        subject = {"fact_meetings_id": strategy, "dim_person_id": person, "fact_outcm_form_id": NOBODY}
        council.put(period.child, "fact_meeting_subjects", (known, subject))


def _impossible_extras(council: Council, periods: Sequence[Period], rng: Random) -> None:
    """A placement and a care plan with impossible dates, beside the right ones."""
    for period in periods:
        known, person = _moment_in(council, rng), period.child.person_id
        placement: Row = {
            "fact_cla_placement_id": council.history.new_id("fact_cla_placement"),
            "fact_cla_id": period.cla_id,
            "dim_person_id": person,
            "start_dttm": at_midnight(known.date().replace(year=219, day=min(known.day, 28))),
            "end_dttm": at_midnight(known.date()),
            "dim_lookup_placement_type_code": "U6",
            "dim_lookup_placement_provider_code": "PR1",
            "postcode": "ZZZ",
            "distance_from_home": "not known",
        }
        council.put(period.child, "fact_cla_placement", (known, placement))
        plan: Row = {
            "fact_care_plan_id": council.history.new_id("fact_care_plans"),
            "dim_person_id": person,
            "dim_lookup_plan_type_id_code": "PATHWAY",
            "dim_lookup_plan_status_id_code": "A",
            "start_dttm": at_midnight(known.date()),
            "end_dttm": at_midnight(date(2109, known.month, min(known.day, 28))),
            "modif_dttm": known,
        }
        council.put(period.child, "fact_care_plans", (known, plan))


def _review_after_leaving(council: Council, period: Period, rng: Random) -> None:
    assert period.end
    assert period.end_recorded
    held = datetime.combine(period.end + timedelta(days=rng.randint(8, 60)), time(11))
    known = max(held + timedelta(days=2), period.end_recorded + timedelta(days=1))
    write_extra_review(council, ExtraReview.of(period, held, known, with_form=True), rng)


def _facts_of_nobody(council: Council, rng: Random) -> None:
    """Case notes and reviews that point at -1, at no person, or at a merged record without survivor."""
    orphan = council.history.new_id("dim_person")
    merged = _moment_in(council, rng)
    row = person_row(orphan, names.forename(rng, "F"), names.surname(rng), datetime(2009, 5, 4), rng)
    row |= {"legacy_id": 900_000 + orphan, "duplicated_dttm": merged}
    council.put(None, "dim_person", (merged - timedelta(days=30), row))
    missing = 99_000_000 + orphan
    for person in (NOBODY, NOBODY, missing, orphan):
        known = _moment_in(council, rng, merged.date())
        note = {
            "fact_casenote_id": council.history.new_id("fact_casenotes"),
            "dim_person_id": person,
            "event_dttm": known - timedelta(hours=3),
            "dim_lookup_casnt_type_id_code": "STVL",
            "seen_flag": "Y",
            "note_text": remark(rng),
        }
        council.put(None, "fact_casenotes", (known, note))
        write_extra_review(council, ExtraReview(person, known - timedelta(days=1), known), rng)


def _people_apart(council: Council, rng: Random) -> None:
    """Persons without care: impossible and missing births, one unborn; one has a review all the same."""
    births = (
        datetime(219, 6, 2),
        datetime(2109, 3, 9),
        NO_DATE,
        None,
        datetime.combine(council.profile.covers.first_day + timedelta(days=90), time()),
    )
    for number, born in enumerate(births):
        person_id = council.history.new_id("dim_person")
        known = _moment_in(council, rng)
        if number == 4:
            known = datetime.combine(council.profile.covers.first_day, time(10))
        row = person_row(person_id, names.forename(rng, "F"), names.surname(rng), born, rng)
        row |= {"ethnicity_main_code": rng.choice(("W1", "W1", "ZZ", None))}
        council.put(None, "dim_person", (known, row))
        referral = {
            "fact_referral_id": council.history.new_id("fact_referrals"),
            "dim_person_id": person_id,
            "refrl_start_dttm": at_midnight(date(219 if number == 3 else known.year, known.month, 3)),
            "refrl_end_dttm": None,
            "dim_lookup_category_of_need_code": "N8",
            "dim_department_id": 1 + number % 4,
        }
        council.put(None, "fact_referrals", (known, referral))
        if number == 3:
            write_extra_review(council, ExtraReview(person_id, known - timedelta(days=1), known), rng)
