"""The rows as the record system holds them: a list of dictionaries for each table, nothing judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Engine, Text, cast, column, select, table, text

Row = dict[str, Any]

# What the measures need of each table, and every date it has: one that cannot be true spoils its whole row.
# The key comes first, then what decides between rows that share it: the greater text in the first of these
# columns in which they differ.
COLUMNS = {
    "dim_person": (
        "dim_person_id",
        "duplicated_dttm",
        "death_dttm",
        "legacy_id",
        "birth_dttm",
        "is_client",
        "gender_main_code",
        "ethnicity_main_code",
    ),
    "fact_cla": ("fact_cla_id", "last_updated_dttm", "start_dttm", "dim_person_id"),
    "fact_care_episodes": (
        "fact_care_episodes_id",
        "care_end_date",
        "care_start_date",
        "care_reason_end_code",
        "fact_cla_id",
        "dim_person_id",
        "care_reason_code",
        "fact_cla_placement_id",
    ),
    "fact_legal_status": (
        "fact_legal_status_id",
        "end_dttm",
        "start_dttm",
        "dim_lookup_lgl_status_code",
        "dim_lookup_lgl_status_desc",
        "dim_person_id",
    ),
    "fact_cla_placement": (
        "fact_cla_placement_id",
        "end_dttm",
        "start_dttm",
        "fact_cla_id",
        "dim_person_id",
        "dim_lookup_placement_type_code",
    ),
    "fact_immigration_status": (
        "fact_immigration_status_id",
        "end_dttm",
        "start_dttm",
        "dim_lookup_immgr_status_code",
        "dim_person_id",
    ),
    "fact_cla_review": (
        "fact_cla_review_id",
        "fact_meeting_id",
        "meeting_dttm",
        "due_dttm",
        "dim_person_id",
        "fact_cla_id",
    ),
    "fact_meetings": ("fact_meeting_id", "actual_dttm", "cancelled", "dim_lookup_mtg_type_id_code"),
    "dim_worker": ("dim_worker_id", "full_time_equivalency", "job_title"),
    "fact_involvements": (
        "fact_involvements_id",
        "end_dttm",
        "start_dttm",
        "dim_lookup_involvement_type_code",
        "dim_worker_id",
        "dim_person_id",
        "dim_department_id",
    ),
    "dim_department": ("dim_department_id", "name"),
    "fact_cp_plan": ("fact_cp_plan_id", "end_dttm", "start_dttm", "dim_person_id"),
    # Here no key is one row's alone: subjects have none, a form is its lowest person's, all answers count.
    "fact_meeting_subjects": (
        "fact_meetings_id",
        "dim_person_id",
        "dim_lookup_participation_code_desc",
        "fact_outcm_form_id",
    ),
    "dim_lookup_dfe_ethnic": ("main_code", "nat_id"),
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
SHARED_KEYS = {"dim_lookup_dfe_ethnic", "fact_meeting_subjects", "fact_forms", "fact_form_answers"}


def is_date_column(name: str) -> bool:
    return name.endswith(("_dttm", "_date"))


@dataclass
class Source:
    """The tables. Each takes a list of dictionaries; a column that a row leaves out is null."""

    dim_person: list[Row] = field(default_factory=list)
    dim_lookup_dfe_ethnic: list[Row] = field(default_factory=list)
    fact_cla: list[Row] = field(default_factory=list)
    fact_care_episodes: list[Row] = field(default_factory=list)
    fact_legal_status: list[Row] = field(default_factory=list)
    fact_cla_placement: list[Row] = field(default_factory=list)
    fact_immigration_status: list[Row] = field(default_factory=list)
    fact_cla_review: list[Row] = field(default_factory=list)
    fact_meetings: list[Row] = field(default_factory=list)
    fact_meeting_subjects: list[Row] = field(default_factory=list)
    dim_department: list[Row] = field(default_factory=list)
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
