"""Tidy data: for each group of measures and kind of period a table, and one that says what its columns are.

The shape is that of the Department for Education's Explore Education Statistics. One row a period and
category; each measure is two columns, its value and whether that may still change, a ratio four; a row of the
whole has `Total` in both filters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from care_reviews.measure_words import breakdown_title, group_title
from care_reviews.open_data import places
from care_reviews.open_data.picture import Cell, Definition, Picture
from care_reviews.open_data.places import Place
from care_reviews.open_data.times import GRAINS, time_of

NOT_APPLICABLE = "z"
TOTAL = "Total"
FILTERS = ("breakdown_topic", "breakdown")
META_HEADER = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
# Decimals that a table shows; the data holds all.
_DECIMALS = {
    "percent": "1",
    "alerts_per_100_children": "1",
    "children_per_fte": "1",
    "children_per_10k": "1",
    "fte": "2",
}
# The service takes numbers alone: a word for the state of a value would be no indicator.
PROVISIONAL, STATE_SAYS = "provisional", "Provisional (1) or final (0)"


@dataclass(frozen=True)
class Table:
    """The rows of a data file and of its description, header first. `name` has no ending.

    `provisional`: periods that may still change, as (time_period, time_identifier).
    """

    name: str
    title: str
    group: str
    grain: str
    rows: tuple[tuple[str, ...], ...]
    meta: tuple[tuple[str, ...], ...]
    provisional: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Column:
    name: str
    label: str
    part: str
    unit: str
    decimals: str
    grouping: str | None = None


def tables(picture: Picture, place: Place) -> list[Table]:
    """The tables of a publication, group by group; a kind of period without any value has none."""
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in picture.cells:
        found[picture.measures[cell.measure_id].measure_group, cell.period_grain].append(cell)
    return [
        _table(picture, place, group, grain, cells)
        for group in picture.groups
        for grain in GRAINS
        if (cells := found.get((group, grain)))
    ]


def number(value: Decimal | int) -> str:
    """A number as it is published, without zeros that say nothing."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def topic_of(breakdown: str) -> str:
    """The title of a breakdown for readers."""
    return TOTAL if breakdown == "all" else breakdown_title(breakdown)


def category_of(cell: Cell) -> str:
    """The name of a cell's category for readers; a code with what it means."""
    if cell.breakdown == "all":
        return TOTAL
    is_code = cell.category_name not in (None, cell.category)
    return f"{cell.category}: {cell.category_name}" if is_code else cell.category


def shown(cell: Cell | None, part: str) -> str:
    """`value`, `numerator` or `denominator` of a cell: its number, else the symbol that says why there is
    none; `provisional`: 1 where late recording may still change it, else 0. A measure that is not published
    for a category is not applicable there.
    """
    if cell is None:
        return NOT_APPLICABLE
    if part == PROVISIONAL:
        return str(int(cell.status == PROVISIONAL))
    value = getattr(cell, part)
    return number(value) if value is not None else cell.symbol or NOT_APPLICABLE


def _table(picture: Picture, place: Place, group: str, grain: str, cells: Sequence[Cell]) -> Table:
    present = {cell.measure_id for cell in cells}
    measures = [each for each in picture.groups[group] if each.measure_id in present]
    publication = picture.publication
    words = GRAINS[grain]
    return Table(
        name=f"{group}_{words.word}_{place.authority_code.lower()}_publication-{publication.publication_id}",
        title=f"{group_title(group)}: {words.says[0].lower()}{words.says[1:]}, {place.la_name}, publication "
        f"{publication.publication_id}, as known on {publication.as_known}",
        group=group,
        grain=grain,
        rows=tuple(_rows(picture, place, grain, cells, measures)),
        meta=tuple(_meta(grain, measures, any(cell.breakdown != "all" for cell in cells))),
        provisional=_provisional(grain, cells),
    )


def _rows(
    picture: Picture, place: Place, grain: str, cells: Sequence[Cell], measures: Sequence[Definition]
) -> Iterable[tuple[str, ...]]:
    columns = [(each.measure_id, column) for each in measures for column in _columns(each)]
    names = (column.name for _, column in columns)
    yield ("time_period", "time_identifier", *places.HEADER, *FILTERS, *names)
    by_row: dict[tuple[object, ...], dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        by_row[picture.place(cell)][cell.measure_id] = cell
    for _, row in sorted(by_row.items(), key=lambda item: item[0]):
        one = next(iter(row.values()))
        yield (
            *time_of(grain, one.period_start, one.period_end),
            *place.cells,
            topic_of(one.breakdown),
            category_of(one),
            *(shown(row.get(measure), column.part) for measure, column in columns),
        )


def _columns(definition: Definition) -> list[_Column]:
    name, label, unit = definition.measure_id, definition.name, definition.unit
    sign = "%" if unit == "percent" else ""
    columns = [_Column(name, label, "value", sign, _DECIMALS.get(unit, "0"))]
    if definition.denominator is not None:
        hundredths = " (hundredths)" if unit == "children_per_fte" else ""
        columns += [
            _Column(f"{name}_numerator", f"{label}: numerator", "numerator", "", "0"),
            _Column(f"{name}_denominator", f"{label}: denominator{hundredths}", "denominator", "", "0"),
        ]
    return [
        *columns,
        _Column(f"{name}_provisional", f"{label}: provisional", PROVISIONAL, "", "0", STATE_SAYS),
    ]


def _meta(grain: str, measures: Sequence[Definition], has_parts: bool) -> Iterable[tuple[str, ...]]:
    yield META_HEADER
    if has_parts:
        # A filter that is always `Total` would be none.
        yield ("breakdown", "Filter", "Breakdown", "", "", "", "Choose what to break down by", FILTERS[0])
    for definition in measures:
        for column in _columns(definition):
            says = column.grouping or GRAINS[grain].says
            yield (column.name, "Indicator", column.label, says, column.unit, column.decimals, "", "")


def _provisional(grain: str, cells: Sequence[Cell]) -> tuple[tuple[str, str], ...]:
    periods = sorted({(cell.period_end, cell.period_start) for cell in cells if cell.status == PROVISIONAL})
    return tuple(time_of(grain, start, end) for end, start in periods)
