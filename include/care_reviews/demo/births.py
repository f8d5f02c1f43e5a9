"""When the children were born, in agreement with how their time in care ended.

In: children with their periods of care. Out: the same children with birth dates. A child who left at 18 has
the birthday on that day; an adopted child was young; siblings are nine months apart or twins; many
unaccompanied asylum-seeking children have 1 January.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from care_reviews.demo.days import add_months, birthday, years_between
from care_reviews.demo.people import Child
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.randomness import pick, stream

_ENTRY_AGES: dict[tuple[float, float], float] = {
    (0, 1): 0.16,
    (1, 5): 0.18,
    (5, 10): 0.19,
    (10, 16): 0.35,
    (16, 17.6): 0.12,
}
_UASC_ENTRY_AGES: dict[tuple[float, float], float] = {(13, 15): 0.06, (15, 16): 0.22, (16, 17.85): 0.72}
_OLDEST_AT_END = {"adopted": 6.5, "special_guardianship": 13.0}
_OLDEST_AT_ENTRY = {"adopted": 3.2, "special_guardianship": 10.0}


def give_births(children: Sequence[Child], profile: Profile, seed: int) -> None:
    """A birth date for every child."""
    families: dict[int, list[Child]] = {}
    # Those who turned 18 on the day they left have no choice of birthday: their siblings fit in around them.
    for child in sorted(children, key=lambda child: (child.periods[-1].reason != "adulthood", child.number)):
        siblings = families.setdefault(child.family, []) if child.family is not None else []
        rng = stream(seed, profile.name, "birth", child.number)
        child.born = _birth(child, [sibling.born for sibling in siblings], profile.covers.last_day, rng)
        siblings.append(child)


def _birth(child: Child, siblings: list[date], horizon: date, rng: Random) -> date:
    first, last = child.periods[0], child.periods[-1]
    if last.reason == "adulthood" and last.end:
        return add_months(last.end, -12 * 18)
    until = last.end or horizon
    for _ in range(80):
        age = _entry_age(child, rng)
        born = _off_leap_day(first.start - timedelta(days=int(age * 365.25)))
        if child.uasc and rng.random() < 0.5:
            born = born.replace(month=1, day=1)
        if _fits(child, born, until) and all(_apart(born, other) for other in siblings):
            return born
    # No draw suited everyone: take an age that at least keeps the child under 18.
    oldest = add_months(until, -12 * 18 + 3)
    span = min(500 if child.uasc else 3000, max(0, (first.start - oldest).days))
    return _off_leap_day(oldest + timedelta(days=rng.randint(0, span)))


def _entry_age(child: Child, rng: Random) -> float:
    oldest = _OLDEST_AT_ENTRY.get(child.periods[-1].reason or "", 18.0)
    low, high = pick(rng, _UASC_ENTRY_AGES if child.uasc else _ENTRY_AGES)
    return rng.uniform(low, high) if high <= oldest else rng.uniform(0, oldest)


def _fits(child: Child, born: date, until: date) -> bool:
    """Still under 18 a month after the last day, and no older at leaving than the reason allows."""
    reason = child.periods[-1].reason or ""
    return (
        born <= child.periods[0].start
        and birthday(born, 18) > until + timedelta(days=30)
        and years_between(born, until) <= _OLDEST_AT_END.get(reason, 18)
    )


def _apart(born: date, other: date) -> bool:
    days = abs((born - other).days)
    return days == 0 or 290 <= days <= 15 * 365


def _off_leap_day(day: date) -> date:
    return day - timedelta(days=1) if (day.month, day.day) == (2, 29) else day
