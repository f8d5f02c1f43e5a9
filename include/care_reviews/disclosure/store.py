"""Cells read from the warehouse, and the names of suppressed ones written to it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.warehouse.catalogue import literal, run

_KEY = ", ".join(CellKey._fields)
_VALUE_TYPES = ["int4", "int4", "text"]
_VALUES = "kpi_value_unsuppressed"
_TYPES = ["text", "text", "date", "date", "text", "text"]


def read_cells(connection: Connection, schema: str) -> dict[CellKey, Cell]:
    """The cells of `kpi_value` as it was built into a schema, with the values that it may hide."""
    return _cells(connection, f"select {_KEY} from {schema}.kpi_value", f"select * from {schema}.{_VALUES}")


def standing(connection: Connection, authority_code: str) -> int | None:
    """The newest publication that stands: what readers see."""
    found: int | None = connection.scalar(
        text(
            "select max(publication_id) from published.publication "
            "where authority_code = :authority_code and withdrawn_at is null"
        ),
        {"authority_code": authority_code},
    )
    return found


def read_published(
    connection: Connection, authority_code: str, publication_id: int | None
) -> tuple[dict[CellKey, Cell], frozenset[CellKey]]:
    """The cells of a publication, with the values behind them, and which it hides; of none there are none.

    One that was made before values were kept apart shows all that it has.
    """
    if publication_id is None:
        return {}, frozenset()
    mine = (
        f"where authority_code = {literal(authority_code)} and known_from <= {publication_id:d} "
        f"and (known_to is null or known_to > {publication_id:d})"
    )
    values = f"published.kpi_value_history {mine}"
    shown = f"select {_KEY}, numerator, denominator, unit from {values} and symbol is distinct from 'c'"
    rows = _rows(connection, shown, [*_TYPES, *_VALUE_TYPES])
    cells = {CellKey(*row[:6]): Cell(*row[6:]) for row in rows}
    hidden = f"select {_KEY} from {values} and symbol = 'c'"
    behind = _cells(connection, hidden, f"select * from analysis.{_VALUES}_history {mine}")
    return cells | behind, frozenset(behind)


def write_suppressed(
    connection: Connection, authority_code: str, schema: str, reasons: Mapping[CellKey, str]
) -> None:
    """Name the cells that `kpi_value` hides, each with its reason, in place of those named before."""
    table = f"{schema}.int_disclosure__suppressed_cells"
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
