"""The annual report's figures beside what the warehouse computed, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import yaml
from sqlalchemy import Connection, text

REPORT = Path(__file__).parent / "report_2019_20.yaml"
MONTH_END_LABELS = {
    "children_looked_after": "Children looked after",
    "children_looked_after_uasc": "Unaccompanied asylum-seeking",
}

_CELL = text(
    "select numerator, denominator, value from analysis.kpi_value_unsuppressed_as_known "
    "where authority_code = :authority_code and as_known = :as_known and measure_id = :measure_id "
    "and period_grain = :period_grain and period_end = :period_end and breakdown = 'all' and category = 'all'"
)


@dataclass(frozen=True)
class Figure:
    """A figure of the report and the published cell that answers to it. `decimals`: how it is rounded."""

    label: str
    as_known: dt.date
    measure_id: str
    period_grain: str
    period_end: dt.date
    part: str
    figure: float
    decimals: int | None = None


@dataclass(frozen=True)
class Compared:
    """A figure beside the warehouse's value (None: not published), rounded as the report rounds."""

    figure: Figure
    value: Decimal | None

    @property
    def matches(self) -> bool:
        return self.value is not None and self.value == Decimal(str(self.figure.figure))


def report_figures() -> list[Figure]:
    """All figures of the report, the month ends first."""
    report = yaml.safe_load(REPORT.read_text())
    return [*_month_ends(report["month_ends"]), *(Figure(**fields) for fields in report["figures"])]


def compare(connection: Connection, authority_code: str) -> list[Compared]:
    """Every figure of the report beside the value published for its night, as an analyst sees it."""
    return [Compared(figure, _value(connection, authority_code, figure)) for figure in report_figures()]


def _month_ends(section: dict) -> Iterator[Figure]:  # type: ignore[type-arg]
    for measure_id, series in section["measures"].items():
        for period_end, figure in series.items():
            label = MONTH_END_LABELS[measure_id]
            yield Figure(label, section["as_known"], measure_id, "snapshot", period_end, "numerator", figure)


def _value(connection: Connection, authority_code: str, figure: Figure) -> Decimal | None:
    cell = connection.execute(
        _CELL,
        {
            "authority_code": authority_code,
            "as_known": figure.as_known,
            "measure_id": figure.measure_id,
            "period_grain": figure.period_grain,
            "period_end": figure.period_end,
        },
    ).one_or_none()
    if cell is None or (found := getattr(cell, figure.part)) is None:
        return None
    return Decimal(found).quantize(Decimal(1).scaleb(-(figure.decimals or 0)), ROUND_HALF_UP)
