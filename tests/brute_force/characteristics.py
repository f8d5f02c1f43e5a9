"""Who a child is on a day: the category of each breakdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from .care import Period, Person, Span, asylum_spans, legal_statuses, person_of
from .due_dates import add_months
from .readable import code, key, words
from .source_rows import Row, Source

NOT_KNOWN = "Not known"
QUADRANTS = ("North East", "North West", "South East", "South West")
TEAMS = ("", " Assessment Team", " Safeguarding Team", " Looked After Children Team")
SEXES = {"M": "Male", "F": "Female", "I": "Indeterminate"}
AGE_BANDS = (("Under 1", 1), ("1 to 4", 5), ("5 to 9", 10), ("10 to 15", 16))
ETHNICITIES = {
    "White": "WBRI WIRI WOTH WIRT WROM",
    "Mixed": "MWBC MWBA MWAS MOTH",
    "Asian": "AIND APKN ABAN AOTH CHNE",
    "Black": "BCRB BAFR BOTH",
    "Other": "OOTH",
    NOT_KNOWN: "REFU NOBT",
}
LEGAL_STATUSES = {
    "Care order": "C1 C2",
    "Placement order": "D1 E1",
    "Voluntary": "V2 V3 V4",
    "Detained for protection": "L1 L2 L3",
    "Youth justice": "J1 J2 J3",
}
PLACEMENTS = {
    "Fostering with relatives or friends": "U1 U2 U3",
    "Fostering": "U4 U5 U6",
    "Placed for adoption": "A3 A4 A5 A6",
    "Placed with parents": "P1",
    "Living independently": "P2 P3 H5",
    "Residential": "K1 K2 R1 R2 R3 R5 S1",
    "Temporary": "T0 T1 T2 T3 T4",
    "Other": "Z1",
}

CHILD_CATEGORIES = {
    "quadrant": [*QUADRANTS, NOT_KNOWN],
    "sex": [*SEXES.values(), NOT_KNOWN],
    "age_band": [*(name for name, _ in AGE_BANDS), "16 and over", NOT_KNOWN],
    "ethnicity": [*ETHNICITIES],
    "uasc": ["UASC", "Not UASC"],
    "legal_status_group": [*LEGAL_STATUSES, NOT_KNOWN],
    "placement_group": [*PLACEMENTS, NOT_KNOWN],
}


def groups(codes: dict[str, str]) -> dict[str, str]:
    """Each code with its group."""
    return {each: group for group, of_group in codes.items() for each in of_group.split()}


ETHNICITY_OF, LEGAL_STATUS_OF, PLACEMENT_OF = groups(ETHNICITIES), groups(LEGAL_STATUSES), groups(PLACEMENTS)
QUADRANT_OF = {f"{name}{team}".casefold(): name for name in QUADRANTS for team in TEAMS}


@dataclass(frozen=True)
class Stay:
    """A span with what it says; of those that overlap the greatest rank counts."""

    span: Span
    rank: tuple[Any, ...]
    category: str


def category_on(stays: Iterable[Stay], day: date) -> str:
    covering = [stay for stay in stays if stay.span.covers(day)]
    return max(covering, key=lambda stay: stay.rank).category if covering else NOT_KNOWN


class Characteristics:
    """The categories of people on days, from the rows of the source."""

    def __init__(self, source: Source, known: dict[int, Person], periods: list[Period]) -> None:
        self.source, self.known = source, known
        self.rows = {key(row["dim_person_id"]): row for row in source.dim_person}
        self.periods = defaultdict(list)
        for period in periods:
            self.periods[period.person].append(period)
        self.asylum = asylum_spans(source, known)
        self.found: dict[tuple[Person, date], dict[str, str]] = {}

    def of(self, person: Person, day: date) -> dict[str, str]:
        if (person, day) not in self.found:
            self.found[person, day] = self.worked_out(person, day)
        return self.found[person, day]

    def was_asylum_seeking(self, person: Person, first: date, last: date) -> bool:
        """On any of these days."""
        days = range((last - first).days + 1)
        return any(
            span.covers(first + timedelta(days=number)) for span in self.asylum[person] for number in days
        )

    def worked_out(self, person: Person, day: date) -> dict[str, str]:
        row, status_day = self.rows[person.person_id], self.status_day(person, day)
        is_asylum_seeking = any(span.covers(status_day) for span in self.asylum[person])
        sex, band = SEXES.get(code(row.get("gender_main_code")), NOT_KNOWN), age_band(person.born, day)
        return {
            "quadrant": category_on(self.quadrants[person], status_day),
            "sex": sex,
            "age_band": band,
            "age_band_by_sex": both(band, sex),
            "ethnicity": self.ethnicities.get(code(row.get("ethnicity_main_code")), NOT_KNOWN),
            "uasc": "UASC" if is_asylum_seeking else "Not UASC",
            "legal_status_group": category_on(self.statuses[person], status_day),
            "placement_group": category_on(self.placements[person], status_day),
        }

    def status_day(self, person: Person, day: date) -> date:
        """The day before on the day of leaving, else the day itself."""
        around = [
            each
            for each in self.periods[person]
            if each.start <= day and (each.end is None or (each.start < each.end and day <= each.end))
        ]
        leaves = bool(around) and all(each.end == day for each in around)
        return day - timedelta(days=1) if leaves else day

    @cached_property
    def ethnicities(self) -> dict[str, str]:
        """Each local code with its group; of several national codes the first of those that are known."""
        national = defaultdict(list)
        for row in self.source.dim_lookup_dfe_ethnic:
            if code(row.get("nat_id")) in ETHNICITY_OF:
                national[code(row.get("main_code"))].append(code(row.get("nat_id")))
        return {local: ETHNICITY_OF[min(codes)] for local, codes in national.items() if local}

    @cached_property
    def statuses(self) -> dict[Person, list[Stay]]:
        found = defaultdict(list)
        for person, of_person in legal_statuses(self.source, self.known).items():
            for status in of_person:
                group = LEGAL_STATUS_OF.get(status.code, NOT_KNOWN)
                known_code = "" if group == NOT_KNOWN else status.code
                rank = (status.span.start, status.status_id, known_code)
                found[person].append(Stay(status.span, rank, group))
        return found

    @cached_property
    def placements(self) -> dict[Person, list[Stay]]:
        found = defaultdict(list)
        for row, person, span in self.dated(self.source.fact_cla_placement):
            kind = PLACEMENT_OF.get(code(row.get("dim_lookup_placement_type_code")), NOT_KNOWN)
            number = key(row.get("fact_cla_placement_id")) or -1
            rank = (span.start, number, "" if kind == NOT_KNOWN else kind)
            found[person].append(Stay(span, rank, kind))
        return found

    @cached_property
    def quadrants(self) -> dict[Person, list[Stay]]:
        """Where the teams of case workers and reviewing officers work; the case worker's goes before."""
        teams = {key(row["dim_department_id"]): words(row.get("name")) for row in self.source.dim_department}
        found = defaultdict(list)
        for row, person, span in self.dated(self.source.fact_involvements):
            role = code(row.get("dim_lookup_involvement_type_code"))
            department = key(row.get("dim_department_id"))
            quadrant = QUADRANT_OF.get(teams.get(department, "")) if department else None
            if role in ("CW", "IRO") and quadrant:
                number = key(row.get("fact_involvements_id")) or -1
                rank = (role == "CW", span.start, number, quadrant)
                found[person].append(Stay(span, rank, quadrant))
        return found

    def dated(self, rows: list[Row]) -> Iterable[tuple[Row, Person, Span]]:
        """The rows of somebody that have a start."""
        for row in rows:
            person = person_of(row, self.known)
            if person is not None and row.get("start_dttm") is not None:
                yield row, person, Span(row["start_dttm"], row.get("end_dttm"))


def age_band(born: date | None, day: date) -> str:
    if born is None or day < born:
        return NOT_KNOWN
    for name, until in AGE_BANDS:
        if day < add_months(born, until * 12):
            return name
    return "16 and over"


def both(band: str, sex: str) -> str:
    age = "Age not known" if band == NOT_KNOWN else band
    return f"{age}, {'sex not known' if sex == NOT_KNOWN else sex.lower()}"
