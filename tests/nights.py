"""Nights that were extracted, landed, built and judged, made straight in a warehouse: for tests of what comes
after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Engine, text

from care_reviews.marts import Mart, MartColumn
from care_reviews.night import Night

AUTHORITY = "E10000030"

KPI = Mart(
    name="sample_value",
    schema="published",
    description="One row a measure, period and category.",
    columns=(
        MartColumn("authority_code", "text", "ONS code of the council."),
        MartColumn("measure_id", "text", "The measure."),
        MartColumn("period_end", "date", "Last day of the period."),
        MartColumn("value", "numeric(9,4)", "The value; it's a 100% figure."),
    ),
    key=("authority_code", "measure_id", "period_end"),
)
REVIEW = Mart(
    name="sample_review",
    schema="analysis",
    description="One row a review.",
    columns=(
        MartColumn("authority_code", "text", "ONS code of the council."),
        MartColumn("review_id", "bigint", "The review."),
        MartColumn("child_id", "bigint", "The child."),
        MartColumn("chair_id", "bigint", "The chair; empty: none."),
        MartColumn("held_on", "date", "When it was held."),
    ),
    key=("authority_code", "review_id"),
    pseudonyms={"review_id": "review", "child_id": "child", "chair_id": "worker"},
)
MARTS = (KPI, REVIEW)


def with_column(mart: Mart, column: MartColumn) -> Mart:
    return replace(mart, columns=(*mart.columns, column))


def a_night(day: int = 1, run: str = "run", authority: str = AUTHORITY) -> Night:
    """The night of a day in March 2020."""
    return Night(authority, dt.date(2020, 3, day), f"{run}-{day}")


def judged(
    engine: Engine,
    night: Night,
    kpis: Sequence[tuple[str, str, float | None]] = (("children_looked_after", "2020-02-29", 950),),
    reviews: Sequence[tuple[int, int, int | None, str]] = ((1, 11, 7, "2020-02-03"),),
    verdicts: dict[str, str] | None = None,
    status: str = "landed",
    invocation: str | None = "dbt-1",
) -> int:
    """Leave what the steps before publish leave, with these rows in the candidate marts; gives the extract's
    id.
    """
    with engine.begin() as connection:
        extract_id: int = connection.execute(
            text(
                "insert into audit.extract (authority_code, as_known, run_id, status, dbt_invocation_id) "
                "values (:authority_code, :as_known, :run_id, :status, :invocation) returning extract_id"
            ),
            {**vars(night), "status": status, "invocation": invocation},
        ).scalar_one()
        for gate, verdict in (
            {"source": "passed", "care": "passed", "marts": "warned"} | (verdicts or {})
        ).items():
            judge(connection, night, extract_id, gate, verdict)
        candidates(connection, night, kpis, reviews)
        return int(extract_id)


def judge(
    connection: Connection,
    night: Night,
    extract_id: int,
    gate: str,
    verdict: str,
    invocation: str | None = None,
) -> None:
    """Leave a gate's verdict on the extract's build, or on another one."""
    connection.execute(
        text(
            "insert into audit.validation (extract_id, authority_code, as_known, run_id, gate, verdict, "
            "dbt_invocation_id, expectations, passed, warned, stopped, started_at, finished_at) values "
            "(:extract_id, :authority_code, :as_known, :run_id, :gate, :verdict, "
            "coalesce(:invocation, (select dbt_invocation_id from audit.extract "
            "where extract_id = :extract_id)), 10, 9, :warned, :stopped, now(), now())"
        ),
        {
            **vars(night),
            "extract_id": extract_id,
            "gate": gate,
            "verdict": verdict,
            "invocation": invocation,
            "warned": int(verdict == "warned"),
            "stopped": int(verdict == "blocked"),
        },
    )


def candidates(
    connection: Connection,
    night: Night,
    kpis: Sequence[tuple[str, str, float | None]],
    reviews: Sequence[tuple[int, int, int | None, str]],
) -> None:
    schema = f"candidate_{night.authority_code.lower()}"
    for mart in MARTS:
        cells = ", ".join(f"{column.name} {column.data_type}" for column in mart.columns)
        connection.execute(text(f"drop table if exists {schema}.{mart.name}"))
        connection.execute(text(f"create table {schema}.{mart.name} ({cells})"))
    for kpi in kpis:
        connection.execute(
            text(f"insert into {schema}.sample_value values (:a, :b, cast(:c as date), :d)"),
            dict(zip("abcd", (night.authority_code, *kpi), strict=True)),
        )
    for review in reviews:
        connection.execute(
            text(f"insert into {schema}.sample_review values (:a, :b, :c, :d, cast(:e as date))"),
            dict(zip("abcde", (night.authority_code, *review), strict=True)),
        )
