"""The rows as the record system holds them: a list of dictionaries for each table, nothing judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Engine, Text, cast, column, select, table, text

Row = dict[str, Any]

# What the measures need of each table, and every date it has: one that cannot be true spoils its whole row.
COLUMNS = {
    "dim_person": ("dim_person_id", "legacy_id", "is_client", "birth_dttm", "death_dttm", "duplicated_dttm"),
    "fact_cla": ("fact_cla_id", "dim_person_id", "start_dttm", "last_updated_dttm"),
    "fact_care_episodes": (
        "fact_care_episodes_id",
        "fact_cla_id",
        "dim_person_id",
        "care_start_date",
        "care_end_date",
        "care_reason_end_code",
    ),
    "fact_legal_status": (
        "fact_legal_status_id",
        "dim_person_id",
        "dim_lookup_lgl_status_code",
        "dim_lookup_lgl_status_desc",
        "start_dttm",
        "end_dttm",
    ),
    "fact_immigration_status": (
        "fact_immigration_status_id",
        "dim_person_id",
        "dim_lookup_immgr_status_code",
        "start_dttm",
        "end_dttm",
    ),
    "fact_cla_review": (
        "fact_cla_review_id",
        "fact_cla_id",
        "dim_person_id",
        "fact_meeting_id",
        "due_dttm",
        "meeting_dttm",
    ),
    "fact_meetings": ("fact_meeting_id", "dim_lookup_mtg_type_id_code", "actual_dttm", "cancelled"),
    "fact_meeting_subjects": (
        "fact_meetings_id",
        "dim_person_id",
        "dim_lookup_participation_code_desc",
        "fact_outcm_form_id",
    ),
    "dim_worker": ("dim_worker_id", "job_title", "full_time_equivalency"),
    "fact_involvements": (
        "fact_involvements_id",
        "dim_person_id",
        "dim_worker_id",
        "dim_lookup_involvement_type_code",
        "start_dttm",
        "end_dttm",
    ),
    "fact_cp_plan": ("fact_cp_plan_id", "dim_person_id", "start_dttm", "end_dttm"),
    "fact_forms": ("fact_form_id", "dim_person_id"),
    "fact_form_answers": (
        "fact_form_answer_id",
        "fact_form_id",
        "dim_assessment_template_id_desc",
        "answer_no",
        "answer",
        "answered_dttm",
    ),
}


def is_date_column(name: str) -> bool:
    return name.endswith(("_dttm", "_date"))


@dataclass
class Source:
    """The tables. Each takes a list of dictionaries; a column that a row leaves out is null."""

    dim_person: list[Row] = field(default_factory=list)
    fact_cla: list[Row] = field(default_factory=list)
    fact_care_episodes: list[Row] = field(default_factory=list)
    fact_legal_status: list[Row] = field(default_factory=list)
    fact_immigration_status: list[Row] = field(default_factory=list)
    fact_cla_review: list[Row] = field(default_factory=list)
    fact_meetings: list[Row] = field(default_factory=list)
    fact_meeting_subjects: list[Row] = field(default_factory=list)
    dim_worker: list[Row] = field(default_factory=list)
    fact_involvements: list[Row] = field(default_factory=list)
    fact_cp_plan: list[Row] = field(default_factory=list)
    fact_forms: list[Row] = field(default_factory=list)
    fact_form_answers: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        for each in fields(self):
            rows = getattr(self, each.name)
            setattr(self, each.name, [{name.lower(): value for name, value in row.items()} for row in rows])

    @classmethod
    def of(cls, tables: Mapping[str, list[Row]]) -> Source:
        """From a mapping of table name to rows, in any case; tables that no measure needs are left out."""
        known = {name.lower(): rows for name, rows in tables.items()}
        return cls(**{name: known[name] for name in COLUMNS if name in known})


def read_source(engine: Engine, schema: str | None = "child_social") -> Source:
    """Read the tables in one transaction. Dates come as text: no driver holds year 12019 or infinity."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("set transaction isolation level repeatable read"))
            connection.execute(text("set local datestyle to 'ISO, YMD'"))
        tables = {}
        for name, columns in COLUMNS.items():
            wanted = [
                cast(column(each), Text).label(each) if is_date_column(each) else column(each)
                for each in columns
            ]
            rows = connection.execute(select(*wanted).select_from(table(name, schema=schema)))
            tables[name] = [dict(row) for row in rows.mappings()]
    return Source(**tables)
