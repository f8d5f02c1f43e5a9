"""The figures of the annual report, and which published cell answers to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

REPORT = Path(__file__).parent / "report_2019_20.yaml"
MONTH_END_LABELS = {
    "children_looked_after": "Children looked after",
    "children_looked_after_uasc": "Unaccompanied asylum-seeking",
}


@dataclass(frozen=True)
class Figure:
    """A figure of the report and the published cell that answers to it.

    `part`: numerator, denominator or value of the cell; `share`: of the category in the whole, per cent;
    `lowest`: the least value of the 12 months up to the period's end. `decimals`: how it is rounded.
    `above`: the report says more than the figure. `reason`: why the warehouse differs, where it is known to.
    """

    label: str
    as_known: dt.date
    measure_id: str
    period_grain: str
    period_end: dt.date
    part: str
    figure: float
    decimals: int | None = None
    breakdown: str = "all"
    category: str = "all"
    above: bool = False
    reason: str = ""


def report_figures() -> list[Figure]:
    """All figures of the report, the month ends first."""
    report = yaml.safe_load(REPORT.read_text())
    return [*_month_ends(report["month_ends"]), *(Figure(**fields) for fields in report["figures"])]


def _month_ends(section: dict) -> Iterator[Figure]:  # type: ignore[type-arg]
    for measure_id, series in section["measures"].items():
        for period_end, figure in series.items():
            label = MONTH_END_LABELS[measure_id]
            yield Figure(label, section["as_known"], measure_id, "snapshot", period_end, "numerator", figure)
