"""Cells read from the warehouse, and the names of suppressed ones written to it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.warehouse.catalogue import literal, run
from care_reviews.warehouse.grants import candidate_schema

_KEY = ", ".join(CellKey._fields)
_VALUE_TYPES = ["int4", "int4", "text"]
_VALUES = "kpi_value_unsuppressed"
_TYPES = ["text", "text", "date", "date", "text", "text"]


def read_cells(connection: Connection, authority_code: str) -> dict[CellKey, Cell]:
    """Tonight's cells of `kpi_value`, with the values that it may hide."""
    schema = candidate_schema(authority_code)
    return _cells(connection, f"select {_KEY} from {schema}.kpi_value", f"select * from {schema}.{_VALUES}")


def read_published(
    connection: Connection, authority_code: str
) -> tuple[dict[CellKey, Cell], frozenset[CellKey]]:
    """The cells of the newest publication that stands, with the values behind them, and which it hides.

    One that was made before values were kept apart shows all that it has.
    """
    mine = f"where authority_code = {literal(authority_code)}"
    shown = f"from published.kpi_value {mine} and symbol is distinct from 'c'"
    rows = _rows(connection, f"select {_KEY}, numerator, denominator, unit {shown}", [*_TYPES, *_VALUE_TYPES])
    cells = {CellKey(*row[:6]): Cell(*row[6:]) for row in rows}
    hidden = f"select {_KEY} from published.kpi_value {mine} and symbol = 'c'"
    behind = _cells(connection, hidden, f"select * from analysis.{_VALUES} {mine}")
    return cells | behind, frozenset(behind)


def write_suppressed(connection: Connection, authority_code: str, reasons: Mapping[CellKey, str]) -> None:
    """Name the cells that `kpi_value` hides, each with its reason, in place of those named before."""
    table = f"{candidate_schema(authority_code)}.int_disclosure__suppressed_cells"
    run(connection, f"delete from {table}")
    driver = connection.connection.driver_connection
    statement = f"copy {table} (authority_code, {_KEY}, reason) from stdin"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[union-attr]
        for key, reason in reasons.items():
            copy.write_row((authority_code, *key, reason))
    run(connection, f"analyze {table}")


def _cells(connection: Connection, shown: str, values: str) -> dict[CellKey, Cell]:
    # Not joined in the database: the planner takes both for a few rows, and loops.
    there = {CellKey(*row) for row in _rows(connection, shown, _TYPES)}
    query = f"select {_KEY}, numerator, denominator, unit from ({values}) as computed"
    rows = _rows(connection, query, [*_TYPES, *_VALUE_TYPES])
    return {key: Cell(*row[6:]) for row in rows if (key := CellKey(*row[:6])) in there}


def _rows(connection: Connection, query: str, types: list[str]) -> list[tuple]:  # type: ignore[type-arg]
    driver = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout (format binary)") as copy:  # type: ignore[union-attr]
        copy.set_types(types)
        return list(copy.rows())
