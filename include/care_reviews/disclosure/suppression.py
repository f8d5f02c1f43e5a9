"""Which cells of a publication are hidden, and why."""

from __future__ import annotations

from collections.abc import Mapping

from care_reviews.disclosure.cells import Cell, CellKey, is_primary, is_small
from care_reviews.disclosure.flows import of_flows, small_series
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.protection import Protection
from care_reviews.disclosure.quantities import YEAR_SO_FAR
from care_reviews.disclosure.relations import Relation, of_categories, of_cells, of_measures, whole_of
from care_reviews.disclosure.times import months_of, of_times

# A grain is too fine where one of these has small cells.
NO_FINER_THAN = {
    "month": ("month", "quarter", "rolling_12_months"),
    "quarter": ("quarter", "rolling_12_months"),
    "rolling_12_months": ("rolling_12_months",),
}


def suppressed(cells: Mapping[CellKey, Cell], before: Picture | None = None) -> dict[CellKey, str]:
    """The cells to hide, each with its reason: primary for what stands in it, secondary for what it would
    give away. `before`: what the last publication showed, for readers remember it. The same cells are
    always hidden for the same input, so that a publication can be made again.
    """
    before = before or Picture({})
    picture = Picture(dict(sorted(cells.items())))
    relations = relations_of(picture)
    _take_empty(picture, relations)
    _take_outside(picture, relations, before)
    picture.known = {
        one
        for one, number in before.number.items()
        if not before.is_hidden(one) and picture.number.get(one) == number
    }
    protection = Protection(picture, relations)
    primary = {key for key, cell in cells.items() if is_primary(cell)}
    unchanged = {key for key in before.hidden if cells.get(key) == before.cells[key]}
    days = {key for one in small_series(picture.number) for key in picture.shown_by[one]}
    protection.hide(primary | unchanged | too_fine(cells, primary) | days)
    protection.settle(picture.outside - picture.known)
    while (given_away := protection.given_away()) and protection.widen(given_away):
        pass
    return {key: "primary" if key in primary else "secondary" for key in picture.hidden}


def too_fine(cells: Mapping[CellKey, Cell], primary: set[CellKey]) -> set[CellKey]:
    """Every month of a measure that has small ones, every quarter and month of one that has small quarters,
    and so on: with single gaps the sums over time would give them back, or take the years with them.
    """
    small = {(key.measure_id, _grain(key)) for key in primary if key.breakdown == "all"}
    return {
        key
        for key in cells
        if key.breakdown == "all"
        and any((key.measure_id, grain) in small for grain in NO_FINER_THAN.get(_grain(key), ()))
    }


def _grain(key: CellKey) -> str:
    """The year so far gives its last month by subtraction. What ends with March is a financial year."""
    if key.measure_id == YEAR_SO_FAR and key.period_grain == "snapshot":
        return "financial_year" if key.period_end.month == 3 else "month"
    if key.period_grain == "rolling_12_months" and key.period_end.month == 3:
        return "financial_year"
    return key.period_grain


def relations_of(picture: Picture) -> list[Relation]:
    """Everything that readers can add up in a picture."""
    there = picture.number
    return [
        relation
        for found in (
            of_cells(picture.counts.values()),
            of_measures(there),
            of_categories(there),
            of_times(there),
            of_flows(there),
        )
        for relation in found
    ]


def _take_empty(picture: Picture, relations: list[Relation]) -> None:
    """Where nothing happened in a span, nothing did in any category or month of it."""
    number = picture.number
    none = {month for one, count in number.items() if not count for month in months_of(one)}
    for one in {one for relation in relations for one in relation.members} - number.keys():
        if one in none or number.get(whole_of(one)) == 0:
            picture.empty.add(one)
    number.update(dict.fromkeys(picture.empty, 0))


def _take_outside(picture: Picture, relations: list[Relation], before: Picture) -> None:
    """The months before the first that is published: 12 months to one month end and to the next give them
    away. Those that are small, or were hidden while they were published, are secrets still.
    """
    number = picture.number
    for whole, parts, less, _ in relations:
        if len(less) == 1 and less[0] not in number and {whole, *parts} <= number.keys():
            month, count = less[0], sum(number[part] for part in parts) - number[whole]
            number[month] = count
            if is_small(count) or (count and before.number.get(month) == count and before.is_hidden(month)):
                picture.outside.add(month)
