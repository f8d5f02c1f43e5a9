"""A publication made straight in a warehouse, as publishing leaves it: a row of the ledger, row versions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import Connection, text

from care_reviews.open_data.picture import Picture

_LEDGER = text(
    "insert into published.publication (authority_code, as_known, run_id, extract_id, code_version, "
    "dbt_invocation_id, source_gate, care_gate, marts_gate, expectations_passed, expectations_warned, "
    "expectations_stopped) values (:authority_code, :as_known, :run_id, :extract_id, 'abc', 'dbt', 'passed', "
    "'passed', 'passed', 1, 0, 0) returning publication_id"
)
_EXTRACT = text(
    "insert into audit.extract (authority_code, as_known, run_id, status) "
    "values (:authority_code, :as_known, :run_id, 'landed') returning extract_id"
)


def publish(connection: Connection, as_known: dt.date, authority_code: str, run_id: str) -> int:
    """A row of the ledger; gives its id."""
    words = {"as_known": as_known, "authority_code": authority_code, "run_id": run_id}
    extract_id = connection.scalar(_EXTRACT, words)
    return int(connection.execute(_LEDGER, words | {"extract_id": extract_id}).scalar_one())


def fill(connection: Connection, publication_id: int, picture: Picture) -> None:
    """The rows of a picture as those of a publication."""
    authority_code = picture.publication.authority_code
    for mart, things in (("kpi_value", picture.cells), ("kpi_definition", picture.definitions)):
        rows = [dataclasses.asdict(thing) for thing in things]  # type: ignore[call-overload]
        for row in rows:
            row.pop("category_name", None)  # of the categories, not of the values
        extra = (
            {"looks_back_months": 0, "is_year_to_date": False, "is_as_landed": False}
            if mart == "kpi_definition"
            else {}
        )
        versions(connection, f"published.{mart}_history", publication_id, authority_code, rows, **extra)
    order = [
        {"breakdown": breakdown, "category": category, "sort_order": place}
        for (breakdown, category), place in picture.order.items()
    ]
    versions(connection, "published.dim_category_history", publication_id, authority_code, order)


def versions(
    connection: Connection,
    table: str,
    publication_id: int,
    authority_code: str,
    rows: list[dict[str, Any]],
    **extra: Any,
) -> None:
    """Rows that a publication was the first to show."""
    filled = [row | extra | {"authority_code": authority_code, "known_from": publication_id} for row in rows]
    names = [*filled[0]]
    connection.execute(
        text(
            f"insert into {table} ({', '.join(names)}, row_hash, occurrence) "
            f"values ({', '.join(f':{name}' for name in names)}, gen_random_uuid(), 1)"
        ),
        filled,
    )
