"""What readers see while cells are being hidden: which quantities are shown, and by which cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.disclosure.quantities import Quantity, counts_of, is_bound, numbers_of
from care_reviews.small_counts import is_small


class Picture:
    """Cells, the quantities that they show, and which of both are hidden.

    `number`: how many each quantity is. `empty`: those that no cell shows and every reader knows to be none.
    `outside`: those that no cell shows and readers must not work out. `known`: those that readers have seen
    elsewhere, and that no hiding takes back. `some`: those of which a hidden cell tells that they are not
    none, as a count of none is shown.
    """

    def __init__(self, cells: Mapping[CellKey, Cell], hidden: Iterable[CellKey] = ()) -> None:
        self.cells = cells
        self.hidden: set[CellKey] = set()
        self.known: set[Quantity] = set()
        self.empty: set[Quantity] = set()
        self.outside: set[Quantity] = set()
        self.some: set[Quantity] = set()
        self.number: dict[Quantity, int] = {}
        self.shows: dict[CellKey, tuple[Quantity, ...]] = {}
        self.secrets: dict[CellKey, tuple[Quantity, ...]] = {}
        self.shown_by: dict[Quantity, list[CellKey]] = defaultdict(list)
        self.counts = {key: counts_of(key, cell) for key, cell in cells.items()}
        for key, cell in cells.items():
            self._add(key, cell)
        self.times_shown = Counter({one: len(keys) for one, keys in self.shown_by.items()})
        self.hide(hidden)

    def _add(self, key: CellKey, cell: Cell) -> None:
        pairs = zip(self.counts[key], numbers_of(key, cell), strict=True)
        there = [(one, number) for one, number in pairs if one is not None and number is not None]
        self.shows[key] = tuple(one for one, _ in there)
        # None is none; and a denominator is mostly shown elsewhere as well: only a small one is a secret.
        self.secrets[key] = tuple(
            one
            for one, number in there
            if not is_bound(one) and (is_small(number) or (number and one == self.counts[key].numerator))
        )
        numerator, denominator, _ = self.counts[key]
        if numerator and not denominator and cell.numerator:
            self.some.add(numerator)
        for one, number in there:
            self.number[one] = number
            self.shown_by[one].append(key)

    def is_hidden(self, one: Quantity) -> bool:
        """Whether no cell shows the quantity."""
        return not self.times_shown[one] and one not in self.empty

    def is_unknown(self, one: Quantity) -> bool:
        """Whether no cell shows the quantity, and none has before."""
        return self.is_hidden(one) and one not in self.known

    def hide(self, keys: Iterable[CellKey]) -> None:
        """Hide cells."""
        for key in keys:
            if key not in self.hidden:
                self.hidden.add(key)
                self.times_shown.subtract(self.shows[key])

    def show(self, key: CellKey) -> None:
        """Show a hidden cell after all."""
        self.hidden.remove(key)
        self.times_shown.update(self.shows[key])

    def secret(self) -> set[Quantity]:
        """The quantities that readers must not find out; those that they know already cannot be kept."""
        found = {one for key in self.hidden for one in self.secrets[key]} | self.outside
        return {one for one in found if self.is_unknown(one)}
