"""Persons as rows, with the records opened twice for one child and merged later; and the lookups of the site.

In: the council with its children. Out: rows of DIM_PERSON, DIM_LOOKUP_DFE_ETHNIC and DIM_DEPARTMENT.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from care_reviews.demo import names
from care_reviews.demo.characteristics import ETHNIC_CODES
from care_reviews.demo.council import Council
from care_reviews.demo.history import Row
from care_reviews.demo.people import Alias, Child
from care_reviews.demo.text import NO_DATE, at_midnight

LONG_AGO = datetime(2004, 4, 1, 9)


def give_aliases(council: Council, share: float = 0.012) -> None:
    """Second records for some children, opened by mistake at entry or during care, merged months later."""
    rng = council.rng("aliases")
    first, snapshot = council.profile.covers.first_day, council.profile.snapshot
    at_entry, in_care = {}, {}
    for child in council.children:
        entered = child.periods[0].start - timedelta(days=3)
        later = first + timedelta(days=rng.randint(0, (snapshot - first).days - 300))
        if child.uasc or child.restricted:
            continue
        if first <= entered < snapshot - timedelta(days=240) and child.periods[0].reviews:
            at_entry[child] = entered
        elif child.in_care(later):
            in_care[child] = later
    for pool in (at_entry, in_care):
        count = max(3, round(share * len(pool)))
        for number, child in enumerate(rng.sample(list(pool), count)):
            merged = at_midnight(pool[child]) + timedelta(days=rng.randint(60, 200), hours=11)
            person_id = council.history.new_id("dim_person")
            child.alias = Alias(person_id, pool[child], merged, other_birth=number % 3 == 0)


def write_people(council: Council) -> None:
    """The looked-after children, as persons."""
    for child in [*council.children, *council.short_break_children]:
        rng = council.rng("person", child.person_id)
        recorded = min(p.recorded for p in child.periods) - timedelta(hours=rng.randint(0, 200), minutes=5)
        late = council.profile.known_late
        if late and child.periods[0].entry_known_late:
            recorded = child.periods[0].recorded
        write_person(council, child, recorded)


def write_person(council: Council, child: Child, recorded: datetime, birth: datetime | None = None) -> None:
    """One person, corrected once for some, with the second record if any. `birth` replaces the true one."""
    rng = council.rng("person row", child.person_id)
    row = person_row(child.person_id, child.forename, child.surname, birth or at_midnight(child.born), rng)
    row |= {"gender_main_code": child.sex, "ethnicity_main_code": child.ethnicity}
    if child.uasc:
        row |= {
            "dob_estimated": "Y",
            "first_language_desc": rng.choice(("Arabic", "Kurdish", "Pashto", "Tigrinya")),
        }
    versions = [(recorded, row)]
    if rng.random() < 0.01 and not child.uasc:
        mistaken = row | {"birth_dttm": _mistyped(child.born, rng)}
        versions = [(recorded, mistaken), (recorded + timedelta(days=rng.randint(2, 20)), row)]
    council.put(child, "dim_person", *versions)
    if child.alias:
        _write_alias(council, child, child.alias, row, rng)


def person_row(person_id: int, forename: str, surname: str, birth: datetime | None, rng: Random) -> Row:
    """A row of DIM_PERSON with synthetic numbers."""
    return {
        "dim_person_id": person_id,
        "legacy_id": 500_000 + person_id,
        "forename": forename,
        "surname": surname + (" " if rng.random() < 0.02 else ""),
        "birth_dttm": birth,
        "dob_estimated": "N",
        "death_dttm": NO_DATE if rng.random() < 0.05 else None,
        "gender_main_code": "F",
        "ethnicity_main_code": "W1",
        "upn": names.upn(rng),
        "nhs_number": names.nhs_number(rng),
        "is_client": "Y",
        "first_language_desc": "English",
    }


def _mistyped(born: date, rng: Random) -> datetime:
    """Day and month exchanged where that makes a date, else some days off."""
    if born.day <= 12 and born.day != born.month:
        return datetime(born.year, born.day, born.month)
    return at_midnight(born - timedelta(days=rng.randint(1, 9)))


def _write_alias(council: Council, child: Child, alias: Alias, row: Row, rng: Random) -> None:
    """The second record: a person of its own until merged. Some have another birth date."""
    second = row | {"dim_person_id": alias.person_id, "legacy_id": 500_000 + alias.person_id}
    if alias.other_birth:
        second["birth_dttm"] = _mistyped(child.born, rng)
    merged = second | {"legacy_id": row["legacy_id"], "duplicated_dttm": alias.merged}
    opened = datetime.combine(alias.opened, datetime.min.time()) + timedelta(hours=9)
    council.put(child, "dim_person", (opened, second), (alias.merged, merged))


def write_lookups(council: Council) -> None:
    """Ethnicity codes, and the site's areas and teams."""
    for code, national in ETHNIC_CODES.items():
        council.history.add("dim_lookup_dfe_ethnic", LONG_AGO, {"main_code": code, "nat_id": national})
    site = council.site
    departments = [(area, site.area_type) for area in site.areas]
    departments += [(team.format(area=area), "Team") for team in site.teams for area in site.areas]
    for number, (name, kind) in enumerate(departments, 1):
        row = {"dim_department_id": number, "name": name, "dept_type_description": kind}
        council.history.add("dim_department", LONG_AGO, row)
