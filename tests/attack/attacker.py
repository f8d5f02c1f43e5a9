"""The attack: which suppressed numbers can have one value alone?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from care_reviews.disclosure.cells import CellKey
from tests.attack.sums import (
    DAYS,
    ONE,
    Term,
    between_categories,
    between_days,
    between_measures,
    between_times,
    late,
    of_children_over_time,
    of_days,
    of_later_reviews,
    of_settled_spans,
    within_others,
)

MOST = 100_000


class Shown(NamedTuple):
    """What a reader sees of a cell; both are None where it is suppressed."""

    numerator: int | None
    denominator: int | None
    unit: str
    is_hidden: bool
    is_some: bool = False  # hidden, and not for nothing: a count of none is shown


class Attack:
    """Everything that a reader knows, as equations between numbers that are not negative."""

    def __init__(self, shown: Mapping[CellKey, Shown]) -> None:
        self.place: dict[Term, int] = {}
        self.known: dict[int, int] = {}
        self.sums: list[list[tuple[int, int]]] = []
        self.some: set[int] = set()
        cells = set(shown)
        of_shares = {key for key, cell in shown.items() if has_denominator(cell)}
        for key, cell in shown.items():
            if cell.unit == "percent":
                self._add([(1, ("n", key)), (1, ("left", key)), (-1, ("d", key))])
            if cell.is_some:
                self.some.add(self._at(("n", key)))
            if not cell.is_hidden:
                self._know(("n", key), cell.numerator)
                self._know(("d", key), cell.denominator)
        for each in between_measures(cells):
            self._add(each)
        self._know(ONE, 1)
        days = {
            key: (cell.numerator, cell.denominator)
            for key, cell in shown.items()
            if key.measure_id in DAYS and cell.denominator
        }
        for each in (*of_days(days), *of_children_over_time(cells)):
            self._add([*each, (-1, ("surplus", len(self.sums)))])
        for each, may_be_more in (*within_others(cells), *between_categories(cells, of_shares)):
            surplus = [(-1, ("surplus", len(self.sums)))] if may_be_more else []
            self._add([*each, *surplus])
        for each in between_times(cells, of_shares):
            self._add(each)
        for each in (*between_days(cells), *of_settled_spans(cells), *of_later_reviews(cells)):
            self._add(each)
        for left, whole, part in late(cells):
            self._add([(1, whole), (-1, part), (-1, left)])
        self._shares_of_months(shown)

    def _shares_of_months(self, shown: Mapping[CellKey, Shown]) -> None:
        """Of no month is the numerator of a share above its denominator."""
        percentages = {key.measure_id for key, cell in shown.items() if cell.unit == "percent"}
        for term in [term for term in self.place if term[0] == "n" and len(term) == 3]:
            if term[1] in percentages:
                of = ("d", *term[1:])
                self._add([(1, term), (1, ("left", *term[1:])), (-1, of)])

    def _at(self, term: Term) -> int:
        return self.place.setdefault(term, len(self.place))

    def _know(self, term: Term, number: int | None) -> None:
        if number is not None:
            self.known[self._at(term)] = number

    def _add(self, each: list[tuple[int, Term]]) -> None:
        self.sums.append([(factor, self._at(term)) for factor, term in each])

    def found_out(self, wanted: set[Term]) -> dict[Term, int]:
        """The terms among these that can have one value alone, with it."""
        matrix, sums, columns = self._equations()
        at = {place: column for column, place in enumerate(columns)}
        places = {self.place[term]: term for term in wanted if term in self.place}
        terms = {at[place]: term for place, term in places.items() if place in at}
        found: dict[Term, int] = {}
        for rows, part in parts(matrix):
            targets = np.array([n for n, column in enumerate(part) if column in terms], dtype=int)
            if len(targets):
                least = np.array([columns[column] in self.some for column in part], dtype=int)
                fixed = fixed_in(matrix[rows][:, part], sums[rows], targets, least)
                found |= {terms[part[target]]: value for target, value in fixed.items()}
        return found

    def _equations(self) -> tuple[Any, Any, list[int]]:
        """The equations with what is known put in, and the terms that their columns stand for."""
        columns = [place for place in range(len(self.place)) if place not in self.known]
        at = {place: column for column, place in enumerate(columns)}
        entries: list[tuple[int, int, int]] = []
        sums: list[int] = []
        for each in self.sums:
            unknown = [(factor, at[place]) for factor, place in each if place in at]
            total = -sum(factor * self.known[place] for factor, place in each if place in self.known)
            if unknown:
                entries += [(len(sums), column, factor) for factor, column in unknown]
                sums.append(total)
            else:
                assert total == 0, "what is shown contradicts itself"
        rows, places, factors = np.array(entries, dtype=int).reshape(-1, 3).T
        return csr_array((factors, (rows, places)), shape=(len(sums), len(columns))), np.array(sums), columns


def has_denominator(cell: Shown) -> bool:
    return cell.unit in ("percent", "working_days")


def parts(matrix: Any) -> list[tuple[Any, Any]]:
    """The rows and columns that have to do with each other."""
    height, width = matrix.shape
    found = matrix.tocoo()
    graph = csr_array((np.ones(found.nnz), (found.row, found.col + height)), shape=(height + width,) * 2)
    _, label = connected_components(graph, directed=False)
    rows, columns = defaultdict(list), defaultdict(list)
    for row in range(height):
        rows[label[row]].append(row)
    for column in range(width):
        columns[label[column + height]].append(column)
    return [(np.array(rows[part], dtype=int), np.array(columns[part])) for part in columns]


def fixed_in(matrix: Any, sums: Any, targets: Any, least: Any) -> dict[int, int]:
    """Those of the target columns that have the same value in every solution in whole numbers, with it. None
    is below `least`.

    A few solutions rule most out; of each that is left the least and the most are asked for.
    """
    first = solution(matrix, sums, np.zeros(matrix.shape[1]), least)
    random = np.random.default_rng(7)
    left = targets
    for sign in (1, -1, 1, -1):
        wish = sign * random.integers(1, 100, matrix.shape[1])
        left = left[solution(matrix, sums, wish, least)[left] == first[left]]
    fixed = {}
    for target in left:
        wish = np.zeros(matrix.shape[1])
        wish[target] = 1
        lowest, highest = (solution(matrix, sums, sign * wish, least)[target] for sign in (1, -1))
        if lowest == highest:
            fixed[int(target)] = int(lowest)
    return fixed


def solution(matrix: Any, sums: Any, wish: Any, least: Any) -> Any:
    """The whole numbers of the least `wish`."""
    if not matrix.shape[0]:
        return np.where(wish < 0, MOST, least)
    solved = milp(
        wish,
        constraints=LinearConstraint(matrix, sums, sums),
        bounds=Bounds(least, MOST),
        integrality=np.ones(matrix.shape[1]),
    )
    assert solved.x is not None, f"no solution: {solved.message}"
    return np.rint(solved.x).astype(int)
