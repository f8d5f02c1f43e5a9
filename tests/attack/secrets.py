"""What a reader must not find out, and what is shown, of cells whose values the test knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from care_reviews.disclosure.cells import Cell, CellKey
from tests.attack.attacker import Shown
from tests.attack.sums import DAYS, Term, late

SMALL = range(1, 6)
# The numerator of each of these is the numerator, or the denominator, of another measure.
SHOWS_NUMERATOR = {
    "alerts_per_100_children": "alerts_raised",
    "progress_update_coverage": "progress_update_with_child",
}


def shown_of(
    cells: Mapping[CellKey, Cell], hidden: Collection[CellKey], remembered: Collection[CellKey] = ()
) -> dict[CellKey, Shown]:
    """What readers know of the cells when some are hidden, and they remember what stood in some of those."""
    found = {}
    for key, cell in cells.items():
        is_hidden = key in hidden and key not in remembered
        numbers = (None, None) if is_hidden else (cell.numerator, cell.denominator)
        is_some = is_hidden and cell.denominator is None and bool(cell.numerator)
        found[key] = Shown(*numbers, cell.unit, is_hidden, is_some)
    return found


def remembered_from(
    other: Mapping[CellKey, Cell], hidden_there: Collection[CellKey], cells: Mapping[CellKey, Cell]
) -> set[CellKey]:
    """The cells that another publication showed just as they are."""
    return {key for key, cell in other.items() if key not in hidden_there and cells.get(key) == cell}


def secrets_of(cells: Mapping[CellKey, Cell], hidden: Collection[CellKey]) -> set[Term]:
    """Of hidden cells every numerator that is not none, and small denominators and complements; and the few
    children by whom two measures of timeliness differ, whatever is hidden.

    Another measure may show a numerator beside it: then the cell is hidden for its denominator.
    """
    found: set[Term] = set()
    for key in hidden:
        numerator, denominator, unit = cells[key]
        beside = SHOWS_NUMERATOR.get(key.measure_id)
        is_shown_beside = beside is not None and key._replace(measure_id=beside) not in hidden
        if numerator and key.measure_id not in DAYS and not is_shown_beside:
            found.add(("n", key))
        if denominator in SMALL and unit in ("percent", "working_days"):
            found.add(("d", key))
        if unit == "percent" and (denominator or 0) - (numerator or 0) in SMALL:
            found.add(("left", key))
    return found | {
        left for left, whole, part in late(cells) if _number(cells, whole) - _number(cells, part) in SMALL
    }


def _number(cells: Mapping[CellKey, Cell], term: Term) -> int:
    numerator, denominator, _ = cells[term[1]]
    by_kind = {"n": numerator or 0, "d": denominator or 0, "left": (denominator or 0) - (numerator or 0)}
    return by_kind[term[0]]
