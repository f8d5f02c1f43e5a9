"""Rows of `kpi_trend` in the form of the plain calculation."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from care_reviews.validation.code_lists import seed
from tests.brute_force.trends import Limits, Trend, assurance, base_of


def read_trends(connection: Connection, relation: str, where: str = "true") -> dict[tuple[str, date], Trend]:
    """Measure and month end → its trend, of a relation with the columns of `kpi_trend`."""
    rows = connection.execute(text(f"select * from {relation} where {where}")).all()
    months = dict.fromkeys(row.period_end for row in rows)
    provisional = {(row.measure_id, row.period_end) for row in rows if row.status == "provisional"}
    directions = {row["measure_id"]: row["direction"] for row in seed("measure_definition")}
    found = {}
    for row in rows:
        signals = (
            row.is_beyond_limit,
            row.is_seven_on_one_side,
            row.is_seven_in_one_direction,
            row.is_two_of_three_in_outer_third,
        )
        is_judged = row.is_beyond_limit is not None
        assert row.is_signal is (any(signals) if is_judged else None)
        is_provisional = any(
            (row.measure_id, month) in provisional for month in base_of(row.base_year_start, months)
        )
        assert row.is_trial is (row.base_points < 12 or is_provisional)
        limits = Limits(row.base_points, row.centre, row.moving_range_mean, row.lower_limit, row.upper_limit)
        direction = directions[row.measure_id]
        assert row.assurance == assurance(limits, row.target, row.target_upper, direction)
        found[row.measure_id, row.period_end] = Trend(
            row.value, row.base_year_start, limits, signals if is_judged else None, row.symbol
        )
    assert len(found) == len(rows), "a month of a measure is there twice"
    return found
