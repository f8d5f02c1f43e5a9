"""Which chair (reviewing officer) each child has, and since when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from .care import Period, Person, Span, person_of
from .deadlines import done_in_time, working_day_after
from .due_dates import add_months
from .readable import code, key
from .source_rows import Source

ALLOCATED_WITHIN = 5


class Officer(NamedTuple):
    span: Span
    involvement_id: int
    worker_id: int


class Allocation(NamedTuple):
    day: date
    worker_id: int


def officers(source: Source, known: dict[int, Person], role: str = "IRO") -> dict[Person, list[Officer]]:
    """The reviewing officers of each child, or who else has that role, whatever their job title."""
    found = defaultdict(list)
    for row in source.fact_involvements:
        person, worker, start = person_of(row, known), key(row.get("dim_worker_id")), row.get("start_dttm")
        is_officer = code(row.get("dim_lookup_involvement_type_code")) == role
        if person is not None and worker is not None and start is not None and is_officer:
            number = key(row.get("fact_involvements_id")) or -1
            found[person].append(Officer(Span(start, row.get("end_dttm")), number, worker))
    return found


def chair_on(of_child: list[Officer], day: date) -> int | None:
    """Of several the one who started last."""
    covering = [each for each in of_child if each.span.covers(day)]
    if not covering:
        return None
    return max(covering, key=lambda each: (each.span.start, each.involvement_id, each.worker_id)).worker_id


def allocations(period: Period, of_child: list[Officer]) -> list[Allocation]:
    """Each day of a period of care on which it may have got another chair, with the chair."""
    edges = {day for each in of_child for day in (each.span.start, each.span.end) if day is not None}
    found = []
    for day in sorted({period.start, *(edge for edge in edges if edge > period.start)}):
        chair = chair_on(of_child, day)
        if chair is not None and (period.end is None or day < period.end):
            found.append(Allocation(day, chair))
    return found


def changes(of_period: list[Allocation]) -> list[date]:
    return [later.day for earlier, later in pairwise(of_period) if earlier.worker_id != later.worker_id]


def allocated_in_time(period: Period, of_period: list[Allocation], as_known: date) -> bool | None:
    """A chair by the 5th working day; None while it has not passed, or where the child left before."""
    deadline = working_day_after(period.start, ALLOCATED_WITHIN)
    if not of_period and period.end is not None and period.end < deadline:
        return None
    return done_in_time(of_period[0].day if of_period else None, deadline, as_known)


def changed_in_year(changed: list[date], day: date) -> bool:
    """In the 12 months to a month end."""
    return any(add_months(day.replace(day=1), -11) <= each <= day for each in changed)
