"""Every cell of every measure against the plain calculation, on sources in which everything is odd."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews import dbt
from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.comparisons import comparisons
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import Source
from tests.brute_force.trends import trends
from tests.comparison_rows import percentages, read_comparisons
from tests.conftest import AUTHORITY, Warehouse
from tests.faults.cells import is_shown
from tests.landed import PICTURE, put
from tests.property.messy import AS_KNOWN
from tests.property.messy_source import landed, messy
from tests.trend_rows import read_trends

MONTHS = 30
FIRST_NIGHT = dt.date(2019, 6, 30)


def built_cells(warehouse: Warehouse) -> dict[CellKey, Cell]:
    with warehouse.engine.connect() as connection:
        rows = connection.execute(
            text(
                "select measure_id, period_grain, period_start, period_end, breakdown, category, numerator,"
                f" denominator, value, symbol from candidate_{AUTHORITY.lower()}.kpi_value_unsuppressed"
            )
        )
        return {CellKey(*row[:6]): Cell(*row[6:]) for row in rows}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_is_that_of_the_plain_calculation(
    fresh_warehouse: Warehouse, tmp_path: Path, seed: int
) -> None:
    """Picture 1 stands on two nights, so that the workers of the months between them are known."""
    tables = messy(seed, children=1500)
    with fresh_warehouse.engine.begin() as connection:
        for extract_id, night in ((PICTURE, FIRST_NIGHT), (PICTURE + 1, AS_KNOWN)):
            connection.execute(
                text(
                    "insert into audit.extract (extract_id, authority_code, as_known, run_id, status) "
                    "overriding system value values (:id, :authority, :night, 'run', 'landed')"
                ),
                {"id": extract_id, "authority": AUTHORITY, "night": night},
            )
    for name, rows in landed(tables).items():
        put(fresh_warehouse.engine, AUTHORITY, name, rows)
    dbt.build(
        fresh_warehouse.url_as("pipeline"),
        f"candidate_{AUTHORITY.lower()}",
        {
            "authority_code": AUTHORITY,
            "as_known": AS_KNOWN,
            "extract_id": PICTURE + 1,
            "months_published": MONTHS,
        },
        tmp_path,
    )
    built = built_cells(fresh_warehouse)
    source = Source.of(tables)
    expected = cells(source, AS_KNOWN, MONTHS, earlier={FIRST_NIGHT: source})
    differing = {
        key: (built.get(key), expected.get(key))
        for key in {*built, *expected}
        if built.get(key) != expected.get(key)
    }
    assert not differing, sorted(differing.items())[:10]
    schema = f"candidate_{AUTHORITY.lower()}"
    # Nothing is suppressed before a step of the night's own did it: whole nights tell the two trends apart.
    shown = {key: cell for key, cell in expected.items() if is_shown(key)}
    with fresh_warehouse.engine.connect() as connection:
        assert read_trends(connection, f"{schema}.kpi_trend") == trends(shown)
        assert read_trends(connection, f"{schema}.kpi_trend_unsuppressed") == trends(shown)
        shares = percentages(connection, f"{schema}.kpi_definition")
        assert read_comparisons(connection, f"{schema}.kpi_comparison") == comparisons(shown, shares)
