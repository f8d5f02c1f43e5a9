"""Rows of `kpi_revision` in the form of the plain calculation."""

from __future__ import annotations

from sqlalchemy import Connection, text

from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.revisions import Revision


def read_revisions(connection: Connection, authority: str) -> dict[CellKey, list[Revision]]:
    """Cell → what was published of it, in the order of publication."""
    rows = connection.execute(
        text(
            "select * from published.kpi_revision where authority_code = :authority order by publication_id"
        ),
        {"authority": authority},
    ).all()
    found: dict[CellKey, list[Revision]] = {}
    for row in rows:
        key = CellKey(row.measure_id, row.period_grain, row.period_start, row.period_end)
        cell = Cell(row.numerator, row.denominator, row.value, row.symbol)
        revision = Revision(row.as_known, cell, row.is_first, row.is_latest, row.days_after_period_end)
        found.setdefault(key, []).append(revision)
    return found
