"""Landing tables, made from the catalogue of what a night reads, with a partition for each council."""

from __future__ import annotations

from sqlalchemy import Connection

from care_reviews.errors import ConfigurationError
from care_reviews.source.catalog import TABLES, Table
from care_reviews.warehouse.catalogue import columns, describe, exists, quote, run

VERSION_COLUMNS = {
    "row_hash": "uuid not null",
    "occurrence": "integer not null",
    "known_from": "bigint not null",
    "known_to": "bigint",
}
VERSION_WORDS: dict[str | None, str] = {
    "authority_code": "ONS code of the council.",
    "row_hash": "Hash of the content.",
    "occurrence": "1, 2, … among rows alike.",
    "known_from": "First picture that showed the row.",
    "known_to": "First picture that no longer did; empty: it still does.",
}


def deploy_landing(connection: Connection, authorities: list[str]) -> list[str]:
    """Make what is missing; says what was made. A column that the catalogue no longer has stays, and stays
    empty.
    """
    changes = []
    for table in TABLES:
        changes += _table(connection, table)
        changes += [
            _partition(connection, table, code) for code in authorities if not _has(connection, table, code)
        ]
    return changes


def content_columns(connection: Connection, table: Table) -> tuple[str, ...]:
    """The content of a landed row: the columns of its table in their order, which later ones come behind.

    Raises ConfigurationError when one of the catalogue's is not there.
    """
    there = columns(connection, f"landing.{table.landing}")
    missing = [name for name in table.names if name not in there]
    if missing:
        raise ConfigurationError(
            f"landing.{table.landing} has no column {', '.join(missing)}: run `care-reviews deploy`"
        )
    return tuple(name for name in there if name != "authority_code" and name not in VERSION_COLUMNS)


def _table(connection: Connection, table: Table) -> list[str]:
    name = f"landing.{table.landing}"
    changes = []
    if not exists(connection, name):
        cells = ["authority_code text not null"]
        cells += [f"{quote(column.name)} text" for column in table.columns]
        cells += [f"{column} {data_type}" for column, data_type in VERSION_COLUMNS.items()]
        run(connection, f"create table {name} ({', '.join(cells)}) partition by list (authority_code)")
        changes.append(f"table {name} made")
    there = columns(connection, name)
    for column in table.columns:
        if column.name not in there:
            run(connection, f"alter table {name} add column {quote(column.name)} text")
            changes.append(f"column {name}.{column.name} added")
    words = {None: f"Row versions of the source's {table.name}: every value as text, as the source gave it."}
    if describe(connection, "table", name, words | VERSION_WORDS | _column_words(table)):
        changes.append(f"words of {name} set")
    return changes


def _column_words(table: Table) -> dict[str | None, str]:
    return {column.name: f"{table.name.upper()}.{column.name.upper()}" for column in table.columns}


def _partition_name(table: Table, authority_code: str) -> str:
    return f"landing.{table.landing}__{authority_code.lower()}"


def _has(connection: Connection, table: Table, authority_code: str) -> bool:
    return exists(connection, _partition_name(table, authority_code))


def _partition(connection: Connection, table: Table, authority_code: str) -> str:
    # A council's night then costs what the council holds, however many share the warehouse.
    name = _partition_name(table, authority_code)
    run(
        connection,
        f"create table {name} partition of landing.{table.landing} for values in ('{authority_code}')",
    )
    run(connection, f"comment on table {name} is 'Row versions of {authority_code}.'")
    return f"table {name} made"
