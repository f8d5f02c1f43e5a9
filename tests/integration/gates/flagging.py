"""The flags that the source and care gates raise of a row, on a warehouse of a test's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from care_reviews.source.catalog import table
from care_reviews.validation import care_gate, identities
from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.landed_batches import queries
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import run
from tests.integration.gates import council
from tests.integration.gates.pairs import saw

Row = tuple[str | None, ...]
PICTURE = Picture(council.AUTHORITY, 4, council.AS_KNOWN)


def flags(connection: Connection, name: str, *rows: Row, **others: Sequence[Row]) -> Any:
    """The flags of the first row landed, among `rows` of a table and rows of other tables."""
    with connection.begin_nested() as savepoint:
        for other, values in others.items():
            council.insert(connection, table(other), values)
        council.insert(connection, table(name), rows)
        query = f"select * from ({queries(PICTURE)[name]}) as batch limit 1"
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
        savepoint.rollback()
    return found


def leads_nowhere(connection: Connection, person: str | None, people: Sequence[Row]) -> Any:
    """Rule R11 on one protection plan of `person`, among these people: its key, person and flag."""
    with connection.begin_nested() as savepoint:
        council.insert(connection, table("dim_person"), people)
        council.insert(connection, table("fact_cp_plan"), [("1", person, None, council.day(1), None)])
        batch = f"{SCHEMA}.{batch_name(council.AUTHORITY, identities.NAME)}"
        run(connection, f"create table {batch} as {identities.query(PICTURE)}")
        query = care_gate.facts(table("fact_cp_plan"), PICTURE)
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).one()
        savepoint.rollback()
    saw("care.facts.R11", not found.rule_r11)
    return found
