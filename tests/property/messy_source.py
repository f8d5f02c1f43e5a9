"""A source in which everything that can be odd is odd, drawn from a seed, and its rows as they would land.

Every draw stays within a few dates and codes, so that boundaries, ties and collisions are common.
"""

from __future__ import annotations

import random

from care_reviews.source.canonical import flag
from tests.brute_force.flags import FLAGS
from tests.property.messy import Messy, Row
from tests.property.messy_children import a_child, workers

# Of these tables rows come twice, or share their key.
KEYS = {
    "dim_person": "dim_person_id",
    "dim_worker": "dim_worker_id",
    "fact_involvements": "fact_involvements_id",
    "fact_cla": "fact_cla_id",
    "fact_care_episodes": "fact_care_episodes_id",
    "fact_legal_status": "fact_legal_status_id",
    "fact_immigration_status": "fact_immigration_status_id",
    "fact_cp_plan": "fact_cp_plan_id",
    "fact_cla_review": "fact_cla_review_id",
    "fact_meetings": "fact_meeting_id",
    "fact_forms": "fact_form_id",
}
NATIONAL_ETHNICITIES = (("A1", "WBRI"), ("b2 ", " bafr"), ("C3", "NOBT"), ("D4", "no such"), (None, "AIND"))
DEPARTMENTS = (
    "North East",
    " south  WEST looked after children team",
    "North West Assessment Team",
    "Elsewhere",
    None,
)


def messy(seed: int, children: int) -> dict[str, list[Row]]:
    """The tables of a source with so many children."""
    source = Messy(random.Random(seed))
    workers(source)
    for local, national in NATIONAL_ETHNICITIES:
        source.add("dim_lookup_dfe_ethnic", main_code=local, nat_id=national)
    for number, name in enumerate(DEPARTMENTS, start=1):
        source.add("dim_department", dim_department_id=number, name=name)
    for _ in range(children):
        a_child(source)
    for name in KEYS:
        lose_keys(source, name)
        repeat_rows(source, name)
    for rows in source.tables.values():
        source.chance.shuffle(rows)
    return dict(source.tables)


def lose_keys(source: Messy, name: str) -> None:
    """The row for 'no such row' with another's content, and reviews and episodes without a key."""
    rows = source.tables[name]
    rows.append(source.chance.choice(rows) | {KEYS[name]: -1})
    if name in ("fact_cla_review", "fact_care_episodes"):
        for row in source.chance.sample(rows, len(rows) // 10):
            row[KEYS[name]] = -1


def repeat_rows(source: Messy, name: str) -> None:
    """Copies of some rows, and others under the same key, of which one or two values are another row's."""
    chance, rows = source.chance, source.tables[name]
    for row in chance.sample(rows, len(rows) // 8):
        copy = dict(row)
        if chance.random() < 0.7:
            others = [column for column in row if column != KEYS[name]]
            for column in chance.choices(others, k=chance.choice((1, 1, 2))):
                copy[column] = chance.choice(rows)[column]
        rows.extend(dict(copy) for _ in range(chance.choice((1, 1, 2))))


def landed(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows as they land: identifiers as text, forms known by the moment of their first answer."""
    began: dict[int, str] = {}
    for row in tables["fact_form_answers"]:
        form = row["fact_form_id"]
        began[form] = min(began.get(form, row["answered_dttm"]), row["answered_dttm"])
    subjects = sorted(
        tables["fact_meeting_subjects"],
        key=lambda row: (row["fact_meetings_id"] or 0, row["dim_person_id"] or 0),
        reverse=True,
    )
    owners: dict[int | None, Row] = {
        row["fact_form_id"]: {"dim_person_id": row["dim_person_id"]}
        for row in sorted(
            tables["fact_forms"],
            key=lambda row: (row["dim_person_id"] is None, row["dim_person_id"] or 0),
            reverse=True,
        )
    }
    owners |= {
        row["fact_outcm_form_id"]: {name: row[name] for name in ("fact_meetings_id", "dim_person_id")}
        for row in subjects
    }

    def shaped(name: str, row: Row) -> Row:
        if name == "fact_forms":
            return row | {"form_key": began.get(row["fact_form_id"])}
        if name == "fact_meeting_subjects":
            return row | {"form_key": began.get(row["fact_outcm_form_id"])}
        if name == "fact_form_answers":
            form = row["fact_form_id"]
            if form in (None, -1):
                return row
            return row | owners.get(form, {}) | {"form_key": began[form]}
        return row

    return {
        name: [
            {
                column: flag(value) if column in FLAGS else None if value is None else str(value)
                for column, value in shaped(name, row).items()
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }
