"""The dated facts that measures count, each with the category that it belongs to in a breakdown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any

from .after_review import Followed, followed_reviews
from .alerts import Alert, alerts, repeats
from .allocations import allocated_in_time, allocations, changes, officers
from .audits import Audit, audits
from .breakdowns import CHILD, END_REASONS
from .care import Period, Person, people, periods_of_care
from .characteristics import Characteristics, groups
from .due_dates import DueDate, due_dates
from .placements import Stays, stays_of
from .reviews import HeldReview, held_reviews
from .source_rows import Source
from .spans import Between
from .updates import Interval, intervals

END_REASON_OF = groups(END_REASONS)


@dataclass
class Facts:
    """Each list has the facts of one kind and date."""

    started: list[Period] = field(default_factory=list)
    ceased: list[Period] = field(default_factory=list)
    held: list[Followed] = field(default_factory=list)
    completed: list[Followed] = field(default_factory=list)
    due: list[tuple[Person, DueDate]] = field(default_factory=list)
    raised: list[Alert] = field(default_factory=list)
    resolved: list[Alert] = field(default_factory=list)
    repeated: list[tuple[Person, date]] = field(default_factory=list)
    audited: list[Audit] = field(default_factory=list)
    between: list[Interval] = field(default_factory=list)
    allocated: list[tuple[Period, bool | None]] = field(default_factory=list)

    def within(self, span: Between) -> Facts:
        """Those dated in a span; there are many spans, so each list is brought into order once."""
        found = {}
        for kind, (days, in_order) in self.by_day.items():
            found[kind] = in_order[bisect_left(days, span.start) : bisect_right(days, span.end)]
        return Facts(**found)

    @cached_property
    def by_day(self) -> dict[str, tuple[list[date], list[Any]]]:
        """Of each list the facts that have a date, in the order of their days, and those days."""
        found = {}
        for kind, about in ABOUT.items():
            dated = [(day, fact) for fact in getattr(self, kind) if (day := about(fact)[1]) is not None]
            dated.sort(key=lambda each: each[0])
            found[kind] = ([day for day, _ in dated], [fact for _, fact in dated])
        return found


# Whom and which day a fact of each list is about.
ABOUT: Mapping[str, Callable[[Any], tuple[Person, date | None]]] = {
    "started": lambda period: (period.person, period.start),
    "ceased": lambda period: (period.person, period.end),
    "held": lambda each: (each.review.person, each.review.held_on),
    "completed": lambda each: (each.review.person, each.completed),
    "due": lambda fact: (fact[0], fact[1].due),
    "raised": lambda alert: (alert.person, alert.raised),
    "resolved": lambda alert: (alert.person, alert.resolved),
    "repeated": lambda fact: fact,
    "audited": lambda audit: (audit.person, audit.day),
    "allocated": lambda fact: (fact[0].person, fact[0].start),
    "between": lambda interval: (interval.person, interval.later),
}


@dataclass
class Council:
    """All that is counted of one source on one night."""

    periods: list[Period]
    dues: dict[Person, list[DueDate]]
    facts: Facts
    characteristics: Characteristics
    stays: Stays
    chair_changes: dict[Person, list[date]]
    population: Mapping[date, int]


def council(rows: Source, as_known: date, population: Mapping[date, int]) -> Council:
    """From rows that can all be read."""
    known = people(rows)
    periods = periods_of_care(rows, known)
    reviews = held_reviews(rows, known, periods, as_known)
    followed = followed_reviews(rows, known, reviews, as_known)
    dues = due_dates_that_count(periods, reviews)
    of_council = alerts(rows, known)
    chairs_of = officers(rows, known)
    chairs = [(period, allocations(period, chairs_of[period.person])) for period in periods]
    chair_changes = defaultdict(list)
    for period, of_period in chairs:
        chair_changes[period.person].extend(changes(of_period))
    facts = Facts(
        started=periods,
        ceased=periods,
        held=followed,
        completed=followed,
        due=[(person, each) for person, of_child in dues.items() for each in of_child],
        raised=of_council,
        resolved=of_council,
        repeated=repeats(of_council),
        audited=audits(rows, known, periods),
        between=intervals(rows, known, reviews),
        allocated=[(period, allocated_in_time(period, each, as_known)) for period, each in chairs],
    )
    known_as = Characteristics(rows, known, periods)
    return Council(periods, dues, facts, known_as, stays_of(rows, periods), chair_changes, population)


def due_dates_that_count(periods: list[Period], reviews: list[HeldReview]) -> dict[Person, list[DueDate]]:
    """The due dates of all the periods of each child, but for those after the child left."""
    held: dict[int, list[date]] = defaultdict(list)
    for review in reviews:
        held[review.period.cla_id].append(review.held_on)

    found: dict[Person, list[DueDate]] = defaultdict(list)
    for period in periods:
        for each in due_dates(period.start, held[period.cla_id]):
            if period.end is None or each.due <= period.end:
                found[period.person].append(each)
    return found


def by_category(of_council: Council, breakdown: str) -> dict[str, Facts]:
    """The facts of each category; a fact that the breakdown does not apply to is in none."""
    found: dict[str, Facts] = defaultdict(Facts)
    for each in fields(Facts):
        for fact in getattr(of_council.facts, each.name):
            category = category_of(of_council, breakdown, each.name, fact)
            if category is not None:
                getattr(found[category], each.name).append(fact)
    return found


def category_of(of_council: Council, breakdown: str, kind: str, fact: Any) -> str | None:
    person, day = ABOUT[kind](fact)
    if day is None:
        return None
    if breakdown in CHILD:
        return of_council.characteristics.of(person, day)[breakdown]
    if breakdown == "review_sequence" and kind in ("held", "completed", "due"):
        return sequence(fact[1].seq if kind == "due" else fact.sequence)
    if breakdown == "end_reason" and kind == "ceased":
        return END_REASON_OF.get(fact.end_reason, "Not known")
    if breakdown == "participation_code" and kind == "held":
        return fact.review.participation or "Not recorded"
    if breakdown in ("alert_type", "alert_stage", "alert_agency") and kind == "raised":
        return str(getattr(fact, breakdown.removeprefix("alert_")))
    return None


def sequence(number: int) -> str:
    return {1: "First", 2: "Second"}.get(number, "Third or later")
