"""Published values beside the plain calculation, cell by cell and in both directions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import Source
from tests.faults.small_council import Council

UNSUPPRESSED, SHOWN = "analysis.kpi_value_unsuppressed", "published.kpi_value"


def published_cells(
    council: Council, authority: str = "", view: str = UNSUPPRESSED, as_known: dt.date | None = None
) -> dict[CellKey, Cell]:
    """The cells that a reader of the view sees of one authority, of one night where one is named."""
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
    published: dict[CellKey, Cell], source: Source, as_known: dt.date, earlier: dict[dt.date, Source]
) -> None:
    """Every cell that was computed is that of the plain calculation, and none is missing. `earlier`: what the
    source held on the nights before.
    """
    assert_cells(published, cells(source, as_known, Council.months, earlier=earlier))


def assert_cells(published: dict[CellKey, Cell], expected: dict[CellKey, Cell]) -> None:
    """The cells that were computed are these."""
    differing: dict[CellKey, Any] = {
        key: {"published": published.get(key), "expected": expected.get(key)}
        for key in {*published, *expected}
        if published.get(key) != expected.get(key)
    }
    assert not differing, f"{len(differing)} cells differ, such as {sorted(differing.items(), key=str)[:5]}"
    assert expected


def is_shown(key: CellKey) -> bool:
    """Whether readers see the cell at all, if it is not suppressed."""
    return (
        key.breakdown == "all"
        or key.period_grain == "financial_year"
        or (key.period_grain == "snapshot" and key.measure_id != "review_timeliness_reviews")
    )


def seen_by_readers(shown: dict[CellKey, Cell], computed: dict[CellKey, Cell]) -> dict[CellKey, Cell]:
    """The computed cells that readers see, hidden where what they are shown is suppressed."""
    return {
        key: shown[key] if shown[key].symbol == "c" else cell
        for key, cell in computed.items()
        if is_shown(key)
    }


def assert_shown(shown: dict[CellKey, Cell], expected: dict[CellKey, Cell]) -> None:
    """Every cell that readers see is what was expected or suppressed, and none is missing."""
    suppressed = Cell(None, None, None, "c")
    seen = {key: cell for key, cell in expected.items() if is_shown(key)}
    differing = [key for key, cell in seen.items() if shown.get(key) not in (cell, suppressed)]
    assert not differing, f"{len(differing)} cells differ, such as {sorted(differing)[:5]}"
    assert shown.keys() == seen.keys()
    assert suppressed in shown.values()
