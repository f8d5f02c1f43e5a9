"""The parts of a report: sections of figures, each with a headline, a chart, a table and definitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.facts import ALL, Cell, Compared, Definition, Facts, First, Point

Row = tuple[str | Markup, ...]


@dataclass(frozen=True)
class Table:
    """A table. `columns`: titles of the rows' headers, of numbers, and of so many `words` at the end."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    words: int = 0


@dataclass(frozen=True)
class Figure:
    """What a figure shows, what to read in it, the chart, its table, and what its measures mean.

    `is_pair`: the table is narrow enough to stand beside the chart.
    """

    name: str
    headline: Markup
    reading: Markup
    chart: Markup | None
    table: Table
    definitions: tuple[Definition, ...]
    is_pair: bool = False

    @property
    def said(self) -> tuple[str | Markup, ...]:
        """All that has numbers in it below the headline."""
        return (self.reading, *(cell for row in self.table.rows for cell in row))


@dataclass(frozen=True)
class Tile:
    """A figure at a glance: its value, what it counts, and what is to be seen beside it."""

    value: Markup
    what: str
    beside: Markup


@dataclass(frozen=True)
class Note:
    """What is to be known of the numbers: a title, sentences, and a table of what there is to list."""

    name: str
    title: str
    words: tuple[Markup, ...]
    table: Table | None = None


@dataclass(frozen=True)
class Section:
    """A section of the report; `name` is also the name of the service's commentary on it."""

    name: str
    title: str
    lead: Markup
    figures: tuple[Figure, ...] = ()
    tiles: tuple[Tile, ...] = ()
    notes: tuple[Note, ...] = ()
    commentary: Markup | None = None

    @property
    def heads(self) -> tuple[Markup, ...]:
        """What heads the section and its figures."""
        tiles = (word for tile in self.tiles for word in (tile.value, tile.beside))
        return (*tiles, *(figure.headline for figure in self.figures))

    @property
    def said(self) -> tuple[str | Markup, ...]:
        """All that has numbers in it."""
        return (*self.heads, *(word for figure in self.figures for word in figure.said))


def say(words: str, **numbers_said: object) -> Markup:
    """A sentence with numbers in it, which stay marked; all else is escaped."""
    return Markup(words).format(**numbers_said)  # noqa: S704


def when(cells: Iterable[Cell], words: Markup, otherwise: str) -> Markup:
    """A headline that needs values; where a cell has none another, which may say with {why} what it is:
    not published, or not available.
    """
    missing = next((cell for cell in cells if cell.value is None), None)
    return words if missing is None else say(otherwise, why=numbers.why(missing))


def years(facts: Facts) -> tuple[str, str]:
    """The titles of the columns of both years."""
    return facts.year.title, facts.year.before.title


def both_years(
    caption: str, first: str, facts: Facts, rows: Sequence[tuple[str, Compared]], has_shares: bool = False
) -> Table:
    """Values of both years and how far they are apart; with shares what part of its measure's whole each
    category of this year is.
    """
    now, before = years(facts)
    return Table(
        caption,
        (first, now, *(("Share",) if has_shares else ()), before, "Difference"),
        tuple(
            (
                label,
                numbers.shown(one.now),
                *((share(facts, one.now) if one.now.key.breakdown != ALL else "–",) if has_shares else ()),
                numbers.shown(one.before),
                signed(one),
            )
            for label, one in rows
        ),
    )


def share(facts: Facts, cell: Cell) -> Markup:
    """What part of its measure's whole a value is; a dash where one of them is not published."""
    whole = facts.cell(cell.key.measure, cell.key.grain)
    return numbers.share(cell, whole) or Markup("–")


def rates_table(
    caption: str,
    facts: Facts,
    rows: Sequence[tuple[str, Compared]],
    others: Sequence[tuple[str, Compared]] = (),
) -> Table:
    """Percentages of both years with numerators, denominators and the intervals of this year's; after them
    `others` that are none.
    """
    now, before = years(facts)
    first, last = ("Counted", "Difference") if others else ("Share", "Difference, points")
    return Table(
        caption,
        (first, now, "Of", "95% interval", before, "Of", last),
        tuple(
            (
                label,
                numbers.shown(one.now),
                made_of(one.now),
                numbers.interval(one),
                numbers.shown(one.before),
                made_of(one.before),
                signed(one),
            )
            for label, one in (*rows, *others)
        ),
    )


def months_table(
    caption: str,
    column: str,
    points: Sequence[Point],
    start: dt.date | None = None,
    beside: tuple[str, Sequence[Markup]] | None = None,
) -> Table:
    """A measure month by month: its value, and what the control chart and the recording say of it. Months
    before `start` are those of the year before. `beside`: a column of what else is said of each month.
    """
    is_share = any(point.cell.denominator is not None for point in points)
    return Table(
        caption,
        (
            "Month",
            column,
            *((numbers.MADE_OF,) if is_share else ()),
            *((beside[0],) if beside else ()),
            "Remark",
        ),
        tuple(
            (
                f"{point.day:%B %Y}",
                numbers.shown(point.cell),
                *((made_of(point.cell),) if is_share else ()),
                *((beside[1][place],) if beside else ()),
                "the year before" if start and point.day < start else remark(point),
            )
            for place, point in enumerate(points)
        ),
        words=1,
    )


def with_firsts(table: Table, firsts: Sequence[First | None]) -> Table:
    """A table of months with what was published first for each, where it is another value now."""
    rows = tuple(
        (*row[:-1], numbers.first(then) if then else "–", row[-1])
        for row, then in zip(table.rows, firsts, strict=True)
    )
    return replace(table, columns=(*table.columns[:-1], "First published", table.columns[-1]), rows=rows)


def remark(point: Point) -> str:
    """What is to be known of a month: a signal by its rule, and that it is provisional."""
    said = ["provisional"] if point.is_provisional else []
    if point.is_beyond_limit:
        said.append("signal: beyond a limit")
    elif point.is_seven_in_one_direction:
        said.append("signal: seven in one direction")
    elif point.is_seven_on_one_side:
        said.append("signal: seven on one side of the mean")
    elif point.is_two_of_three_in_outer_third:
        said.append("signal: two of three near a limit")
    return "; ".join(said) or "–"


def signed(one: Compared) -> Markup:
    """The difference from last year with its sign; a dash where it is not published."""
    size = numbers.difference(one)
    if size is None or one.difference is None:
        return Markup("–")
    is_none = numbers.is_rounded_away(one)
    sign = "" if is_none else "+" if one.difference > 0 else "−" if one.difference < 0 else ""
    return Markup("{}{}").format(sign, size)


def made_of(cell: Cell, publication_id: int | None = None) -> Markup:
    """What a value is made of; a dash where that is not published, and of what is only counted."""
    if cell.symbol is not None or cell.denominator is None:
        return Markup("–")
    return numbers.made_of(cell, publication_id)
