"""The equations that relations leave between unknown quantities, as a reader can write them down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.sparse import csr_array

from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import Relation

Terms = list[tuple[int, Quantity | None]]


class Unknowns:
    """`matrix` times the unknown quantities (none of them negative) = `sums`; `column`: where each stands.

    `shown`: what readers know. Every other quantity of a relation is unknown.
    """

    def __init__(self, relations: Iterable[Relation], shown: Mapping[Quantity, int]) -> None:
        self.column: dict[Quantity, int] = {}
        self._width = 0
        self._entries: list[tuple[int, int, int]] = []
        sums: list[int] = []
        for relation in relations:
            for terms in _equations(relation):
                if any(one is not None and one not in shown for _, one in terms):
                    sums.append(self._add(len(sums), terms, shown))
        rows, columns, factors = np.array(self._entries, dtype=np.int64).reshape(-1, 3).T
        self.matrix = csr_array((factors, (rows, columns)), shape=(len(sums), self._width))
        self.sums = np.array(sums, dtype=np.int64)

    def _add(self, row: int, terms: Terms, shown: Mapping[Quantity, int]) -> int:
        """Write a row down; gives what its unknown terms add up to."""
        total = 0
        for factor, one in terms:
            if one is not None and one in shown:
                total -= factor * shown[one]
            else:
                self._entries.append((row, self._place(one), factor))
        return total

    def _place(self, one: Quantity | None) -> int:
        if one is not None and one in self.column:
            return self.column[one]
        self._width += 1
        if one is not None:
            self.column[one] = self._width - 1
        return self._width - 1


def _equations(relation: Relation) -> list[Terms]:
    """Terms that add up to 0. A surplus (None) takes up what may be more."""
    terms: Terms = [(-1, relation.whole)]
    terms += [(1, part) for part in relation.parts] + [(-1, part) for part in relation.less]
    if relation.is_exact:
        return [terms]
    return [[*terms, (-1, None)], *([(-1, relation.whole), (1, part), (1, None)] for part in relation.parts)]
