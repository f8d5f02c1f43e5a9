"""How settled children are: with whom they stay, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .care import Period, Person, Span, episode_order
from .due_dates import add_months
from .readable import code, key
from .source_rows import Row, Source

TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
ADOPTIVE = {"A3", "A4", "A5", "A6"}
SAME_CARERS = {"L", "T", "U"}
MANY, LONG_TERM_MONTHS, SETTLED_MONTHS, UNDER_YEARS = 3, 30, 24, 16


@dataclass(frozen=True)
class Stay:
    """With the same carers. `settled_since`: of a child placed for adoption, since the stay before."""

    period: Period
    span: Span
    settled_since: date

    def has_a_day_in(self, first: date, last: date) -> bool:
        start, end = self.span.start, self.span.end
        return start <= last and (end is None or (start < end and end > first))


Stays = dict[Person, list[Stay]]


def stays_of(source: Source, periods: list[Period]) -> Stays:
    """Every stay of each child, the temporary placements being none."""
    type_of = {
        key(row["fact_cla_placement_id"]): code(row.get("dim_lookup_placement_type_code"))
        for row in source.fact_cla_placement
    }
    type_of.pop(None, None)
    episodes: dict[int | None, list[Row]] = defaultdict(list)
    for row in source.fact_care_episodes:
        placement = key(row.get("fact_cla_placement_id"))
        if row.get("care_start_date") is not None and type_of.get(placement, "") not in TEMPORARY:
            episodes[key(row.get("fact_cla_id"))].append(row)

    found: Stays = defaultdict(list)
    for period in periods:
        begun = beginnings(sorted(episodes[period.cla_id], key=episode_order))
        starts = [row["care_start_date"] for row in begun]
        for number, row in enumerate(begun):
            end = starts[number + 1] if number + 1 < len(starts) else period.end
            is_adoptive = type_of.get(key(row.get("fact_cla_placement_id")), "") in ADOPTIVE
            since = starts[number - 1] if is_adoptive and number else starts[number]
            found[period.person].append(Stay(period, Span(starts[number], end), since))
    return found


def beginnings(episodes: Iterable[Row]) -> list[Row]:
    """The episodes with which a child came to other carers."""
    found = []
    before: Row | None = None
    for row in episodes:
        placement = key(row.get("fact_cla_placement_id"))
        same_placement = (
            before is not None
            and placement is not None
            and placement == key(before.get("fact_cla_placement_id"))
        )
        same_carers = code(row.get("care_reason_code")) in SAME_CARERS
        if before is None or not (same_placement or same_carers):
            found.append(row)
        before = row
    return found


def has_moved_often(stays: list[Stay], day: date) -> bool:
    """Three or more placements in the 12 months to a month end."""
    first = add_months(day.replace(day=1), -11)
    return sum(stay.has_a_day_in(first, day) for stay in stays) >= MANY


def is_long_term(person: Person, period: Period, day: date) -> bool:
    return (
        period.covers(day)
        and add_months(period.start, LONG_TERM_MONTHS) <= day
        and person.born is not None
        and day < add_months(person.born, UNDER_YEARS * 12)
    )


def settled(person: Person, periods: list[Period], stays: list[Stay], day: date) -> bool | None:
    """Whether a child long looked after has been in one placement for 2 years; None for other children."""
    long_term = [period for period in periods if is_long_term(person, period, day)]
    if not long_term:
        return None
    return any(
        stay.period in long_term
        and stay.span.covers(day)
        and add_months(stay.settled_since, SETTLED_MONTHS) <= day
        for stay in stays
    )
