"""The flags that the source gate raises of a row, on a warehouse of a test's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from care_reviews.source.catalog import table
from care_reviews.validation import identities
from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.landed_batches import queries
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import run
from tests.integration.gates import council

Row = tuple[str | None, ...]
PICTURE = Picture(council.AUTHORITY, 4, council.AS_KNOWN)


def flags(connection: Connection, name: str, *rows: Row, **others: Sequence[Row]) -> Any:
    """The flags of the first row landed, among `rows` of a table and rows of other tables."""
    with connection.begin_nested() as savepoint:
        for other, values in others.items():
            council.insert(connection, table(other), values)
        council.insert(connection, table(name), rows)
        batches = queries(PICTURE)
        people = f"{SCHEMA}.{batch_name(council.AUTHORITY, identities.NAME)}"
        run(connection, f"create table {people} as {batches[identities.NAME]}")
        query = f"select * from ({batches[name]}) as batch limit 1"
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
        savepoint.rollback()
    return found
