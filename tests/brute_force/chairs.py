"""Independent chairs on a day, and the children with a protection plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from .care import Person, Span, person_of
from .readable import code, key, words
from .source_rows import Row, Source

ROLES = {"IRO", "CPCHAIR"}
JOB_TITLE = "independent chair"
NUMBER = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")


class Involvement(NamedTuple):
    span: Span
    worker_id: int
    role: str


class Service(NamedTuple):
    """Who chairs on a day: the roles of each chair, and the full-time equivalents of all in hundredths."""

    roles: dict[int, set[str]]
    fte_hundredths: int

    @property
    def dual(self) -> int:
        return sum(roles == ROLES for roles in self.roles.values())


def involvements(source: Source, known: dict[int, Person], workers: Iterable[Row]) -> list[Involvement]:
    """The involvements with somebody of those whom these rows of workers make a chair by their job title."""
    chairs = {key(row["dim_worker_id"]) for row in workers if words(row.get("job_title")) == JOB_TITLE}
    found = []
    for row in source.fact_involvements:
        worker, role = key(row.get("dim_worker_id")), code(row.get("dim_lookup_involvement_type_code"))
        start = row.get("start_dttm")
        if worker is not None and worker in chairs and role in ROLES and start and person_of(row, known):
            found.append(Involvement(Span(start, row.get("end_dttm")), worker, role))
    return found


def service_on(day: date, workers: Iterable[Row], of_chairs: Iterable[Involvement]) -> Service:
    roles = defaultdict(set)
    for each in of_chairs:
        if each.span.covers(day):
            roles[each.worker_id].add(each.role)
    fte = {key(row["dim_worker_id"]): hundredths(row.get("full_time_equivalency")) for row in workers}
    return Service(roles, sum(fte[worker] for worker in roles))


def hundredths(full_time_equivalency: Any) -> int:
    """Of a full-time equivalent; what is no number from 0 to 1 is not recorded and adds nothing."""
    text = words(full_time_equivalency)
    if not NUMBER.fullmatch(text) or Decimal(text) > 1:
        return 0
    return int((Decimal(text) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def protection_plans(source: Source, known: dict[int, Person]) -> list[tuple[Person, Span]]:
    """The child protection plans of somebody that have a start."""

    def span(row: Row) -> Span | None:
        start = row.get("start_dttm")
        return Span(start, row.get("end_dttm")) if start is not None else None

    pairs = [(person_of(row, known), span(row)) for row in source.fact_cp_plan]
    return [(person, plan) for person, plan in pairs if person is not None and plan is not None]
