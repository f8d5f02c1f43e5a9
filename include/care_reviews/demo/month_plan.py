"""How many enter and leave care each month, so that every month ends at its stated count.

In: a profile and its random numbers. Out: one `MonthPlan` per covered month. Leavers follow the yearly
numbers of the profile; entrants are what the month ends then need.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from care_reviews.demo.days import financial_year, month_start
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.randomness import spread
from care_reviews.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """The movements of one month. `asylum_ends` are UASC statuses that end while the child stays in care."""

    month: date
    entrants: int
    leavers: int
    uasc_entrants: int
    uasc_leavers: int
    asylum_ends: int


def plan_months(profile: Profile, rng: Random) -> list[MonthPlan]:
    """The movements of every covered month, in order."""
    ends = profile.month_ends()
    changes = [(b[0], b[1] - a[1], b[2] - a[2]) for a, b in pairwise(ends)]
    asylum_ends = _asylum_ends(profile, [month for month, _, _ in changes], rng)
    uasc = {
        month: _uasc_moves(profile, month, change, asylum_ends[month], rng) for month, _, change in changes
    }
    # A month's leavers include the UASC who leave, and let in at least as many entrants as UASC enter.
    needed = {
        month: max(uasc[month][1], uasc[month][0] - change) + _few(profile, month)
        for month, change, _ in changes
    }
    leavers = _leavers(profile, needed, rng)
    return [
        MonthPlan(month, change + leavers[month], leavers[month], *uasc[month], asylum_ends[month])
        for month, change, _ in changes
    ]


def _few(profile: Profile, month: date) -> int:
    """The fewest other children who move in a month."""
    few = max(1, round(profile.leaving.children[financial_year(profile.snapshot)] / 60))
    late = profile.known_late
    return few + max(late.entries, late.leavers) if late and month == month_start(late.night) else few


def _asylum_ends(profile: Profile, covered: list[date], rng: Random) -> dict[date, int]:
    per_year = profile.uasc.status_ends_per_year
    ends = dict(
        zip(
            covered, spread(round(per_year * len(covered) / 12), [rng.random() for _ in covered]), strict=True
        )
    )
    if profile.known_late:
        ends[month_start(profile.known_late.night)] = profile.known_late.uasc_status_ends
    return ends


def _uasc_moves(profile: Profile, month: date, change: int, asylum_ends: int, rng: Random) -> tuple[int, int]:
    """UASC who enter and leave in a month. Many birth dates are set to 1 January: more turn 18 then."""
    usual = profile.uasc.leaving_per_month * (1.8 if month.month == 1 else 1)
    leavers = max(int(usual * rng.uniform(0.6, 1.4) + 0.5), -change - asylum_ends)
    if profile.known_late and month == month_start(profile.known_late.night):
        leavers = max(leavers, profile.known_late.uasc_leavers)
    return change + leavers + asylum_ends, leavers


def _leavers(profile: Profile, needed: dict[date, int], rng: Random) -> dict[date, int]:
    leavers: dict[date, int] = {}
    for year in sorted({financial_year(month) for month in needed}):
        covered = [month for month in needed if financial_year(month) == year]
        asked = profile.leaving.children[year] * len(covered) / 12
        total = round(asked) + (profile.leaving.twice if len(covered) == 12 else 0)
        parts = spread(total, [rng.uniform(0.8, 1.2) for _ in covered])
        if sum(needed[month] for month in covered) > total:
            raise ConfigurationError(
                f"profile {profile.name!r}: leaving.children {year} is too small for the month ends"
            )
        _lift(parts, [needed[month] for month in covered])
        leavers.update(zip(covered, parts, strict=True))
    return leavers


def _lift(parts: list[int], needed: list[int]) -> None:
    """Move leavers from the months with most to spare to those below what they need."""
    for i, need in enumerate(needed):
        while parts[i] < need:
            richest = max(range(len(parts)), key=lambda j: parts[j] - needed[j])
            parts[richest] -= 1
            parts[i] += 1
