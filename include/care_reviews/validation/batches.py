"""Batches: tables of flags in schema `stage`, made for one validation and dropped after it.

Great Expectations asks a batch several questions, each a scan of its own, and reads a query's rows only to
learn its columns. So the flags are computed once, into a table; where its rows are records that may be found,
it says beside them which, and Great Expectations is given a view of the flags alone: true, false and null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from care_reviews.validation.sql import run
from care_reviews.warehouse.catalogue import without_nested_loops

SCHEMA = "stage"
KEYS = ("record_key", "person_id")


class Records(str):
    """A query of a batch whose rows are records of the source table `table`: besides its flags it gives
    `record_key` (text) and `person_id` (text, null: about nobody).
    """

    table: str

    def __new__(cls, query: str, table: str) -> Records:
        made = super().__new__(cls, query)
        made.table = table
        return made


def batch_name(authority_code: str, subject: str) -> str:
    """What Great Expectations judges."""
    return f"check__{authority_code.lower()}__{subject}"


def records_name(authority_code: str, subject: str) -> str:
    """The same rows with the keys of their records."""
    return f"records__{authority_code.lower()}__{subject}"


@contextmanager
def batches(warehouse: Engine, authority_code: str, queries: Mapping[str, str]) -> Iterator[None]:
    """Make the batch of each subject from its query; the batches are gone afterwards, whatever happens."""
    names = [make(authority_code, subject) for subject in queries for make in (batch_name, records_name)]
    try:
        # Numbers of distinct keys are guessed from statistics that a first night does not have yet.
        with warehouse.begin() as connection, without_nested_loops(connection):
            drop(connection, names)
            for subject, query in queries.items():
                _make(connection, authority_code, subject, query)
        yield
    finally:
        with warehouse.begin() as connection:
            drop(connection, names)


def _make(connection: Connection, authority_code: str, subject: str, query: str) -> None:
    batch = f"{SCHEMA}.{batch_name(authority_code, subject)}"
    if not isinstance(query, Records):
        run(connection, f"create unlogged table {batch} as\n{query}")
        return
    records = f"{SCHEMA}.{records_name(authority_code, subject)}"
    run(connection, f"create unlogged table {records} as\n{query}")
    flags = connection.scalars(
        text(
            "select attname from pg_attribute where attrelid = to_regclass(:records) and attnum > 0 "
            "and attname <> all(:keys) order by attnum"
        ),
        {"records": records, "keys": list(KEYS)},
    )
    run(connection, f"create view {batch} as select {', '.join(flags)} from {records}")


def drop(connection: Connection, names: Iterable[str]) -> None:
    """Drop the tables and views of `stage` by these names, those of a run that was killed as well."""
    kinds = connection.execute(
        text(
            "select relname, relkind from pg_class where relnamespace = to_regnamespace(:schema) "
            "and relname = any(:names)"
        ),
        {"schema": SCHEMA, "names": list(names)},
    ).all()
    for relkind, kind in (("v", "view"), ("r", "table")):
        if there := [f"{SCHEMA}.{row.relname}" for row in kinds if row.relkind == relkind]:
            run(connection, f"drop {kind} {', '.join(there)}")
