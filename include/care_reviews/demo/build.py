"""A whole synthetic council, from flows of children to row versions.

In: a profile and a seed. Out: the `History` of everything its record system ever held in the covered days.
Read `build_history` from top to bottom: it is the process that docs/synthetic-council.md describes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from care_reviews.demo.administrative import write_administrative
from care_reviews.demo.alert_rows import write_alerts
from care_reviews.demo.births import give_births
from care_reviews.demo.care_path import give_episodes, give_legal_statuses, give_stays
from care_reviews.demo.care_rows import write_care
from care_reviews.demo.care_slips import make_care_slips
from care_reviews.demo.case_workers import write_case_workers
from care_reviews.demo.chairs import Chairs, write_reviewing_officers
from care_reviews.demo.characteristics import give_characteristics
from care_reviews.demo.council import Council
from care_reviews.demo.days import add_months
from care_reviews.demo.flows import simulate_flows
from care_reviews.demo.history import History
from care_reviews.demo.oversight import write_oversight
from care_reviews.demo.participation import deal_participation
from care_reviews.demo.people import Period
from care_reviews.demo.person_rows import give_aliases, write_lookups, write_people
from care_reviews.demo.profiles import Profile, load_profile
from care_reviews.demo.protection import write_protection_plans
from care_reviews.demo.randomness import pick
from care_reviews.demo.recording import PROMPT, close_of
from care_reviews.demo.review_dates import plan_reviews
from care_reviews.demo.review_rows import write_reviews
from care_reviews.demo.short_breaks import make_short_breaks
from care_reviews.demo.slips import write_slips

NEEDS: dict[str, float] = {"N1": 62, "N2": 4, "N3": 5, "N4": 7, "N5": 14, "N6": 3, "N8": 5}


@lru_cache(maxsize=1)
def history_of(profile_name: str, seed: int) -> History:
    """The history of a profile and seed, kept for the next night of the same one."""
    return build_history(load_profile(profile_name), seed)


def build_history(profile: Profile, seed: int) -> History:
    """Simulate the council and write down all that its record system learnt."""
    return build_council(profile, seed).history


def build_council(profile: Profile, seed: int) -> Council:
    """Simulate the council; its children keep their periods and reviews for whoever wants to look."""
    council = Council(profile, seed)
    # What happens: who enters and leaves, who they are, when they are reviewed and how they take part.
    council.children = simulate_flows(profile, seed)
    give_births(council.children, profile, seed)
    give_characteristics(council.children, profile, seed)
    plan_reviews(council.children, profile, seed)
    deal_participation(council.children, profile, seed)
    # When the system learns of it, and how care goes in between.
    _number(council)
    _record_periods(council)
    _restrict(council)
    give_aliases(council)
    _walk_care_paths(council)
    make_short_breaks(council)
    # Rows.
    write_lookups(council)
    write_people(council)
    write_care(council)
    write_reviews(council, [*council.children, *council.short_break_children])
    chairs = Chairs(council)
    write_reviewing_officers(council, chairs)
    write_protection_plans(council, chairs)
    write_case_workers(council)
    write_alerts(council)
    write_oversight(council)
    write_slips(council)
    write_administrative(council)
    return council


def _number(council: Council) -> None:
    rng = council.rng("needs")
    new_id = council.history.new_id
    for child in council.children:
        child.person_id = new_id("dim_person")
        for period in child.periods:
            period.cla_id, period.referral_id = new_id("fact_cla"), new_id("fact_referrals")
            period.need = "N5" if child.uasc else pick(rng, NEEDS)


def _record_periods(council: Council) -> None:
    """When each start and end of care was recorded. Siblings who enter together are recorded together."""
    together: dict[int, datetime] = {}
    for period in council.periods():
        child = period.child
        rng = council.rng("recording", period.cla_id)
        period.recorded = _learnt(council, period, start=True)
        if child.family is not None and period is child.periods[0]:
            period.recorded = together.setdefault(child.family, period.recorded)
        if period.end:
            learnt = _learnt(council, period, start=False)
            period.end_recorded = max(learnt, period.recorded + timedelta(minutes=rng.randint(10, 200)))


def _learnt(council: Council, period: Period, *, start: bool) -> datetime:
    """When a start or end reached the system: after the night of `known_late` for those it names."""
    rng = council.rng("learnt", period.cla_id, "start" if start else "end")
    day = period.start if start else period.end
    assert day is not None
    late = council.profile.known_late
    if late and (period.entry_known_late if start else period.end_known_late):
        return council.recorder.moment(
            rng, late.night + timedelta(days=rng.randint(1, 9)), PROMPT, dated=late.night
        )
    by = close_of(late.night) if late and day <= late.night else datetime.max
    return council.recorder.moment(rng, day, PROMPT, by=by)


def _restrict(council: Council) -> None:
    """Close the records of a few children who left in the first year: their rows leave the reporting copy."""
    rng = council.rng("restricted")
    first = council.profile.covers.first_day
    reasons = ("adopted", "other", "special_guardianship")
    able = [
        period.child
        for period in council.periods()
        if period.end and period.end < add_months(first, 12) and period.reason in reasons
    ]
    able = [child for child in able if child.family is None and len(child.periods) == 1]
    for child in rng.sample(able, min(3, len(able))):
        left = child.periods[0].end_recorded
        assert left
        child.restricted = left + timedelta(days=rng.randint(150, 420))


def _walk_care_paths(council: Council) -> None:
    horizon = council.profile.covers.last_day
    for period in council.periods():
        rng = council.rng("care path", period.cla_id)
        give_legal_statuses(period, rng, horizon)
        give_stays(period, rng, horizon, lambda: council.history.new_id("fact_cla_placement"))
        give_episodes(period, rng, council.recorder)
    make_care_slips(council.periods(), council.rng("care slips"))
