"""A small source for tests: its tables on any engine, filled row by row; and what landing holds of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, MetaData, Table, insert, text
from sqlalchemy.schema import CreateSchema

from care_reviews.demo.tables import metadata
from care_reviews.landing import ManifestRow, land
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.source.catalog import table as catalogue_entry
from care_reviews.source.extract import extract

AUTHORITY = "E10000030"
SCHEMA = "child_social"
DAY = dt.datetime(2019, 5, 1)

# One row of each table that can be read; a test names what is to differ.
ROWS: dict[str, dict[str, Any]] = {
    "dim_person": {
        "dim_person_id": 11,
        "legacy_id": "4011",
        "birth_dttm": dt.datetime(2010, 6, 1),
        "is_client": "Y",
    },
    "dim_lookup_dfe_ethnic": {"main_code": "A1", "nat_id": "WBRI"},
    "dim_worker": {"dim_worker_id": 21, "staff_id": "S1", "job_title": "Independent Chair"},
    "dim_department": {"dim_department_id": 31, "name": "North East", "dept_type_description": "Quadrant"},
    "fact_involvements": {"fact_involvements_id": 41, "dim_person_id": 11, "start_dttm": DAY},
    "fact_referrals": {"fact_referral_id": 51, "dim_person_id": 11, "refrl_start_dttm": DAY},
    "fact_cla": {"fact_cla_id": 61, "dim_person_id": 11, "fact_referral_id": 51, "start_dttm": DAY},
    "fact_care_episodes": {"fact_care_episodes_id": 71, "fact_cla_id": 61, "care_start_date": DAY},
    "fact_legal_status": {"fact_legal_status_id": 81, "dim_person_id": 11, "start_dttm": DAY},
    "fact_cla_placement": {"fact_cla_placement_id": 91, "fact_cla_id": 61, "start_dttm": DAY},
    "fact_immigration_status": {"fact_immigration_status_id": 101, "dim_person_id": 11, "start_dttm": DAY},
    "fact_cp_plan": {"fact_cp_plan_id": 111, "dim_person_id": 11, "start_dttm": DAY},
    "fact_care_plans": {"fact_care_plan_id": 121, "dim_person_id": 11, "start_dttm": DAY},
    "fact_cla_review": {
        "fact_cla_review_id": 131,
        "fact_cla_id": 61,
        "fact_meeting_id": 141,
        "due_dttm": DAY,
    },
    "fact_meetings": {"fact_meeting_id": 141, "dim_lookup_mtg_type_id_code": "CLAR", "actual_dttm": DAY},
    "fact_meeting_subjects": {"fact_meetings_id": 141, "dim_person_id": 11, "fact_outcm_form_id": 151},
    "fact_forms": {"fact_form_id": 151, "dim_person_id": 11, "dim_lookup_form_type_id_code": "OUT"},
    "fact_form_answers": {
        "fact_form_answer_id": 161,
        "fact_form_id": 151,
        "dim_assessment_template_id_desc": "CLA Review Outcomes",
        "answer_no": "ICSParticipationCode",
        "answer": "PN1",
        "answered_dttm": DAY,
    },
    "fact_casenotes": {"fact_casenote_id": 171, "dim_person_id": 11, "event_dttm": DAY},
}


class Lcs:
    """The source's tables in `engine`, in `schema` (none on an engine that has no schemas)."""

    def __init__(self, engine: Engine, schema: str | None = SCHEMA, tables: MetaData = metadata) -> None:
        self.engine = engine
        self.schema = schema
        self._placed = MetaData(schema=schema)
        for table in tables.tables.values():
            table.to_metadata(self._placed, schema=schema)  # type: ignore[arg-type]  # none is allowed
        with engine.begin() as connection:
            if schema:
                connection.execute(CreateSchema(schema, if_not_exists=True))
            self._placed.create_all(connection)

    @property
    def settings(self) -> Settings:
        return Settings(source_schema=self.schema or "")

    def table(self, name: str) -> Table:
        return self._placed.tables[f"{self.schema}.{name}" if self.schema else name]

    def add(self, name: str, **columns: Any) -> None:
        """One more row: the usual one, but for `columns`."""
        with self.engine.begin() as connection:
            connection.execute(insert(self.table(name)), [ROWS[name] | columns])

    def add_all(self) -> None:
        """The usual row in every table."""
        for name in ROWS:
            self.add(name)

    def run(self, statement: str, **values: Any) -> None:
        """Any statement, with `{s}` for the schema and its dot."""
        with self.engine.begin() as connection:
            connection.execute(text(statement.format(s=f"{self.schema}." if self.schema else "")), values)


def a_night(day: int = 31, run: str = "run", authority: str = AUTHORITY, month: int = 3) -> Night:
    return Night(authority, dt.date(2020, month, day), f"{run} {month}-{day}")


def run_night(source: Lcs, warehouse: Engine, night: Night | None = None) -> dict[str, ManifestRow]:
    """Extract and land; the manifest by table."""
    night = night or a_night()
    extract(night, source.engine, warehouse, source.settings)
    return {row.table_name: row for row in land(night, warehouse, source.settings)}


def landed(
    warehouse: Engine, name: str, at: int | None = None, authority: str = AUTHORITY
) -> list[dict[str, Any]]:
    """The content of the rows that the newest picture shows, or that of an extract, in a stable order."""
    names = ", ".join(catalogue_entry(name).names)
    when = (
        "known_to is null" if at is None else f"known_from <= {at} and (known_to is null or known_to > {at})"
    )
    with warehouse.connect() as connection:
        rows = connection.execute(
            text(
                f"select {names} from landing.lcs__{name}"
                f" where authority_code = :a and {when} order by {names}"
            ),
            {"a": authority},
        )
        return [dict(row) for row in rows.mappings()]


def versions(warehouse: Engine, name: str) -> Counter[tuple[Any, ...]]:
    """Every version of a table's rows, whole."""
    with warehouse.connect() as connection:
        return Counter(tuple(row) for row in connection.execute(text(f"select * from landing.lcs__{name}")))


def quarantine(
    warehouse: Engine, name: str | None = None, authority: str = AUTHORITY
) -> list[dict[str, Any]]:
    """What is in quarantine in the newest picture."""
    with warehouse.connect() as connection:
        rows = connection.execute(
            text(
                "select * from landing.quarantine where authority_code = :a and known_to is null"
                " and (table_name = :name or cast(:name as text) is null)"
                " order by table_name, record_key, payload::text"
            ),
            {"a": authority, "name": name},
        )
        return [dict(row) for row in rows.mappings()]


def query(warehouse: Engine, statement: str, **values: Any) -> list[Mapping[str, Any]]:
    with warehouse.connect() as connection:
        return [*connection.execute(text(statement), values).mappings()]
