"""What one publication says of its newest month: all that the board's pages may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from care_reviews.board import measures
from care_reviews.measure_words import breakdown_place
from care_reviews.report.facts import (
    ALL,
    DAY,
    NOT_APPLICABLE,
    UNKNOWN,
    YEAR,
    Cell,
    Definition,
    First,
    Key,
    Point,
    Publication,
)
from care_reviews.report.year import Year

# The newest month, and so many before it: two reporting years, when the newest is a March.
MONTHS_BEFORE = 23


@dataclass(frozen=True)
class Version:
    """A value that a month once had, and the publication that first said so."""

    cell: Cell
    publication_id: int
    as_known: dt.date


@dataclass(frozen=True)
class Facts:
    """A publication's cells around its newest month. What is not in it is a cell that is not available.

    `versions`: of each month, or month end, whose value is shown and was published otherwise before, all its
    values, the oldest first. `since`: the night of the last publication before the newest month was over.
    """

    authority_name: str
    publication: Publication
    month: dt.date
    cells: Mapping[Key, Cell]
    points: Mapping[str, tuple[Point, ...]]
    definitions: Mapping[str, Definition]
    categories: Mapping[str, tuple[str, ...]]
    versions: Mapping[Key, tuple[Version, ...]]
    since: tuple[int, dt.date] | None

    @property
    def year(self) -> Year:
        """The newest reporting year that was over by the end of the newest month."""
        return Year.over_by(self.month)

    @property
    def ordered(self) -> tuple[Definition, ...]:
        """Every measure."""
        return tuple(sorted(self.definitions.values(), key=measures.in_order))

    @property
    def headlines(self) -> tuple[Definition, ...]:
        """The measures that head the pages, and after them all others that have a target."""
        named = [self.definitions[name] for name in measures.HEADLINES if name in self.definitions]
        return (*named, *(one for one in self.ordered if one.target is not None and one not in named))

    @property
    def groups(self) -> tuple[tuple[str, tuple[Definition, ...]], ...]:
        """Every measure by its group."""
        found = groupby(self.ordered, key=lambda one: one.measure_group)
        return tuple((group, tuple(definitions)) for group, definitions in found)

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """Every breakdown, in the order to show them in."""
        return tuple(sorted((name for name in self.categories if name != ALL), key=breakdown_place))

    @property
    def areas(self) -> tuple[str, ...]:
        """The council's areas, for which any value is published that is not zero. What is known of none is no
        area: it stands among the categories of each measure.
        """
        with_values = {
            key.category for key, cell in self.cells.items() if key.breakdown == "quadrant" and cell.value
        }
        names = self.categories.get("quadrant", ())
        return tuple(name for name in names if name in with_values and name not in UNKNOWN)

    def months(self, measure: str) -> tuple[Point, ...]:
        """A measure month by month up to the newest, oldest first; without limits and signals where these
        would say nothing.
        """
        found = self.points.get(measure, ())
        if measure not in measures.UNSETTLED:
            return found
        return tuple(
            Point(one.cell, symbol=one.symbol, target=one.target, target_upper=one.target_upper)
            for one in found
        )

    def counts_anew(self, measure: str) -> bool:
        """Whether each month end of a measure counts from 1 April, so that a reporting year begins anew."""
        points = self.points.get(measure, ())
        is_day = bool(points) and points[-1].cell.key.grain == DAY
        return is_day and self.definitions[measure].is_year_to_date

    def grain(self, measure: str) -> str:
        """Which of a measure's values stand for it beside its months: those of month ends, or of years."""
        points = self.months(measure)
        return DAY if points and points[-1].cell.key.grain == DAY else YEAR

    def end(self, grain: str) -> dt.date:
        """The newest month end, or the end of the newest year."""
        return self.month if grain == DAY else self.year.end

    def cell(self, measure: str, breakdown: str = ALL, category: str = ALL, is_before: bool = False) -> Cell:
        """The value that stands for a measure, of the whole or of a category, or that of a year before."""
        grain = self.grain(measure)
        end = self.end(grain)
        key = Key(measure, grain, year_before(end) if is_before else end, breakdown, category)
        return self.cells.get(key) or Cell(key, self.definitions[measure].unit)

    def members(self, measure: str, breakdown: str) -> tuple[str, ...]:
        """The categories of a breakdown that a measure is published for, in the order to show them in. What
        is not known is left out where there is none.
        """
        wanted = []
        for name in self.categories.get(breakdown, ()):
            cell = self.cell(measure, breakdown, name)
            is_empty = name in UNKNOWN and (cell.value == 0 or cell.symbol == NOT_APPLICABLE)
            if cell.key in self.cells and not is_empty:
                wanted.append(name)
        return tuple(wanted)

    def first(self, point: Point) -> First | None:
        """What was published first for a month, where it is another value now."""
        found = self.versions.get(point.cell.key)
        return First(found[0].cell, found[0].as_known) if found else None


def year_before(day: dt.date) -> dt.date:
    """The month end a year before a month end."""
    following = day + dt.timedelta(days=1)
    return following.replace(year=following.year - 1) - dt.timedelta(days=1)
