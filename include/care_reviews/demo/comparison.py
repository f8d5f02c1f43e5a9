"""The annual report's figures beside what the warehouse computed, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from care_reviews.demo.figure_cells import Cells
from care_reviews.demo.figures import Figure, report_figures


@dataclass(frozen=True)
class Compared:
    """A figure beside the warehouse's value (None: not published), rounded as the report rounds.

    `is_suppressed`: whether readers do not see it, or not all that it is made of.
    """

    figure: Figure
    value: Decimal | None
    is_suppressed: bool = False

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


def compare(connection: Connection, authority_code: str) -> list[Compared]:
    """Every figure of the report beside the value published for its night, as an analyst sees it."""
    cells = Cells(connection, authority_code)
    return [Compared(figure, cells.value(figure), cells.is_suppressed(figure)) for figure in report_figures()]
