"""Which cells of a publication are hidden, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from care_reviews.disclosure.cells import Cell, CellKey, is_primary
from care_reviews.disclosure.costs import cost_of
from care_reviews.disclosure.equations import Equations
from care_reviews.disclosure.flows import of_flows
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.quantities import LEFT, Quantity, is_bound
from care_reviews.disclosure.relations import (
    LATE,
    Relation,
    of_categories,
    of_cells,
    of_days,
    of_measures,
    of_parts,
    whole_of,
)
from care_reviews.disclosure.swaps import cheapest, safe_already
from care_reviews.disclosure.times import months_of, of_times
from care_reviews.small_counts import is_small

# A grain is too fine for a measure when more than this share of its spans is small.
FEW = 1 / 3


def suppressed(cells: Mapping[CellKey, Cell], before: Picture | None = None) -> dict[CellKey, str]:
    """The cells to hide, each with its reason: primary for what stands in it, secondary for what it would
    give away, told where readers of publications before can work it out nevertheless. `before`: what the last
    publication showed, for readers remember it. The same cells are always hidden for the same input, so that
    a publication can be made again.
    """
    before = before or Picture({})
    reasons = _suppressed(cells, before, set())
    # Nobody takes a zero for shown that may yet be hidden: it is the last that is.
    zeros = _zeros_beside({key for key, reason in reasons.items() if reason == "told"}, cells, before)
    return _suppressed(cells, before, zeros) if zeros else reasons


def _zeros_beside(told: set[CellKey], cells: Mapping[CellKey, Cell], before: Picture) -> set[CellKey]:
    """The zeros in a row of categories with what is told, but for those that readers have seen before."""
    rows = {key._replace(category="") for key in told}
    return {
        key
        for key, cell in cells.items()
        if not cell.numerator
        and key.breakdown != "all"
        and key._replace(category="") in rows
        and (before.cells.get(key) != cell or key in before.hidden)
    }


def _suppressed(cells: Mapping[CellKey, Cell], before: Picture, zeros: set[CellKey]) -> dict[CellKey, str]:
    """The same with some zeros hidden from the start."""
    picture = Picture(dict(sorted(cells.items())))
    relations = relations_of(picture)
    primary = {key for key, cell in cells.items() if is_primary(cell)}
    unchanged = {key for key in before.hidden if cells.get(key) == before.cells[key]}
    hidden = primary | unchanged | zeros | too_fine(cells, primary)
    _take_empty(picture, relations, hidden)
    _take_outside(picture, relations, before)
    _take_late(picture, relations)
    picture.known = {
        one
        for one, number in before.number.items()
        if not before.is_hidden(one) and picture.number.get(one) == number
    }
    picture.hide(hidden)
    told = _protect(picture, Equations(relations, picture.number, picture.some), primary)
    reasons = {key: "primary" if key in primary else "secondary" for key in picture.hidden}
    return reasons | {key: "told" for key in reasons if told.intersection(picture.secrets[key])}


def too_fine(cells: Mapping[CellKey, Cell], primary: set[CellKey]) -> set[CellKey]:
    """Every month of a measure of which so many are small that the others tell little, and every quarter
    likewise: single ones would cost the longer spans, which tell more. A quarter that its months tell stays.
    """
    spans = {key for key in cells if key.breakdown == "all" and key.period_grain in ("month", "quarter")}
    count = Counter((key.measure_id, key.period_grain) for key in spans)
    small = Counter((key.measure_id, key.period_grain) for key in spans & primary)
    fine = {key for key in spans if small[key[:2]] > FEW * count[key[:2]]}
    months = Counter(_quarter_of(key) for key in spans - fine - primary if key.period_grain == "month")
    return {key for key in fine if key.period_grain == "month" or months[_quarter_of(key)] < 3}


def _quarter_of(key: CellKey) -> tuple[str, int, int]:
    """The measure, and the quarter that a month or quarter begins in."""
    return key.measure_id, key.period_start.year, (key.period_start.month - 1) // 3


def _protect(picture: Picture, equations: Equations, primary: set[CellKey]) -> set[Quantity]:
    """Hide cells until every secret could be another number; gives those that can be none whatever is hidden,
    because publications before have told them.
    """
    place = equations.place
    costs = np.zeros(len(equations.quantities))
    for key in picture.cells.keys() - picture.hidden:
        costs[[place[one] for one in picture.shows[key]]] += cost_of(key, picture.cells[key])
    costs[[place[one] for one in picture.known | picture.empty]] = np.inf
    unknown = [n for one, n in place.items() if picture.is_unknown(one)]
    safe = {equations.quantities[n] for n in safe_already(equations, np.array(unknown))} if unknown else set()
    told: set[Quantity] = set()
    while waiting := sorted(picture.secret() - safe):
        for secret in waiting:
            if secret in safe:
                continue
            safe.add(secret)
            swap = cheapest(equations, costs, place[secret])
            if swap is None:
                told.add(secret)
                continue
            changed = [equations.quantities[n] for n in swap.changed]
            safe.update(changed)
            for key in {key for one in changed for key in picture.shown_by[one]} - picture.hidden:
                picture.hide([key])
                costs[[place[one] for one in picture.shows[key]]] -= cost_of(key, picture.cells[key])
    _show(picture, told, primary)
    return {one for one in told if picture.is_unknown(one)}


def _show(picture: Picture, told: set[Quantity], primary: set[CellKey]) -> None:
    """Show cells that are not small and that everybody can work out, whatever is hidden beside them, or that
    say what another cell shows.
    """
    for key in sorted(picture.hidden - primary):
        unknown = {one for one in picture.shows[key] if picture.is_unknown(one)} - told
        if all(one.name.startswith(LEFT) for one in unknown):  # by subtraction
            picture.show(key)


def relations_of(picture: Picture) -> list[Relation]:
    """Everything that readers can add up in a picture."""
    there = {one: number for one, number in picture.number.items() if not is_bound(one)}
    return [
        relation
        for found in (
            of_cells(picture.counts.values()),
            of_days(picture.cells, picture.counts, picture.number),
            of_measures(there),
            of_parts(there),
            of_categories(there),
            of_times(there),
            of_flows(there),
        )
        for relation in found
    ]


def _take_empty(picture: Picture, relations: list[Relation], hidden: set[CellKey]) -> None:
    """Where nothing happened in a span, nothing did in any category or month of it. A zero that no cell shows
    beside the hidden ones (what is left of 45 of 45, say) tells nobody that.
    """
    number = picture.number
    seen = {
        one
        for one, count in number.items()
        if not count and any(key not in hidden for key in picture.shown_by[one])
    }
    none = {month for one in seen for month in months_of(one)}
    for one in {one for relation in relations for one in relation.members} - number.keys():
        if one in none or whole_of(one) in seen:
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


def _take_late(picture: Picture, relations: list[Relation]) -> None:
    """A few children by whom two measures of timeliness differ are a secret as well."""
    for whole, parts, _, _ in relations:
        late = [part for part in parts if part.name in LATE]
        if late:
            count = picture.number[whole] - picture.number[parts[0]]
            picture.number[late[0]] = count
            if is_small(count):
                picture.outside.add(late[0])
