"""Fill a database with the source as it stood on a night.

In: an engine, a profile's name, a seed, a night. Out: the source tables, replaced whole in one transaction
(readers see the old rows or the new ones, never half), and the number of rows per table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, inspect, select, text
from sqlalchemy.schema import CreateSchema

from care_reviews.demo.build import history_of
from care_reviews.demo.form_ids import FormNumbers
from care_reviews.demo.history import History
from care_reviews.demo.names import TEST_NHS_NUMBERS
from care_reviews.demo.profiles import load_profile
from care_reviews.demo.tables import metadata
from care_reviews.errors import ConfigurationError

SYNTHETIC = "All of this data is synthetic: no person, address or event in it is real."
_BATCH = 10_000
_FILL_LOCK = 7_302_019  # two fills of one database take turns


def _silent(_: str) -> None:
    """Progress that nobody reads."""


def fill_source(
    engine: Engine,
    *,
    profile: str,
    seed: int,
    until: date,
    schema: str | None = "child_social",
    progress: Callable[[str], None] = _silent,
) -> dict[str, int]:
    """Replace the source tables by those of a synthetic council as at the end of `until`; rows per table.

    Creates the schema and tables where they are missing; refuses a night outside the covered days,
    and a database whose persons are not synthetic.
    """
    covers = load_profile(profile).covers
    if not covers.first_day <= until <= covers.last_day:
        raise ConfigurationError(
            f"profile {profile!r} covers the nights {covers.first_day} to {covers.last_day}, not {until}"
        )
    progress(f"simulating {profile}, seed {seed}")
    history = history_of(profile, seed)
    numbers = FormNumbers(covers.first_day, until)
    with engine.begin() as plain:
        connection = plain.execution_options(schema_translate_map={None: schema})
        _prepare(connection, schema)
        counts = {}
        for name, table in metadata.tables.items():
            connection.execute(table.delete())
            counts[name] = _insert(connection, table, schema, table_rows(history, name, until, numbers))
            progress(f"{name}: {counts[name]:,} rows")
    return counts


def table_rows(history: History, name: str, until: date, numbers: FormNumbers) -> Iterator[Sequence[Any]]:
    """A table's rows at a night, with the form numbers of that night, in the order of its columns."""
    rows = history.rows_at(name, until)
    columns = history.columns(name)
    if name == "fact_form_answers":
        return ((numbers.answer(row[0], row[1]), numbers.form(row[1]), *row[2:]) for row in rows)
    if name == "fact_forms":
        return ((numbers.form(row[0]), *row[1:]) for row in rows)
    if name == "fact_meeting_subjects":
        last = columns.index("fact_outcm_form_id")
        return (
            (*row[:last], numbers.form(row[last]) if (row[last] or -1) > 0 else row[last]) for row in rows
        )
    return rows


def _prepare(connection: Connection, schema: str | None) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _FILL_LOCK})
    if schema and not inspect(connection).has_schema(schema):
        connection.execute(CreateSchema(schema))
    metadata.create_all(connection)
    _refuse_real_people(connection)


def _refuse_real_people(connection: Connection) -> None:
    """A fill replaces whole tables: never those of somebody's real record system."""
    number = metadata.tables["dim_person"].c.nhs_number
    made_up = select(number).where(number.startswith(TEST_NHS_NUMBERS)).limit(1)
    real = select(number).where(number.is_(None) | ~number.startswith(TEST_NHS_NUMBERS)).limit(1)
    holds_rows = any(connection.execute(select(table).limit(1)).first() for table in metadata.tables.values())
    if connection.execute(real).first() or (holds_rows and not connection.execute(made_up).first()):
        raise ConfigurationError(
            "the source holds persons that this program did not make up: it replaces only what is synthetic"
        )


def _insert(connection: Connection, table: Table, schema: str | None, rows: Iterator[Sequence[Any]]) -> int:
    if connection.dialect.driver == "psycopg":
        return _copy(connection, table, schema, rows)
    names, count = table.columns.keys(), 0
    while batch := [dict(zip(names, row, strict=True)) for row in islice(rows, _BATCH)]:
        connection.execute(table.insert(), batch)
        count += len(batch)
    return count


def _copy(connection: Connection, table: Table, schema: str | None, rows: Iterator[Sequence[Any]]) -> int:
    """PostgreSQL's own bulk load: the same rows in a tenth of the time."""
    quote = connection.dialect.identifier_preparer.quote
    target = ".".join(quote(part) for part in (schema, table.name) if part)
    columns = ", ".join(quote(column.name) for column in table.columns)
    count = 0
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"copy {target} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
