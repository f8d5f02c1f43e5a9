"""People after merging, their periods of care, and when they were unaccompanied asylum-seeking children."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .flags import says
from .readable import code, key, words
from .source_rows import Row, Source

SHORT_BREAKS = {"V3", "V4"}

LEGAL_STATUS_OF_TEXT = {
    "interim care order sec. 38(1)": "C1",
    "care order sec. 31(a)": "C2",
    "placement order": "E1",
    "single placement acc. by la s20(1) ca under 16": "V2",
    "single placement acc. by la s20(3) ca 16 or over": "V2",
    "short breaks, individual placements": "V3",
    "short breaks under an agreement": "V4",
    "remand to la accommodation": "J1",
    "police protection": "L1",
    "emergency protection order": "L2",
    "child assessment order": "L3",
}


@dataclass(frozen=True)
class Person:
    person_id: int
    born: date | None

    def __hash__(self) -> int:
        return self.person_id


@dataclass(frozen=True)
class Span:
    """From a start to an end, which is not a day of it; no end is open."""

    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)

    def overlaps(self, other: Span) -> bool:
        return (other.end is None or self.start < other.end) and (self.end is None or self.end > other.start)


@dataclass(frozen=True)
class Period(Span):
    """A period of care of one child."""

    cla_id: int
    person: Person
    end_reason: str
    """Why it ended (REC); empty while it is open."""

    def has_review_on(self, day: date) -> bool:
        """Unlike a day in care, a review may lie on the very day of leaving."""
        return self.start <= day and (self.end is None or day <= self.end)


class LegalStatus(NamedTuple):
    span: Span
    code: str
    status_id: int


def people(source: Source) -> dict[int, Person]:
    """Who each DIM_PERSON_ID is after merging; test records and those merged into nothing are nobody."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in source.dim_person:
        if key(row["dim_person_id"]) is None:
            continue
        legacy = words(row.get("legacy_id"))
        alone = legacy in ("", "-1")
        groups[f"only {row['dim_person_id']}" if alone else f"legacy {legacy}"].append(row)

    found = {}
    for rows in groups.values():
        unmerged = [row for row in rows if row.get("duplicated_dttm") is None]
        if not unmerged:
            continue
        survivor = min(unmerged, key=lambda row: int(row["dim_person_id"]))
        if says(survivor.get("is_client")) is False:
            continue
        person = Person(int(survivor["dim_person_id"]), survivor.get("birth_dttm"))
        for row in rows:
            found[int(row["dim_person_id"])] = person
    return found


def person_of(row: Row, known: dict[int, Person]) -> Person | None:
    """Whose fact this is, or None: nobody's."""
    pointer = key(row.get("dim_person_id"))
    return None if pointer is None else known.get(pointer)


def form_owners(source: Source, known: dict[int, Person]) -> dict[int | None, Person | None]:
    """Whose each form is; of a form that is recorded for several persons the lowest key's."""
    rows = sorted(
        source.fact_forms, key=lambda row: (row.get("dim_person_id") is None, row.get("dim_person_id") or 0)
    )
    return {key(row["fact_form_id"]): person_of(row, known) for row in reversed(rows)}


def periods_of_care(source: Source, known: dict[int, Person]) -> list[Period]:
    """Every period of care of somebody, without the series of short breaks."""
    statuses = legal_statuses(source, known)
    own_row = {key(row["fact_cla_id"]): row for row in source.fact_cla}
    episodes: dict[int, list[Row]] = defaultdict(list)
    for row in source.fact_care_episodes:
        cla_id = key(row.get("fact_cla_id"))
        if cla_id is not None and row.get("care_start_date") is not None:
            episodes[cla_id].append(row)

    found = []
    for cla_id, rows in episodes.items():
        rows.sort(key=episode_order)
        first, last = rows[0], rows[-1]
        own = own_row.get(cla_id, first)
        person = person_of(own if key(own.get("dim_person_id")) is not None else first, known)
        if person is None:
            continue
        reason = code(last.get("care_reason_end_code"))
        end = last.get("care_end_date") if reason not in ("", "X1") else None
        period = Period(first["care_start_date"], end, cla_id, person, reason if end else "")
        if not is_short_breaks(period, statuses[person]):
            found.append(period)
    return found


def episode_order(row: Row) -> tuple[date, date, int, int, str, str, int]:
    """By start; of those that start together the open one is the later, then the one that ends later."""
    return (
        row["care_start_date"],
        row.get("care_end_date") or date.max,
        int(row["fact_care_episodes_id"]),
        key(row.get("dim_person_id")) or -1,
        code(row.get("care_reason_end_code")),
        code(row.get("care_reason_code")),
        key(row.get("fact_cla_placement_id")) or -1,
    )


def legal_statuses(source: Source, known: dict[int, Person]) -> dict[Person, list[LegalStatus]]:
    """The legal statuses of each person that have a start and do not end before it."""
    found: dict[Person, list[LegalStatus]] = defaultdict(list)
    for row in source.fact_legal_status:
        person, start, end = person_of(row, known), row.get("start_dttm"), row.get("end_dttm")
        if person is None or start is None or (end is not None and end < start):
            continue
        status = code(row.get("dim_lookup_lgl_status_code"))
        if not status:
            status = LEGAL_STATUS_OF_TEXT.get(words(row.get("dim_lookup_lgl_status_desc")), "unknown")
        found[person].append(
            LegalStatus(Span(start, end), status, key(row.get("fact_legal_status_id")) or -1)
        )
    return found


def is_short_breaks(period: Period, statuses: list[LegalStatus]) -> bool:
    """At least one legal status overlaps the period, and every one that does is V3 or V4."""
    overlapping = [status.code for status in statuses if status.span.overlaps(period)]
    return bool(overlapping) and all(status in SHORT_BREAKS for status in overlapping)


def asylum_spans(source: Source, known: dict[int, Person]) -> dict[Person, list[Span]]:
    """When each person had the immigration status UASC."""
    found: dict[Person, list[Span]] = defaultdict(list)
    for row in source.fact_immigration_status:
        person = person_of(row, known)
        start = row.get("start_dttm")
        if (
            person is not None
            and start is not None
            and code(row.get("dim_lookup_immgr_status_code")) == "UASC"
        ):
            found[person].append(Span(start, row.get("end_dttm")))
    return found
