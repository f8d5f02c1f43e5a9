"""Who enters and leaves care, and when: periods of care that add up to every month's planned count.

In: a profile and a seed. Out: children with their periods of care (start, end, reason of leaving, who is in a
sibling group), without any other attribute. Children in care when the covered days begin come with their true
start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from care_reviews.demo.days import financial_year, month_end, month_start, years_between
from care_reviews.demo.month_plan import MonthPlan, plan_months
from care_reviews.demo.people import Child, Period
from care_reviews.demo.profiles.model import KnownLate, Profile
from care_reviews.demo.randomness import pick, sample_weighted, stream
from care_reviews.errors import ConfigurationError

LEAVING_CODES: dict[str, dict[str, float]] = {
    "adopted": {"E11": 5, "E12": 2},
    "returned_home": {"E4A": 7, "E4B": 3},
    "special_guardianship": {"E45": 4, "E46": 2, "E47": 3, "E48": 1},
    "adulthood": {"E5": 4, "E6": 2, "E17": 3, "E7": 1},
    "other": {"E3": 2, "E8": 3, "E9": 1, "E13": 3, "E41": 3},
}


def simulate_flows(profile: Profile, seed: int) -> list[Child]:
    """All looked-after children with their periods of care."""
    flow = _Flow(profile, stream(seed, profile.name, "flows"))
    flow.open_stock()
    for plan in plan_months(profile, stream(seed, profile.name, "months")):
        flow.pass_month(plan)
    return flow.children


class _Flow:
    def __init__(self, profile: Profile, rng: Random) -> None:
        self.profile = profile
        self.rng = rng
        self.children: list[Child] = []
        self.in_care: list[Period] = []
        self.families = 0
        self.left_twice: dict[int, int] = {}

    # -- the children who are in care at the start

    def open_stock(self) -> None:
        _, children, uasc = self.profile.month_ends()[0]
        before = self.profile.covers.first_day
        for _ in range(uasc):
            self._enter(before - timedelta(days=self.rng.randint(1, 600)), uasc=True)
        starts: list[date] = []
        while len(starts) < children - uasc:
            elapsed = min(self.rng.expovariate(1 / 2.3), 11.5)
            starts.append(before - timedelta(days=1 + int(elapsed * 365.25)))
        self._enter_in_families(starts)

    # -- one month

    def pass_month(self, plan: MonthPlan) -> None:
        first, last = plan.month, month_end(plan.month)
        late = self._late_night(plan.month)
        new = plan.entrants - plan.uasc_entrants - (late.entries if late else 0)
        again = self._returning(first, new)
        for child in again:
            self._start_period(child, self._day_in(first, last))
        for _ in range(plan.uasc_entrants):
            self._enter(self._day_in(first, last), uasc=True)
        for _ in range(late.entries if late else 0):
            self._enter(last - timedelta(days=self.rng.randint(0, 12))).entry_known_late = True
        self._enter_in_families([self._day_in(first, last) for _ in range(new - len(again))])
        self._leave_month(plan, first, last)
        self._end_asylum(plan, first, last)

    def _late_night(self, month: date) -> KnownLate | None:
        late = self.profile.known_late
        return late if late and month_start(late.night) == month else None

    def _day_in(self, first: date, last: date) -> date:
        day = first + timedelta(days=self.rng.randint(0, (last - first).days))
        # Fewer children enter on a weekend: one in three of those is moved to the Friday or Monday beside it.
        if day.weekday() >= 5 and self.rng.random() < 0.35:
            day += timedelta(days=-1 if day.weekday() == 5 else 1)
        return min(max(day, first), last)

    # -- entering

    def _enter(self, start: date, *, uasc: bool = False, family: int | None = None) -> Period:
        child = Child(number=len(self.children) + 1, uasc=uasc, family=family)
        self.children.append(child)
        return self._start_period(child, start)

    def _start_period(self, child: Child, start: date) -> Period:
        period = Period(child, start)
        child.periods.append(period)
        self.in_care.append(period)
        return period

    def _enter_in_families(self, starts: Sequence[date]) -> None:
        """Let some of the entrants be brothers and sisters, who enter on the day of the first of them."""
        waiting = list(starts)
        sizes, usual_size = {2: 0.68, 3: 0.24, 4: 0.08}, 2.4
        share = self.profile.entering.with_siblings
        groups = share / (usual_size - share * (usual_size - 1))
        while waiting:
            start = waiting.pop()
            size = 1
            if self.rng.random() < groups:
                size = min(pick(self.rng, sizes), len(waiting) + 1)
            family = None
            if size > 1:
                self.families += 1
                family = self.families
                del waiting[-(size - 1) :]
            for _ in range(size):
                self._enter(start, family=family)

    def _returning(self, first: date, entrants: int) -> list[Child]:
        """Children who were home and come back; one who left this financial year whenever there is one."""
        count = round(entrants * self.profile.entering.again + self.rng.uniform(-0.5, 0.5))
        home = [
            child
            for child in self.children
            if child.periods[-1].reason == "returned_home"
            and len(child.periods) == 1
            and timedelta(25) < first - (child.periods[-1].end or first) < timedelta(600)
        ]
        this_year = [c for c in home if _left_in(c.periods[-1], financial_year(first))]
        chosen = self.rng.sample(this_year, 1) if this_year and entrants > 1 else []
        rest = [child for child in home if child not in chosen]
        more = max(0, min(count - len(chosen), len(rest), entrants - 1))
        return chosen + self.rng.sample(rest, more)

    # -- leaving

    def _leave_month(self, plan: MonthPlan, first: date, last: date) -> None:
        late = self._late_night(plan.month)
        uasc = [period for period in self._can_leave(last) if _still_uasc(period)]
        ages = [years_between(period.start, last) ** 2 + 0.02 for period in uasc]
        gone = sample_weighted(self.rng, uasc, ages, plan.uasc_leavers)
        self._require(len(gone) == plan.uasc_leavers, plan, "UASC")
        others = plan.leavers - len(gone)
        gone += self._second_leavers(plan.month, last)
        others -= len(gone) - plan.uasc_leavers
        year = financial_year(plan.month)
        candidates = [
            period
            for period in self._can_leave(last)
            if not _still_uasc(period) and not any(_left_in(p, year) for p in period.child.periods)
        ]
        weights = [_hazard(years_between(period.start, last)) for period in candidates]
        gone += sample_weighted(self.rng, candidates, weights, others)
        self._require(len(gone) == plan.leavers, plan, "children")
        for period in gone:
            self._leave(period, first, last)
        if late:
            known_late = [p for p in gone if _still_uasc(p)][: late.uasc_leavers]
            singles = [
                p for p in gone if not p.child.uasc and p.child.family is None and len(p.child.periods) == 1
            ]
            for period in known_late + singles[: late.leavers - late.uasc_leavers]:
                period.end = last - timedelta(days=self.rng.randint(0, 13))
                period.end = max(period.end, period.start + timedelta(days=3))
                period.end_known_late = True

    def _can_leave(self, last: date) -> list[Period]:
        return [p for p in self.in_care if p.start <= last - timedelta(days=6) and not p.entry_known_late]

    def _second_leavers(self, month: date, last: date) -> list[Period]:
        """Children who leave for the second time in a financial year, until there are as many as asked."""
        year = financial_year(month)
        left_to_find = self.profile.leaving.twice - self.left_twice.get(year, 0)
        months_left = (15 - month.month) % 12 + 1
        if months_left > 6 or left_to_find <= 0:
            return []
        candidates = [p for p in self._can_leave(last) if any(_left_in(q, year) for q in p.child.periods)]
        count = min(len(candidates), -(-left_to_find // months_left))
        if months_left == 1 and count < left_to_find:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: leaving.twice is more than return in {year}; lower it"
            )
        self.left_twice[year] = self.left_twice.get(year, 0) + count
        return self.rng.sample(candidates, count)

    def _leave(self, period: Period, first: date, last: date) -> None:
        earliest = max(first, period.start + timedelta(days=3))
        period.end = earliest + timedelta(days=self.rng.randint(0, (last - earliest).days))
        period.reason = self._reason(period, years_between(period.start, period.end))
        if (
            period.child.uasc
            and first.month == 1
            and period.reason == "adulthood"
            and self.rng.random() < 0.6
        ):
            period.end = max(first, earliest)
        if (period.end.month, period.end.day) == (2, 29):
            period.end -= timedelta(days=1)
        period.leaving_code = pick(self.rng, LEAVING_CODES[period.reason])
        if period.child.uasc and period.reason == "other":
            period.leaving_code = pick(self.rng, {"E15": 2, "E16": 1, "E8": 1})
        self.in_care.remove(period)

    def _reason(self, period: Period, years: float) -> str:
        if period.child.uasc:
            return "adulthood" if self.rng.random() < 0.93 else "other"
        weights = dict(self.profile.leaving.reasons)
        weights["adopted"] *= 1.8 if 0.6 <= years <= 3.5 else 0
        if not 0.3 <= years <= 6:
            weights["special_guardianship"] = 0
        if years > 4:
            weights["adulthood"] *= 1.8
            weights["returned_home"] *= 0.6
        return str(pick(self.rng, weights))

    def _end_asylum(self, plan: MonthPlan, first: date, last: date) -> None:
        """Let a UASC status end while the child stays in care: leave to remain was granted."""
        staying = [
            period
            for period in self.in_care
            if _still_uasc(period) and period.start < first - timedelta(days=120) and not period.end
        ]
        self._require(len(staying) >= plan.asylum_ends, plan, "UASC statuses")
        for period in self.rng.sample(staying, plan.asylum_ends):
            period.child.asylum_end = first + timedelta(days=self.rng.randint(2, (last - first).days))
            period.child.asylum_end_known_late = self._late_night(plan.month) is not None

    def _require(self, met: bool, plan: MonthPlan, what: str) -> None:
        if not met:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: too few {what} in care to move in {plan.month:%Y-%m}"
            )


def _left_in(period: Period, year: int) -> bool:
    return period.end is not None and financial_year(period.end) == year


def _still_uasc(period: Period) -> bool:
    return period.child.uasc and period.child.asylum_end is None


def _hazard(years: float) -> float:
    """How likely a child is to leave: high in the first half year, low after three."""
    if years < 0.5:
        return 1.7
    return 1.0 if years < 3 else 0.55
