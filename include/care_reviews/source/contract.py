"""What the source must have: every table and column of the catalogue, whatever case its engine shows names
in.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Inspector, inspect, types

from care_reviews.errors import SourceContractError
from care_reviews.source.catalog import READS, Table

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SourceTable:
    """A table as the source itself names it: `names` and `types` by the catalogue's column names."""

    table: Table
    schema: str | None
    name: str
    names: Mapping[str, str]
    types: Mapping[str, types.TypeEngine]


def resolve(connection: Connection, schema: str, tables: Sequence[Table] = READS) -> dict[str, SourceTable]:
    """The source's own names of `tables`, by catalogue name. `schema` empty means the connection's default.

    Raises SourceContractError, which lists all that is missing at once. A column that the catalogue does
    not name is ignored.
    """
    inspector = inspect(connection)
    actual_schema = _same(schema, inspector.get_schema_names()) if schema else None
    if schema and actual_schema is None:
        raise SourceContractError(
            f"the source has no schema {schema}, or this account may not see it: set "
            "CARE_REVIEWS_SOURCE_SCHEMA to the schema of the reporting copy, and have SELECT granted on it; "
            "the embedded source is empty until `make demo` or `care-reviews demo source` fills it"
        )
    there = _relations(inspector, actual_schema)
    found: dict[str, SourceTable] = {}
    missing = []
    for table in tables:
        name = _same(table.name, there)
        if name is None:
            missing.append(f"table {table.name.upper()}")
            continue
        columns = {column["name"]: column["type"] for column in inspector.get_columns(name, actual_schema)}
        names = {column: _same(column, columns) for column in table.names}
        missing += [
            f"column {table.name.upper()}.{column.upper()}" for column in names if names[column] is None
        ]
        known = {column: actual for column, actual in names.items() if actual is not None}
        found[table.name] = SourceTable(
            table, actual_schema, name, known, {column: columns[actual] for column, actual in known.items()}
        )
        extra = len(columns) - len(known)
        if extra:
            log.info("source table %s has %d columns more than are read: ignored", table.name, extra)
    if missing:
        raise SourceContractError(
            f"the source lacks {len(missing)} of what is read: {', '.join(missing)}. Ask who keeps the "
            "reporting copy to restore it or to grant SELECT on it; nothing was read"
        )
    return found


def _relations(inspector: Inspector, schema: str | None) -> list[str]:
    found: list[str] = []
    # A reporting copy may show tables, views, or tables of another server; not every engine has every kind.
    for kind in ("table", "view", "materialized_view", "foreign_table"):
        with suppress(AttributeError, NotImplementedError):
            found += getattr(inspector, f"get_{kind}_names")(schema)
    return found


def _same(name: str, names: Sequence[str] | Mapping[str, object]) -> str | None:
    """The one of `names` that equals `name` but for case, an exact match first."""
    return name if name in names else next((each for each in names if each.lower() == name.lower()), None)
