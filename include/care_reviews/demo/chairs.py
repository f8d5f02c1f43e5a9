"""Independent chairs: who they are, whom they review, and how children pass from one to another.

In: the council with its children and protection plans. Out: DIM_WORKER rows and IRO / CPCHAIR involvements.
Chairs in the dual role also chair child protection conferences. At the snapshot the establishment is the
profile's; those who left before it passed their children on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from care_reviews.demo import names
from care_reviews.demo.council import Council
from care_reviews.demo.days import add_working_days
from care_reviews.demo.history import Row
from care_reviews.demo.people import Child, Period
from care_reviews.demo.recording import PROMPT
from care_reviews.demo.text import at_midnight, open_end, timed

INVOLVEMENTS = {"IRO": "Independent Reviewing Officer", "CPCHAIR": "Conference Chair", "CW": "Case Worker"}


@dataclass(slots=True, eq=False)
class Chair:
    """A chair, the quadrant they work in, and the day they left (or the day after all nights)."""

    worker_id: int
    fte: float
    dual: bool
    quadrant: int
    left: date
    taken: dict[str, int] = field(default_factory=lambda: {"IRO": 0, "CPCHAIR": 0})

    def turn(self, role: str) -> float:
        """How far this chair is ahead of a fair share: those in both roles have fewer looked-after."""
        share = self.fte * (0.8 if role == "IRO" and self.dual else 1.0)
        return self.taken[role] / share


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a child needs a chair for, from when to when, and when the system learnt of either day."""

    child: Child
    person: int
    role: str
    start: date
    end: date | None
    known: datetime
    end_known: datetime | None
    referral: int


class Chairs:
    """The chairs of a council; `follow` gives a child its chairs over a span of days."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.rng = council.rng("chairs")
        self.chairs: list[Chair] = []
        areas = council.site.areas
        kinds = [kind for kind in council.profile.chairs.establishment for _ in range(kind.count)]
        kinds.sort(key=lambda kind: not kind.dual)
        for number, kind in enumerate(kinds):
            self._hire(kind.fte, kind.dual, number % len(areas), date.max)
        first, last = council.profile.covers.first_day, council.profile.snapshot
        for number in range(council.profile.chairs.left):
            gone = first + timedelta(days=self.rng.randint(60, (last - first).days - 60))
            self._hire(1.0, True, number % len(areas), gone)

    def _hire(self, fte: float, dual: bool, quadrant: int, left: date) -> None:
        history, site, rng = self.council.history, self.council.site, self.rng
        chair = Chair(history.new_id("dim_worker"), fte, dual, quadrant, left)
        self.chairs.append(chair)
        row: Row = {
            "dim_worker_id": chair.worker_id,
            "staff_id": f"S{chair.worker_id:05d}",
            "forename": names.forename(rng, rng.choice("MF")),
            "surname": names.surname(rng),
            "job_title": site.chair_job_title + ("" if rng.random() < 0.9 else " "),
            "department_name": f"Independent Reviewing Service {site.areas[quadrant]}",
            "full_time_equivalency": rng.choice((f"{fte:g}", f"{fte:.1f}", f"{fte:.2f}")),
        }
        start = at_midnight(self.council.profile.covers.first_day - timedelta(days=4000))
        versions = [(start, row)]
        if left != date.max:
            gone = {"job_title": "Left the council", "full_time_equivalency": None}
            versions.append((at_midnight(left) + timedelta(days=1, hours=9), row | gone))
        history.chain("dim_worker", versions)

    def choose(self, quadrant: int, day: date, role: str, but: Chair | None = None) -> Chair:
        """The chair whose turn it is in a quadrant on a day (in any quadrant where it has none)."""
        able = [c for c in self.chairs if c.left > day and c is not but and (c.dual or role == "IRO")]
        near = [c for c in able if c.quadrant == quadrant] or able
        chair = min(near, key=lambda c: (c.turn(role), c.worker_id))
        chair.taken[role] += 1
        return chair

    def follow(self, need: Allocation, rng: Random) -> None:
        """A child's chairs from one day to another, as involvements."""
        day, learnt = need.start, need.known
        chair = self.choose(need.child.quadrant, day, need.role)
        while True:
            change = self._next_change(chair, day, rng)
            stop = min(change, need.end or change)
            opened = self._involvement(need, chair, day, rng) | {"end_dttm": open_end(rng)}
            closed = self._learnt_of(need, stop, learnt, rng)
            if closed is None:
                self.council.put(need.child, "fact_involvements", (learnt, opened))
                return
            # A few are closed only when the next chair is well under way: two chairs at once.
            overlap = rng.randint(3, 20) if stop != need.end and rng.random() < 0.02 else 0
            ended = opened | {"end_dttm": timed(rng, stop + timedelta(days=overlap))}
            self.council.put(need.child, "fact_involvements", (learnt, opened), (closed, ended))
            if stop == need.end:
                return
            chair = self.choose(need.child.quadrant, stop, need.role, but=chair)
            day, learnt = stop, closed

    def _learnt_of(self, need: Allocation, stop: date, after: datetime, rng: Random) -> datetime | None:
        """When the system learnt that an involvement had ended, if it did."""
        if stop > self.council.profile.covers.last_day:
            return None
        if stop == need.end:
            return need.end_known
        by = need.end_known or datetime.max
        return self.council.recorder.moment(rng, stop, PROMPT, after=after, by=max(by, after))

    def _next_change(self, chair: Chair, day: date, rng: Random) -> date:
        """When this chair hands over: a transfer by chance, or the day they leave the service."""
        rate = self.council.profile.chairs.transfers_per_year
        days = min(rng.expovariate(rate) * 365, 15_000) if rate else 15_000
        return min(day + timedelta(days=20 + int(days)), chair.left)

    def _involvement(self, need: Allocation, chair: Chair, day: date, rng: Random) -> Row:
        return {
            "fact_involvements_id": self.council.history.new_id("fact_involvements"),
            "dim_person_id": need.person,
            "dim_worker_id": chair.worker_id,
            "dim_department_id": need.child.quadrant + 1,
            "fact_referral_id": need.referral,
            "dim_lookup_involvement_type_code": need.role,
            "dim_lookup_involvement_type_desc": INVOLVEMENTS[need.role],
            "start_dttm": timed(rng, day),
        }


def write_reviewing_officers(council: Council, chairs: Chairs) -> None:
    """A reviewing officer for every period of care, oldest first: within 5 working days, seldom later."""
    children = [*council.children, *council.short_break_children]
    periods = sorted((p for child in children for p in child.periods), key=lambda p: (p.start, p.cla_id))
    for period in periods:
        rng = council.rng("reviewing officer", period.cla_id)
        wait = rng.randint(0, 4) if rng.random() < 0.96 else rng.randint(6, 11)
        start = add_working_days(period.start, wait)
        if period.end and start >= period.end:
            continue
        _follow_period(council, chairs, period, start, rng)


def _follow_period(council: Council, chairs: Chairs, period: Period, start: date, rng: Random) -> None:
    by = period.end_recorded or datetime.max
    known = council.recorder.moment(rng, start, PROMPT, after=period.recorded, by=max(by, period.recorded))
    person = period.child.id_on(period.start, period.recorded)
    chairs.follow(
        Allocation(
            period.child, person, "IRO", start, period.end, known, period.end_recorded, period.referral_id
        ),
        rng,
    )
