"""The canonical models that a query of the care gate reads, as small tables of a test's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from care_reviews.lock import Extract
from care_reviews.validation import care_gate
from care_reviews.validation.code_lists import seed
from tests.integration.gates import council
from tests.integration.gates.pairs import Row

NIGHT = council.AS_KNOWN
CHILD = 7
BORN = dt.date(2010, 1, 1)

COLUMNS = {
    "stg_lcs__dim_person": "person_id int, birth_date date",
    "stg_lcs__fact_cla": "period_id int, recorded_start_date date",
    "stg_lcs__fact_care_episodes": "episode_id int, period_id int, placement_id int, source_person_id int, "
    "start_date date, end_date date, "
    "start_reason_code text, end_reason_code text, category_of_need_code text",
    "stg_lcs__fact_legal_status": "legal_status_id int, source_person_id int, legal_status_code text, "
    "legal_status_text text, start_date date, end_date date",
    "stg_lcs__fact_cla_review": "review_id int, meeting_id int, source_person_id int",
    "stg_lcs__fact_meetings": "meeting_id int, meeting_type_code text, meeting_date date, "
    "is_cancelled boolean",
    "int_person__identities": "source_person_id int, person_id int",
    "int_person__people": "person_id int, birth_date date, fourth_birthday date",
    "int_care__all_periods": "period_id int, person_id int, start_date date, end_date date",
    "int_care__periods": "period_id int, person_id int, start_date date, end_date date",
    "int_care__legal_statuses": "person_id int, legal_status_code text, start_date date, end_date date",
    "int_care__legal_status_spans": "person_id int, legal_status_code text, from_date date, until_date date",
    "int_chair__officers": "involvement_id int, person_id int, worker_id int, start_date date, end_date date",
    "int_chair__officer_spans": "person_id int, worker_id int, from_date date, until_date date",
    "int_chair__caseloads": "worker_id int, fte_hundredths int",
    "int_time__calendar": "date_day date, working_day_index int",
    "int_review__participation": "meeting_id int, person_id int, participation_code text, form_key text",
    "int_review__participation_texts": "participation_text text, participation_code text",
    "int_review__subjects": "meeting_id int, person_id int, subject_text text, form_text text",
    "int_review__reviews": "review_id int, meeting_id int, person_id int, period_id int, "
    "review_sequence int, review_date date, held_date date, previous_held_date date, meetings int, "
    "participation_code text, "
    "is_in_participation_scope boolean, outcomes_completed_date date, record_completed_date date, "
    "record_distributed_date date",
    "int_review__deadlines": "period_id int, review_sequence int, is_series_in_time boolean",
    "int_alert__alerts": "source_person_id int, person_id int, template text, form_key text, "
    "raised_date date, resolved_date date, stage_1_date date, stage_2_date date, stage_3_date date, "
    "stage_4_date date, stage_5_date date, stage_6_date date, has_outcome boolean",
    "int_alert__categories": "source_person_id int, template text, form_key text, alert_category text",
    "int_form__answers": "source_person_id int, template text, form_key text, field text, answer text",
    "episode_start_reason": "start_reason_code text",
    "episode_end_reason": "end_reason_code text",
    "legal_status": "legal_status_code text",
    "code_dates": "code_list text, code text, valid_from date, valid_to date",
}
Rows = Sequence[Mapping[str, Any]]


def make(connection: Connection) -> None:
    """Make the tables: one child, and the project's code lists."""
    for name, columns in COLUMNS.items():
        connection.execute(text(f"create temp table {name} ({columns})"))
    for name in ("episode_start_reason", "episode_end_reason", "legal_status", "code_dates"):
        put(connection, name, [{key: value or None for key, value in row.items()} for row in seed(name)])
    put(connection, "int_person__identities", [{"source_person_id": CHILD, "person_id": CHILD}])
    fourth = BORN.replace(year=BORN.year + 4)
    put(
        connection,
        "int_person__people",
        [{"person_id": CHILD, "birth_date": BORN, "fourth_birthday": fourth}],
    )
    # Every day but Saturday and Sunday is a working day.
    connection.execute(
        text(
            "insert into int_time__calendar select day::date, "
            "sum(case when extract(isodow from day) < 6 then 1 else 0 end) over (order by day) "
            "from generate_series(timestamp '2019-01-01', '2020-12-31', '1 day') as day"
        )
    )


def put(connection: Connection, name: str, rows: Rows) -> None:
    known = {column.split()[0] for column in COLUMNS[name].split(", ")}
    for row in rows:
        cells = {key: value for key, value in row.items() if key in known}
        slots = ", ".join(f":{key}" for key in cells)
        connection.execute(text(f"insert into {name} ({', '.join(cells)}) values ({slots})"), cells)


def flags(connection: Connection, subject: str, **tables: Rows) -> dict[str, Row]:
    """Record key → its row of a subject's batch, with these rows in these tables beside the child's."""
    extract = Extract(1, council.AUTHORITY, NIGHT, "run", "landed", None, "dbt-1")
    query = care_gate.query(subject, care_gate.words(extract) | {"candidate": "pg_temp"})
    with connection.begin_nested() as savepoint:
        for name, rows in tables.items():
            if rows and rows[0].get("replace"):
                connection.execute(text(f"delete from {name}"))
            put(connection, name, rows)
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().all()
        savepoint.rollback()
    return {str(row["record_key"]): Row(subject, dict(row)) for row in found}
