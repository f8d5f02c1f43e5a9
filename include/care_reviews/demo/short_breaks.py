"""Children with series of short breaks: in the record system like the others, in no measure.

In: the council. Out: `council.short_break_children` with periods of care under V3 or V4 alone, and reviews of
them. Here live the findings that must not touch a measure: a birth after a review, overlapping kinds of short
breaks, stays too long, an impossible reason for an episode.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from care_reviews.demo import names
from care_reviews.demo.care_path import give_episodes
from care_reviews.demo.council import Council
from care_reviews.demo.days import add_months, working_day_from
from care_reviews.demo.participation import NOTHING
from care_reviews.demo.people import Child, LegalStatus, Period, Review, Stay
from care_reviews.demo.recording import PROMPT

V3_LENGTHS = (2, 3, 4, 7)


def make_short_breaks(council: Council) -> None:
    """The short-break children, with periods, episodes and reviews; a finding for each of the first few."""
    covers = council.profile.covers
    for number in range(council.profile.short_breaks):
        rng = council.rng("short breaks", number)
        start = covers.first_day + timedelta(
            days=rng.randint(-700, (covers.last_day - covers.first_day).days - 200)
        )
        child = _new_child(council, number, start, rng)
        period = child.periods[0]
        if number % 3 == 2:
            end = start + timedelta(days=rng.randint(90, 700))
            if end < covers.last_day - timedelta(days=30):
                period.end, period.leaving_code, period.reason = end, "E8", "other"
                period.end_recorded = council.recorder.moment(rng, end, PROMPT, after=period.recorded)
        _give_breaks(council, period, "V4" if number % 2 else "V3", rng)
        give_episodes(period, rng, council.recorder)
        _give_reviews(period, covers.last_day, rng)
        if number < len(FINDINGS):
            FINDINGS[number](period)
        council.short_break_children.append(child)


def _new_child(council: Council, number: int, start: date, rng: Random) -> Child:
    child = Child(
        number=10_000 + number, person_id=council.history.new_id("dim_person"), sex=rng.choice("MF")
    )
    child.forename, child.surname = names.forename(rng, child.sex), names.surname(rng)
    child.quadrant, child.ethnicity = (
        rng.randrange(len(council.site.areas)),
        rng.choice(("W1", "W1", "W1", "M1", "A2")),
    )
    child.born = start - timedelta(days=rng.randint(3 * 365, 12 * 365))
    period = Period(child, start, short_breaks=True, need="N2")
    period.cla_id = council.history.new_id("fact_cla")
    period.referral_id = council.history.new_id("fact_referrals")
    period.recorded = council.recorder.moment(rng, start, PROMPT)
    child.periods.append(period)
    return child


def _give_breaks(council: Council, period: Period, code: str, rng: Random) -> None:
    """V4: one agreement that covers all stays. V3: each stay is an episode of its own."""
    last = period.end or council.profile.covers.last_day
    starts = [period.start]
    while code == "V3" and len(starts) < 8:
        day = starts[-1] + timedelta(days=rng.randint(20, 60))
        if day > last - timedelta(days=20):
            break
        starts.append(day)
    ends = [*starts[1:], period.end]
    for day, end in zip(starts, ends, strict=True):
        placement = council.history.new_id("fact_cla_placement")
        period.stays.append(Stay(placement, day, end, "K2", "PR1", end_reason="CARPL" if end else None))
        if code == "V3":
            away = day + timedelta(days=rng.choice(V3_LENGTHS))
            period.legal.append(LegalStatus(code, day, away if end else period.end))
    if code == "V4":
        period.legal = [LegalStatus(code, period.start, period.end)]


def _give_reviews(period: Period, horizon: date, rng: Random) -> None:
    day = working_day_from(period.start + timedelta(days=rng.randint(60, 95)))
    while day <= (period.end or horizon):
        review = Review(day, day, f"short breaks {period.child.number} {day}", day)
        review.outcome = rng.choice(("PN1", "PN1", "PN6", "PN7", NOTHING))
        period.reviews.append(review)
        day = working_day_from(add_months(day, 6) - timedelta(days=rng.randint(0, 20)))


# -- findings, one for each of the first short-break children


def _born_after_review(period: Period) -> None:
    period.child.born = period.start + timedelta(days=300)


def _both_kinds(period: Period) -> None:
    other = "V3" if period.legal[0].code == "V4" else "V4"
    period.legal.append(LegalStatus(other, period.start, period.start + timedelta(days=10)))


def _long_stay(period: Period) -> None:
    period.legal[0].code = "V3"
    period.legal[0].end = period.start + timedelta(days=24)


def _unknown_reason(period: Period) -> None:
    period.episodes[0].rne = "Z"


def _first_episode_continues(period: Period) -> None:
    period.episodes[0].rne = "P"


def _starts_at_eighteen(period: Period) -> None:
    period.child.born = add_months(period.start, -12 * 18 - 1)


def _ends_in_the_future(period: Period) -> None:
    last = period.episodes[-1]
    if last.end is None:
        last.end = max(last.recorded.date() + timedelta(days=900), date(2021, 8, 2))
        last.rec, last.end_recorded = "E8", last.recorded + timedelta(days=30)


FINDINGS: tuple[Callable[[Period], None], ...] = (
    _born_after_review,
    _both_kinds,
    _long_stay,
    _unknown_reason,
    _first_episode_continues,
    _starts_at_eighteen,
    _ends_in_the_future,
)
