"""What a reviewing officer does between reviews: progress updates, contacts, audits; and social workers'
visits.

In: the council's children with their reviews. Out: update and audit forms, case notes, and forms of direct
work with children, whose free text names them and is nobody's to extract. Only within the covered days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from care_reviews.demo.council import Council
from care_reviews.demo.days import age_on, working_day_from
from care_reviews.demo.forms import open_form
from care_reviews.demo.people import Child, Period
from care_reviews.demo.randomness import pick
from care_reviews.demo.text import date_text, remark

# Audits with a rating that the council's list knows.
RATED = 0.96


def write_oversight(council: Council) -> None:
    """Updates, audits, contacts and visits for every period of care."""
    for period in council.periods():
        rng = council.rng("oversight", period.cla_id)
        _write_between_reviews(council, period, rng)
        _write_visits(council, period, rng)
        for review in period.reviews:
            if rng.random() < council.profile.oversight.audited:
                _write_audit(council, period, review.completed + timedelta(days=rng.randint(5, 40)), rng)
        if rng.random() < 0.05:
            _write_direct_work(council, period, rng)


def _write_between_reviews(council: Council, period: Period, rng: Random) -> None:
    """Contacts, and a progress update in most intervals between reviews (the running one included)."""
    days = [review.held for review in period.reviews]
    if days:
        days.append(min(period.end or council.profile.covers.last_day, days[-1] + timedelta(days=180)))
    for earlier, later in pairwise(days):
        length = (later - earlier).days
        if length < 30:
            continue
        if rng.random() < council.profile.oversight.progress_update:
            day = earlier + timedelta(days=int(length * rng.uniform(0.3, 0.75)))
            _write_update(council, period, working_day_from(day), rng)
        if rng.random() < 0.5:
            day = earlier + timedelta(days=int(length * rng.uniform(0.1, 0.9)))
            write_casenote(council, period.child, period, day, "IRO", rng)


def _known(council: Council, period: Period, day: date, rng: Random) -> datetime | None:
    """When something of a day is recorded; None outside care or the covered days."""
    covers = council.profile.covers
    if not covers.first_day <= day <= min(period.end or covers.last_day, covers.last_day):
        return None
    return council.recorder.moment(rng, day, after=max(period.recorded, datetime.combine(day, time(9))))


def _write_update(council: Council, period: Period, day: date, rng: Random) -> None:
    at = _known(council, period, day, rng)
    if at is None:
        return
    good = council.profile.oversight
    form = open_form(council, period.child, period.child.id_on(day, at), "update", at)
    text = date_text(rng, day) if rng.random() > 0.002 else f"31/02/{day.year}"
    form.answer("update_date", text, at)
    form.answer("update_child_spoken_to", "Y" if rng.random() < good.update_with_child else "N", at)
    form.answer("update_social_worker_spoken_to", "Y" if rng.random() < 0.9 else "N", at)


def _write_audit(council: Council, period: Period, day: date, rng: Random) -> None:
    at = _known(council, period, working_day_from(day), rng)
    if at is None:
        return
    form = open_form(council, period.child, period.child.id_on(day, at), "audit", at)
    form.answer("audit_date", date_text(rng, day), at)
    rating = pick(rng, council.site.ratings)
    if council.rng("unsorted rating", period.cla_id, day).random() > RATED:
        rating = council.site.rating_unsorted
    form.answer("audit_smart_rating", rating, at)
    form.answer("audit_child_focused", "Y" if rng.random() < 0.88 else "N", at)


def _write_direct_work(council: Council, period: Period, rng: Random) -> None:
    """An unrelated form: its free text names the child."""
    day = max(period.start, council.profile.covers.first_day) + timedelta(days=rng.randint(5, 200))
    at = _known(council, period, day, rng)
    if at is None:
        return
    child = period.child
    form = open_form(council, child, child.id_on(day, at), "direct_work", at)
    form.answer("session_date", date_text(rng, day), at)
    form.answer(
        "what_we_did", f"{child.forename} {child.surname} drew the people at home.\r\n{remark(rng)}", at
    )
    form.answer("age", str(age_on(child.born, day)), at)


def _write_visits(council: Council, period: Period, rng: Random) -> None:
    """Visits that the law asks for, every ten weeks or so."""
    day = max(period.start, council.profile.covers.first_day) + timedelta(days=rng.randint(3, 40))
    while day <= (period.end or council.profile.covers.last_day):
        write_casenote(council, period.child, period, day, "STVL", rng)
        day += timedelta(days=rng.randint(45, 98))


def write_casenote(council: Council, child: Child, period: Period, day: date, kind: str, rng: Random) -> None:
    """One case note: most by the right date, a few with one that cannot be true."""
    at = _known(council, period, day, rng)
    if at is None:
        return
    event = datetime.combine(day, time(rng.randint(9, 18), rng.choice((0, 10, 30, 45))))
    if rng.random() < 0.0015:
        event = event.replace(year=rng.choice((219, 2109)), day=min(event.day, 28))
    seen = rng.random() < (0.92 if kind == "STVL" else 0.5)
    row = {
        "fact_casenote_id": council.history.new_id("fact_casenotes"),
        "dim_person_id": child.id_on(day, at),
        "event_dttm": event,
        "dim_lookup_casnt_type_id_code": kind,
        "seen_flag": "Y" if seen else rng.choice(("N", None)),
        "seen_alone_flag": ("Y" if rng.random() < 0.7 else "N") if seen else None,
        "note_text": remark(rng),
    }
    council.put(child, "fact_casenotes", (at, row))
