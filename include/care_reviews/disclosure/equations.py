"""The equations that relations make between quantities, as a reader can write them down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import Relation

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Entries = list[tuple[int, int, int]]


class Equations:
    """`terms` times the numbers of the quantities, and `others` times numbers of which readers know that they
    are there and no more (quantities that are not published, and what is left over in an inequality), are 0.

    `place`: which column of the terms is whose. `least`: what each number is at least, as readers know: 1 of
    `some`.
    """

    def __init__(
        self, relations: Iterable[Relation], number: Mapping[Quantity, int], some: Collection[Quantity] = ()
    ) -> None:
        self.place = {one: place for place, one in enumerate(number)}
        self.quantities = list(number)
        self.numbers = np.fromiter(number.values(), np.int64, len(number))
        self.least = np.fromiter((one in some for one in number), np.int64, len(number))
        terms: Entries = []
        others: Entries = []
        named: dict[Quantity, int] = {}
        count = rows = 0
        for relation in relations:
            is_known = self.place.keys() >= set(relation.members)
            for factors in _factors_of(relation, is_known):
                for one, factor in factors:
                    if one in self.place:
                        terms.append((rows, self.place[one], factor))
                    elif one in named:
                        others.append((rows, named[one], factor))
                    else:
                        others.append((rows, count, factor))
                        named |= {} if one is None else {one: count}
                        count += 1
                rows += 1
        self.terms = _matrix(terms, (rows, len(number)))
        self.others = _matrix(others, (rows, count))
        # What the others make up; where there are none what the terms make up stays as it is.
        has_others = np.diff(self.others.indptr) > 0
        self.sums: Numbers = np.where(has_others, -(self.terms @ self.numbers), 0)
        self._of_terms, self._of_others = csr_array(self.terms.T), csr_array(self.others.T)

    def beside(self, columns: Numbers, by_others: bool = False) -> Numbers:
        """The columns of the terms in any equation with these, themselves among them. `by_others`: also in
        equations that share one of the others with those.
        """
        rows = self.of(columns)[0] if by_others else self._of_terms[columns].indices
        return np.unique(self.terms[rows].indices)

    def of(self, columns: Numbers) -> tuple[Numbers, Numbers]:
        """The equations with any of these terms, and those that have to do with them by the others; and the
        columns of those others.
        """
        rows = np.unique(self._of_terms[columns].indices)
        while True:
            others = np.unique(self.others[rows].indices)
            found = np.union1d(rows, self._of_others[others].indices)
            if len(found) == len(rows):
                return rows, others
            rows = found


def _matrix(entries: Entries, shape: tuple[int, int]) -> Any:
    rows, columns, factors = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    return csr_array((factors, (rows, columns)), shape=shape)


def _factors_of(relation: Relation, is_known: bool) -> list[list[tuple[Quantity | None, int]]]:
    """Factors of an equation, or of one for each inequality; None takes up what may be more.

    Few children are in two parts: where all is known how many there are is taken for known too.
    """
    terms: list[tuple[Quantity | None, int]] = [(relation.whole, -1)]
    terms += [(part, 1) for part in relation.parts] + [(part, -1) for part in relation.less]
    if relation.is_exact:
        return [terms]
    more: list[tuple[Quantity | None, int]] = [] if is_known else [(None, -1)]
    return [[*terms, *more], *([(relation.whole, -1), (part, 1), (None, 1)] for part in relation.parts)]
