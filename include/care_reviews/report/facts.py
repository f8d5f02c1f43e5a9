"""What one publication says of a reporting year: all that a report may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from care_reviews.report.year import Year
from care_reviews.web.text import day

YEAR, DAY, MONTH = "financial_year", "snapshot", "month"
ALL = "all"
# Categories of what is not known.
UNKNOWN = ("Not known", "Not recorded")
# The longest run of months that a rule of the control chart asks for: fewer show no usual range.
RUN = 7
SUPPRESSED, NOT_APPLICABLE, NOT_AVAILABLE = "c", "z", "x"


class Key(NamedTuple):
    """Which cell of a publication: measure, length of the period, its last day, and category."""

    measure: str
    grain: str
    end: dt.date
    breakdown: str = ALL
    category: str = ALL


@dataclass(frozen=True)
class Cell:
    """A cell as published. Without a value `symbol` says why."""

    key: Key
    unit: str
    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None
    status: str = "final"
    symbol: str | None = NOT_AVAILABLE


@dataclass(frozen=True)
class Compared:
    """A cell beside last year's, as published."""

    now: Cell
    before: Cell
    difference: Decimal | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    do_intervals_overlap: bool | None = None


@dataclass(frozen=True)
class Point:
    """A month of a measure beside the limits of its usual variation, as published; None: not known.

    `symbol` says why a month has no value, or beside a value why there are no limits; `assurance` whether the
    target is met by values that vary as usual: will, will_not, may_or_may_not.
    """

    cell: Cell
    centre: Decimal | None = None
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    base_points: int | None = None
    is_trial: bool = False
    is_beyond_limit: bool | None = None
    is_seven_on_one_side: bool | None = None
    is_seven_in_one_direction: bool | None = None
    is_two_of_three_in_outer_third: bool | None = None
    is_signal: bool | None = None
    symbol: str | None = None
    target: Decimal | None = None
    target_upper: Decimal | None = None
    assurance: str | None = None

    @property
    def day(self) -> dt.date:
        return self.cell.key.end

    @property
    def value(self) -> Decimal | None:
        return self.cell.value

    @property
    def has_range(self) -> bool:
        """Whether limits are known, from as many months as make a range, be it on trial."""
        is_made = self.base_points is None or self.base_points >= RUN
        return self.upper_limit is not None and self.lower_limit is not None and is_made

    @property
    def is_provisional(self) -> bool:
        """Whether late recording may still change the month."""
        return self.cell.status == "provisional"


@dataclass(frozen=True)
class Definition:
    """What a measure means, as published for a day."""

    measure_id: str
    measure_group: str
    name: str
    description: str
    unit: str
    numerator: str
    denominator: str | None
    exclusions: str | None
    source: str
    choices: str | None
    target: Decimal | None
    target_upper: Decimal | None
    direction: str
    is_year_to_date: bool = False


@dataclass(frozen=True)
class First:
    """The value that was published first for a month, a month end or the year, where it is another now."""

    cell: Cell
    as_known: dt.date


@dataclass(frozen=True)
class Publication:
    """The publication that a report is made of. `return_name`: the return that a person released it as, None
    where its gates alone let it out.
    """

    publication_id: int
    authority_code: str
    as_known: dt.date
    published_at: dt.datetime
    gates: str
    return_name: str | None = None
    released_at: dt.datetime | None = None

    @property
    def release(self) -> str:
        """Whether a person answers for it, as a sentence. Who it was is for the auditor to read."""
        if self.return_name is None or self.released_at is None:
            return "Its checks let it out; no person has released it as a return."
        return f"A person released it as {self.return_name} on {day(self.released_at.astimezone(dt.UTC))}."


@dataclass(frozen=True)
class Facts:
    """A publication's cells of a year. What is not in it is a cell that is not available."""

    year: Year
    authority_name: str
    publication: Publication
    cells: Mapping[Key, Cell]
    compared: Mapping[Key, Compared]
    points: Mapping[str, tuple[Point, ...]]
    definitions: Mapping[str, Definition]
    categories: Mapping[str, tuple[str, ...]]
    firsts: Mapping[Key, First]

    def definition(self, measure: str) -> Definition:
        return self.definitions[measure]

    def cell(self, measure: str, grain: str, breakdown: str = ALL, category: str = ALL) -> Cell:
        """The cell of the year, or of its last day."""
        key = Key(measure, grain, self.year.end, breakdown, category)
        return self.cells.get(key) or Cell(key, self.definition(measure).unit)

    def beside(self, measure: str, grain: str, breakdown: str = ALL, category: str = ALL) -> Compared:
        """The cell of the year beside last year's."""
        now = self.cell(measure, grain, breakdown, category)
        last = Cell(now.key._replace(end=self.year.before.end), now.unit)
        return self.compared.get(now.key) or Compared(now, self.cells.get(last.key, last))

    def months(self, measure: str) -> tuple[Point, ...]:
        """The twelve months of the year and the one before it, oldest first."""
        return self.points.get(measure, ())

    def month_ends(self, measure: str, year: Year) -> tuple[Cell | None, ...]:
        """The cells of the month ends of this year, or of the one before, for the whole council; None for one
        that the publication does not hold.
        """
        return tuple(self.cells.get(Key(measure, DAY, end)) for end in year.month_ends)

    def members(self, breakdown: str) -> tuple[str, ...]:
        """The categories of a breakdown in the order to show them in."""
        return self.categories.get(breakdown, ())
