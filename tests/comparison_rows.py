"""Rows of `kpi_comparison` in the form of the plain calculation."""

from __future__ import annotations

from sqlalchemy import Connection, text

from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.comparisons import Comparison, Interval


def read_comparisons(connection: Connection, relation: str, where: str = "true") -> dict[CellKey, Comparison]:
    """Cell of a year → its comparison, of a relation with the columns of `kpi_comparison`."""
    rows = connection.execute(text(f"select * from {relation} where {where}")).all()
    found = {}
    for row in rows:
        key = CellKey(
            row.measure_id, row.period_grain, row.period_start, row.period_end, row.breakdown, row.category
        )
        found[key] = Comparison(
            Cell(row.numerator, row.denominator, row.value, row.symbol),
            Cell(
                row.numerator_last_year,
                row.denominator_last_year,
                row.value_last_year,
                row.symbol_last_year,
            ),
            row.difference,
            None if row.lower_bound is None else Interval(row.lower_bound, row.upper_bound),
            None
            if row.lower_bound_last_year is None
            else Interval(row.lower_bound_last_year, row.upper_bound_last_year),
            row.do_intervals_overlap,
        )
    assert len(found) == len(rows), "a cell is there twice"
    return found


def percentages(connection: Connection, definitions: str) -> set[str]:
    """The measures that are defined as percentages."""
    return set(
        connection.scalars(text(f"select distinct measure_id from {definitions} where unit = 'percent'"))
    )
