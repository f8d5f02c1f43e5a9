"""Which children have a care planning alert, when it is raised and when it is resolved.

In: the council with its children. Out: `Alert`s. A year is driven either by the children with an alert raised
in it or by the children with one completed in it; in the latter kind of year every alert raised is concluded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from care_reviews.demo.council import Council
from care_reviews.demo.days import (
    add_working_days,
    financial_year,
    working_day_from,
    working_day_up_to,
    year_bounds,
)
from care_reviews.demo.people import Child, Period
from care_reviews.errors import ConfigurationError


@dataclass(slots=True, eq=False)
class Alert:
    """One alert: its days, and the stages it went through with the day of each."""

    child: Child
    raised: date
    resolved: date | None
    stages: list[tuple[int, date]]


def plan_alerts(council: Council) -> list[Alert]:
    """Every alert of the covered days, by the day it was raised."""
    planner = _Planner(council)
    drivers = council.profile.alerts
    for year in sorted({*drivers.raised_children, *drivers.completed_children}):
        if year in drivers.completed_children:
            planner.complete_in(year, drivers.completed_children[year])
        else:
            planner.raise_in(year, drivers.raised_children[year], drivers.left_open.get(year, 0))
    return sorted(planner.alerts, key=lambda alert: (alert.raised, alert.child.number))


class _Planner:
    def __init__(self, council: Council) -> None:
        self.council = council
        self.profile = council.profile
        self.alerts: list[Alert] = []

    def raise_in(self, year: int, children: int, left_open: int) -> None:
        """Alerts raised for so many children in a year (in proportion when only part of it is covered)."""
        rng = self.council.rng("alerts", year)
        first, last, part = self._covered(year)
        wanted = round(children * part)
        chosen = self._children(first, last, set(), rng)[:wanted]
        self._enough(len(chosen), wanted, year)
        for number, (child, low, high) in enumerate(chosen):
            day = working_day_up_to(low + timedelta(days=rng.randint(4, (high - low).days)))
            self._raise(child, day, rng, open_ended=number < left_open)
            if rng.random() < self.profile.alerts.again and (high - day).days > 20:
                self._raise(
                    child, working_day_up_to(day + timedelta(days=rng.randint(15, (high - day).days))), rng
                )

    def complete_in(self, year: int, children: int) -> None:
        """Alerts so that so many children have one completed in a year; none raised in it stays open."""
        rng = self.council.rng("alerts", year)
        first, last, _ = self._covered(year)
        done = {a.child.number for a in self.alerts if a.resolved and financial_year(a.resolved) == year}
        candidates = self._children(first, last - timedelta(days=12), done, rng)
        wanted = children - len(done)
        self._enough(len(candidates), wanted, year)
        for child, low, high in candidates[:wanted]:
            raised = working_day_up_to(low + timedelta(days=rng.randint(4, max(4, (high - low).days - 8))))
            self._raise(child, raised, rng, latest=last)
            again = working_day_up_to(raised + timedelta(days=20))
            if rng.random() < self.profile.alerts.again and again < high - timedelta(days=10):
                self._raise(child, again, rng, latest=last)
        # Raised in the last weeks and concluded after the year's end, for children beyond those counted.
        for child, _, _ in candidates[wanted : wanted + max(1, children // 40)]:
            raised = working_day_up_to(last - timedelta(days=rng.randint(1, 10)))
            if child.in_care(raised):
                resolved = working_day_from(last + timedelta(days=rng.randint(1, 20)))
                self.alerts.append(Alert(child, raised, resolved, _stages(raised, resolved, rng)))

    def _covered(self, year: int) -> tuple[date, date, float]:
        covers = self.profile.covers
        first, last = year_bounds(year)
        low, high = max(first, covers.first_day), min(last, covers.last_day)
        return low, high, ((high - low).days + 1) / ((last - first).days + 1)

    def _children(
        self, first: date, last: date, but: set[int], rng: Random
    ) -> list[tuple[Child, date, date]]:
        """Children in care for weeks of a span, in random order, each with the days to raise an alert on."""
        found = []
        for child in self.council.children:
            period: Period | None = next(
                (p for p in child.periods if p.start <= last and (p.end or last) >= first), None
            )
            if period is None or child.number in but or child.restricted or period.entry_known_late:
                continue
            low, high = max(first, period.start), min(last, period.end or last)
            if (high - low).days >= 24:
                found.append((child, low, high))
        rng.shuffle(found)
        return found

    def _raise(
        self, child: Child, raised: date, rng: Random, *, latest: date | None = None, open_ended: bool = False
    ) -> None:
        days = max(1, min(60, int(rng.lognormvariate(2.1, 0.75))))
        resolved: date | None = add_working_days(raised, days)
        if latest and resolved and resolved > latest:
            resolved = max(raised, working_day_up_to(latest))
        if open_ended or (resolved and resolved > self.profile.covers.last_day):
            resolved = None
        self.alerts.append(Alert(child, raised, resolved, _stages(raised, resolved, rng)))

    def _enough(self, found: int, wanted: int, year: int) -> None:
        if found < wanted:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: alerts {year}: {wanted} children asked for, {found} in care"
            )


def _stages(raised: date, resolved: date | None, rng: Random) -> list[tuple[int, date]]:
    """The stages reached: nearly always the first, each next one seldomer, some skipped."""
    until = resolved or raised + timedelta(days=40)
    reached = [1] if rng.random() < 0.93 else []
    for stage, chance in ((2, 0.4), (3, 0.15), (4, 0.05), (5, 0.02), (6, 0.01)):
        if rng.random() < chance:
            reached.append(stage)
    reached = reached or [2]
    span = (until - raised).days
    days: Sequence[int] = sorted(rng.randint(0, span) for _ in reached)
    return [(stage, raised + timedelta(days=day)) for stage, day in zip(reached, days, strict=True)]
