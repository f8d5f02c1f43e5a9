"""Published values beside the plain calculation, cell by cell and in both directions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import Source
from tests.faults.small_council import Council


def published_cells(
    council: Council, authority: str = "", view: str = "published.kpi_value", as_known: dt.date | None = None
) -> dict[CellKey, Cell]:
    """The cells that a reader sees of one authority, of one night where one is named."""
    rows = council.rows(
        "select measure_id, period_grain, period_start, period_end, breakdown, category, numerator, "
        f"denominator, value, symbol from {view} "
        "where authority_code = :authority and as_known = coalesce(:as_known, as_known)",
        authority=authority or council.authority,
        as_known=as_known,
    )
    found = [list(row.values()) for row in rows]
    by_key = {CellKey(*row[:6]): Cell(*row[6:]) for row in found}
    assert len(by_key) == len(found), "a cell is published twice"
    return by_key


def assert_equal(
    published: dict[CellKey, Cell], source: Source, as_known: dt.date, months: int = Council.months
) -> None:
    """Every published cell is that of the plain calculation, and none is missing."""
    expected = cells(source, as_known, months)
    differing: dict[CellKey, Any] = {
        key: {"published": published.get(key), "expected": expected.get(key)}
        for key in {*published, *expected}
        if published.get(key) != expected.get(key)
    }
    assert not differing, f"{len(differing)} cells differ, such as {sorted(differing.items(), key=str)[:5]}"
    assert expected
