"""Child protection plans: the other half of an independent chair's caseload.

In: the council and its chairs. Out: children with plans (rows of persons, referrals, plans, involvements), as
many at the snapshot as the profile says; a few of them are looked after as well.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from care_reviews.demo import names
from care_reviews.demo.chairs import Allocation, Chairs
from care_reviews.demo.council import Council
from care_reviews.demo.days import month_end, months
from care_reviews.demo.history import Row
from care_reviews.demo.people import Child
from care_reviews.demo.person_rows import write_person
from care_reviews.demo.randomness import pick
from care_reviews.demo.recording import PROMPT
from care_reviews.demo.text import NO_DATE, open_end, timed

Span = tuple[date, date | None]


def write_protection_plans(council: Council, chairs: Chairs) -> None:
    """Plans that begin and end so that the snapshot has its number."""
    snapshot, both = council.profile.snapshot, council.profile.protection_plans.also_looked_after
    rng = council.rng("protection plans")
    looked_after = [
        child
        for child in council.children
        if (period := child.in_care(snapshot))
        and snapshot - timedelta(300) < period.start < snapshot - timedelta(40)
    ]
    spans = _spans(council)
    lasting = [span for span in spans if span[0] <= snapshot and (span[1] is None or span[1] > snapshot)]
    shared = {id(span): child for span, child in zip(lasting, rng.sample(looked_after, both), strict=False)}
    for span in spans:
        child = shared.get(id(span)) or _new_child(council, span)
        _write_plan(council, chairs, child, span)


def _spans(council: Council) -> list[Span]:
    """When plans begin and end, month by month."""
    plans, covers = council.profile.protection_plans, council.profile.covers
    rng = council.rng("protection spans")
    open_plans = [
        covers.first_day - timedelta(days=1 + int(min(rng.expovariate(1 / 200), 700)))
        for _ in range(plans.opening)
    ]
    covered = list(months(covers.first_day, covers.last_day))
    closed: list[Span] = []
    for month, change in zip(covered, _changes(council, covered), strict=True):
        begin = plans.starting_per_month + rng.randint(-3, 3)
        last = month_end(month)
        # The longest-running plans are the likeliest to end.
        open_plans.sort(key=lambda day: day.toordinal() + rng.uniform(0, 260))
        ending = max(0, begin - change)
        for start in open_plans[:ending]:
            first = max(month, start + timedelta(days=5))
            closed.append((start, first + timedelta(days=rng.randint(0, max(0, (last - first).days)))))
        del open_plans[:ending]
        open_plans += [
            month + timedelta(days=rng.randint(0, (last - month).days)) for _ in range(ending + change)
        ]
    return sorted(closed, key=lambda span: span[0]) + [(day, None) for day in sorted(open_plans)]


def _changes(council: Council, covered: list[date]) -> list[int]:
    """By how many plans a month ends above the one before: from the opening number to that of the snapshot,
    a little off the straight way and back to it.
    """
    plans, rng = council.profile.protection_plans, council.rng("protection changes")
    step = plans.starting_per_month / 4
    off = [0.0]
    for _ in covered:
        off.append(0.7 * off[-1] + rng.uniform(-step, step))
    at_snapshot = sum(month <= council.profile.snapshot for month in covered)
    open_plans = []
    for number, away in enumerate(off):
        way = min(1.0, number / at_snapshot)
        straight = plans.opening + way * (plans.snapshot - plans.opening)
        open_plans.append(round(straight + away - way * off[at_snapshot]))
    return [after - before for before, after in pairwise(open_plans)]


def _new_child(council: Council, span: Span) -> Child:
    """A child who is known for a protection plan alone."""
    person_id = council.history.new_id("dim_person")
    rng = council.rng("protection child", person_id)
    child = Child(number=-person_id, person_id=person_id, sex=rng.choice("MF"), surname=names.surname(rng))
    child.forename = names.forename(rng, child.sex)
    child.quadrant = rng.randrange(len(council.site.areas))
    child.ethnicity = pick(rng, {"W1": 74, "W3": 8, "M1": 6, "A2": 6, "B2": 4, "X2": 2})
    child.born = span[0] - timedelta(days=rng.randint(10, 16 * 365))
    recorded = council.recorder.moment(rng, span[0] - timedelta(days=20), PROMPT, dated=span[0])
    write_person(council, child, recorded, NO_DATE if rng.random() < 0.004 else None)
    return child


def _write_plan(council: Council, chairs: Chairs, child: Child, span: Span) -> None:
    rng = council.rng("protection plan", child.person_id)
    start, end = span
    referral = council.history.new_id("fact_referrals")
    known = council.recorder.moment(rng, start, PROMPT)
    end_known = council.recorder.moment(rng, end, PROMPT, after=known) if end else None
    referral_row: Row = {
        "fact_referral_id": referral,
        "dim_person_id": child.person_id,
        "refrl_start_dttm": timed(rng, start - timedelta(days=rng.randint(5, 40))),
        "refrl_end_dttm": open_end(rng),
        "dim_lookup_category_of_need_code": pick(rng, {"N1": 8, "N3": 1, "N5": 2}),
        "dim_department_id": child.quadrant + 1,
    }
    council.put(child, "fact_referrals", (known, referral_row))
    plan: Row = {
        "fact_cp_plan_id": council.history.new_id("fact_cp_plan"),
        "dim_person_id": child.person_id,
        "fact_referral_id": referral,
        "start_dttm": timed(rng, start),
        "end_dttm": open_end(rng),
    }
    versions: list[tuple[datetime, Row]] = [(known, plan)]
    if end and end_known:
        versions.append((end_known, plan | {"end_dttm": timed(rng, end)}))
    council.put(child, "fact_cp_plan", *versions)
    chairs.follow(Allocation(child, child.person_id, "CPCHAIR", start, end, known, end_known, referral), rng)
