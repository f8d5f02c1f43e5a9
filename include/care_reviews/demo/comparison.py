"""The annual report's figures beside what the warehouse computed, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import yaml
from sqlalchemy import Connection, text

REPORT = Path(__file__).parent / "report_2019_20.yaml"
MONTH_END_LABELS = {
    "children_looked_after": "Children looked after",
    "children_looked_after_uasc": "Unaccompanied asylum-seeking",
}

# Where the values are read: small ones that are suppressed for readers among them.
VALUES = "analysis.kpi_value_unsuppressed_as_known"

_CELL = text(
    f"select numerator, denominator, value from {VALUES} "
    "where authority_code = :authority_code and as_known = :as_known and measure_id = :measure_id "
    "and period_grain = :period_grain and period_end = :period_end "
    "and breakdown = :breakdown and category = :category"
)


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


@dataclass(frozen=True)
class Compared:
    """A figure beside the warehouse's value (None: not published), rounded as the report rounds."""

    figure: Figure
    value: Decimal | None

    @property
    def matches(self) -> bool:
        if self.value is None:
            return False
        figure = Decimal(str(self.figure.figure))
        return self.value > figure if self.figure.above else self.value == figure

    @property
    def is_accounted_for(self) -> bool:
        """Whether it matches, or is known to differ and why."""
        return self.matches or (self.value is not None and bool(self.figure.reason))


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
    found = _found(connection, authority_code, figure)
    if found is None:
        return None
    return found.quantize(Decimal(1).scaleb(-(figure.decimals or 0)), ROUND_HALF_UP)


def _found(connection: Connection, authority_code: str, figure: Figure) -> Decimal | None:
    """What the warehouse says, not rounded; None where it says nothing."""

    def cell(part: str, of: Figure = figure) -> Decimal | None:
        row = connection.execute(
            _CELL,
            {
                "authority_code": authority_code,
                "as_known": of.as_known,
                "measure_id": of.measure_id,
                "period_grain": of.period_grain,
                "period_end": of.period_end,
                "breakdown": of.breakdown,
                "category": of.category,
            },
        ).one_or_none()
        said = None if row is None else getattr(row, part)
        return None if said is None else Decimal(said)

    if figure.part == "share":
        part = cell("numerator")
        whole = cell("numerator", replace(figure, breakdown="all", category="all"))
        return 100 * part / whole if part is not None and whole else None
    if figure.part == "lowest":
        months = [cell("value", replace(figure, period_end=end)) for end in _months_up_to(figure.period_end)]
        known = [each for each in months if each is not None]
        return min(known) if len(known) == len(months) else None
    return cell(figure.part)


def _months_up_to(end: dt.date) -> list[dt.date]:
    """The ends of the 12 months up to a month end."""
    ends = [end]
    for _ in range(11):
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    return ends
