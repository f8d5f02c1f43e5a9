"""When reviews are held: planned by the rules, mostly early, late by quota, and brought forward to reach the
year's number.

In: children with their periods of care, a profile and a seed. Out: `period.reviews`, in order, for every
period. First review: within 20 working days of the start; second: 3 months after the first; later ones: 6
months after the one before. Children who entered together are reviewed together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from care_reviews.demo.days import (
    add_months,
    add_working_days,
    working_day_from,
    working_day_up_to,
    year_bounds,
)
from care_reviews.demo.people import Child, Period, Review
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.randomness import stream
from care_reviews.errors import ConfigurationError


def due_date(start: date, held: Sequence[date]) -> date:
    """The next due date of a period, from its start and the reviews held so far."""
    if not held:
        return add_working_days(start, 20)
    return add_months(held[-1], 3 if len(held) == 1 else 6)


def plan_reviews(children: Sequence[Child], profile: Profile, seed: int) -> None:
    """Held reviews for every period of care."""
    groups: dict[str, list[Period]] = {}
    for period in (period for child in children for period in child.periods):
        groups.setdefault(_group(period), []).append(period)
    for name, periods in groups.items():
        rng = stream(seed, profile.name, "reviews", name)
        last = max(period.end or profile.covers.last_day for period in periods)
        for due, held in _plan(periods[0].start, last, profile, rng):
            for period in periods:
                if held <= (period.end or profile.covers.last_day):
                    period.reviews.append(Review(held, due, f"{name} {held}"))
    quotas = _Quotas(children, profile, stream(seed, profile.name, "review quotas"))
    for year, late in sorted(profile.reviews.late.items()):
        quotas.make_late(year, late.late, late.overdue, late.left)
    for year, wanted in sorted(profile.reviews.held.items()):
        quotas.bring_forward(year, wanted)


def _group(period: Period) -> str:
    """Siblings who entered together are one group; everyone else is reviewed alone."""
    child = period.child
    together = child.family is not None and period is child.periods[0]
    return f"family {child.family}" if together else f"child {child.number} {period.start}"


def _plan(start: date, last: date, profile: Profile, rng: Random) -> Iterator[tuple[date, date]]:
    """Due and held dates of a period that runs until `last`."""
    # Lateness in the years with a quota is dealt out afterwards, to children chosen for it.
    quota_years = [year_bounds(year) for year in profile.reviews.late]
    held: list[date] = []
    while True:
        due = due_date(start, held)
        early = rng.randint(0, 9) if not held else int(rng.expovariate(1 / profile.reviews.days_early))
        floor = (held[-1] if held else start) + timedelta(days=7 if not held else 40)
        day = max(working_day_up_to(due - timedelta(days=early)), working_day_from(floor))
        if rng.random() < profile.reviews.late_otherwise:
            late = working_day_from(due + timedelta(days=rng.randint(1, 20)))
            if not any(first <= late and due <= end for first, end in quota_years):
                day = late
        if day > last or (due > last and day > due):
            return
        yield due, day
        held.append(day)


Change = Callable[[Period], bool]


class _Quotas:
    """Changes single plans so that the year's numbers come out; never touches a child twice."""

    def __init__(self, children: Sequence[Child], profile: Profile, rng: Random) -> None:
        self.profile = profile
        self.rng = rng
        self.horizon = profile.covers.last_day
        # Siblings share their meetings: only children reviewed alone can be moved.
        self.alone = [p for c in children for p in c.periods if c.family is None or p is not c.periods[0]]
        self.touched: set[int] = set()
        self.children = children

    # -- late and overdue

    def make_late(self, year: int, late: int, overdue: int, left: int) -> None:
        """Give the year its late and overdue children: those in care at its end, and some who left before."""
        first, last = year_bounds(year)
        last = min(last, self.horizon)
        staying = [p for p in self._untouched() if p.covers(last)]
        self._each(staying, overdue, f"overdue {year}", lambda p: self._make_overdue(p, last))
        staying = [p for p in self._untouched() if p.covers(last)]
        self._each(staying, late, f"late {year}", lambda p: self._hold_late(p, first, last))
        leaving = [p for p in self._untouched() if p.end and first + timedelta(60) < p.end <= last]
        # One who has come back is looked after at the year's end: a late review would count there.
        leaving = [p for p in leaving if not p.child.in_care(last)]
        self._each(leaving, left, f"left {year}", lambda p: self._hold_late(p, first, p.end or last))

    def _untouched(self) -> list[Period]:
        periods = [p for p in self.alone if id(p) not in self.touched and not p.entry_known_late]
        self.rng.shuffle(periods)
        return periods

    def _each(self, periods: list[Period], count: int, what: str, change: Change) -> None:
        for period in periods:
            if not count:
                return
            if change(period):
                self.touched.add(id(period))
                count -= 1
        if count:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: reviews.late: too few children for {what}"
            )

    def _hold_late(self, period: Period, first: date, last: date) -> bool:
        """Move a review due in a span to a day after its due date, still within the span."""
        for i in self.rng.sample(range(len(period.reviews)), len(period.reviews)):
            due = period.reviews[i].due
            day = working_day_from(due + timedelta(days=self.rng.choice((1, 2, 3, 5, 6, 8, 12, 17, 26))))
            if first <= due and day <= last and _leaves_room(period, i, day):
                self._move(period, i, day)
                return True
        return False

    def _make_overdue(self, period: Period, last: date) -> bool:
        """Let the review due in the last weeks before a day be held after it, or not at all so far."""
        for i, review in enumerate(period.reviews):
            if not timedelta(1) <= last - review.due <= timedelta(days=40):
                continue
            day = working_day_from(last + timedelta(days=self.rng.randint(1, 24)))
            is_last = i + 1 == len(period.reviews)
            if is_last and not period.end and self.rng.random() < 0.5:
                del period.reviews[i]
                return True
            if day <= (period.end or self.horizon) and _leaves_room(period, i, day):
                self._move(period, i, day)
                return True
        return False

    def _move(self, period: Period, i: int, day: date) -> None:
        period.reviews[i].held = day
        period.reviews[i].meeting = f"{_group(period)} {day}"
        self._renew_due_dates(period)

    def _renew_due_dates(self, period: Period) -> None:
        held: list[date] = []
        for review in period.reviews:
            review.due = due_date(period.start, held)
            held.append(review.held)

    # -- how many reviews a year has

    def bring_forward(self, year: int, wanted: int) -> None:
        """Add reviews called early (after a move, say) until the year has the wanted number."""
        first, last = year_bounds(year)
        held = sum(first <= r.held <= last for c in self.children for p in c.periods for r in p.reviews)
        if held > wanted:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: reviews.held {year}: {held} reviews fall due by themselves; "
                "lower reviews.days_early"
            )
        for period in self._untouched():
            if held == wanted:
                return
            held += self._add_between(period, first, last)
        if held < wanted:
            raise ConfigurationError(
                f"profile {self.profile.name!r}: reviews.held {year}: only {held} fit; raise days_early"
            )

    def _add_between(self, period: Period, first: date, last: date) -> bool:
        """One more review about half-way between two that are far enough apart, never among the first two."""
        for i in range(2, len(period.reviews)):
            before, after = period.reviews[i - 1], period.reviews[i]
            gap = (after.held - before.held).days
            day = working_day_up_to(before.held + timedelta(days=int(gap * self.rng.uniform(0.4, 0.6))))
            if gap >= 90 and first <= day <= last and after.held <= after.due:
                period.reviews.insert(i, Review(day, before.due, f"{_group(period)} {day}"))
                self._renew_due_dates(period)
                return True
        return False


def _leaves_room(period: Period, i: int, day: date) -> bool:
    """Whether the review after the i-th is far enough from a day to stay where it is."""
    return i + 1 == len(period.reviews) or period.reviews[i + 1].held - day >= timedelta(days=45)
