"""The published cells that a figure of the report is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, text

from care_reviews.demo.figures import Figure

# Where the values are read, those among them that readers do not see, and where readers see them.
VALUES = "analysis.kpi_value_unsuppressed_as_known"
SHOWN = "published.kpi_value_as_known"

_WHERE = (
    "where authority_code = :authority_code and as_known = :as_known and measure_id = :measure_id "
    "and period_grain = :period_grain and period_end = :period_end "
    "and breakdown = :breakdown and category = :category"
)
_CELL = text(f"select numerator, denominator, value from {VALUES} {_WHERE}")
_SYMBOL = text(f"select symbol from {SHOWN} {_WHERE}")


class Cells:
    """The published cells of an authority."""

    def __init__(self, connection: Connection, authority_code: str) -> None:
        self.connection = connection
        self.authority_code = authority_code

    def value(self, figure: Figure) -> Decimal | None:
        """What the warehouse says, rounded as the figure is; None where it says nothing."""
        found = self._found(figure)
        return found and found.quantize(Decimal(1).scaleb(-(figure.decimals or 0)), ROUND_HALF_UP)

    def is_suppressed(self, figure: Figure) -> bool:
        """Whether readers do not see a cell that the figure is made of."""
        return any(
            self.connection.scalar(_SYMBOL, self._at(each)) == "c" for each in (figure, *_others_of(figure))
        )

    def _found(self, figure: Figure) -> Decimal | None:
        others = [self._part(each) for each in _others_of(figure)]
        if figure.part == "share":
            part, whole = self._part(replace(figure, part="numerator")), others[0]
            return 100 * part / whole if part is not None and whole else None
        if figure.part == "lowest":
            months = [self._part(replace(figure, part="value")), *others]
            known = [each for each in months if each is not None]
            return min(known) if len(known) == len(months) else None
        return self._part(figure)

    def _part(self, figure: Figure) -> Decimal | None:
        row = self.connection.execute(_CELL, self._at(figure)).one_or_none()
        said = None if row is None else getattr(row, figure.part)
        return None if said is None else Decimal(said)

    def _at(self, figure: Figure) -> dict[str, object]:
        named = ("as_known", "measure_id", "period_grain", "period_end", "breakdown", "category")
        return {"authority_code": self.authority_code} | {name: getattr(figure, name) for name in named}


def _others_of(figure: Figure) -> list[Figure]:
    """The cells that a figure is made of beside its own: the whole of a share, the months before the last."""
    if figure.part == "share":
        return [replace(figure, part="numerator", breakdown="all", category="all")]
    if figure.part == "lowest":
        return [replace(figure, part="value", period_end=end) for end in _months_before(figure.period_end)]
    return []


def _months_before(end: dt.date) -> list[dt.date]:
    """The ends of the 11 months before a month end."""
    ends = [end]
    for _ in range(11):
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    return ends[1:]
