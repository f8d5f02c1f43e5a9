"""Which quantities cannot be found out: another picture, in whole numbers, says all that is shown.

A picture that differs from the true one in what is unknown alone, and satisfies every relation, is one that
no reader can rule out. The linear solver only proposes such pictures. What counts is that they satisfy every
relation, which is checked in whole numbers: no rounding of the solver makes a secret of what is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from care_reviews.disclosure.equations import Unknowns
from care_reviews.disclosure.quantities import Quantity

Numbers = np.ndarray[Any, np.dtype[np.int64]]

# A quantity that nothing bounds may be this many: more than any council has of anything.
MOST = 1_000_000
# Pictures at random, then those in which the quantities left are most and fewest.
PROPOSALS = ("random", "random", "fewest", "most")


class Part(NamedTuple):
    """Equations that have to do with each other, `matrix` times the unknown = `sums`, and the secrets in
    them: the quantities at `columns`.
    """

    matrix: csr_array
    sums: Numbers
    secrets: tuple[Quantity, ...]
    columns: Numbers

    @property
    def name(self) -> tuple[object, ...]:
        """The same for a part that is the same."""
        matrix = self.matrix
        arrays = (matrix.indptr, matrix.indices, matrix.data, self.sums, self.columns)
        return (self.secrets, *(array.tobytes() for array in arrays))


class Certificates:
    """Finds out what cannot be found out, and remembers it for parts that stay the same."""

    def __init__(self, true: Mapping[Quantity, int]) -> None:
        self.true = true
        self._known: dict[tuple[object, ...], list[Quantity]] = {}

    def free(self, unknowns: Unknowns, secret: set[Quantity]) -> set[Quantity]:
        """Those of the secret quantities for which another picture is there."""
        found = {one for one in secret if one not in unknowns.column}  # in no relation at all
        for part in _parts(unknowns, sorted(secret - found)):
            if part.name not in self._known:
                self._known[part.name] = self._free_in(part)
            found.update(self._known[part.name])
        return found

    def _free_in(self, part: Part) -> list[Quantity]:
        numbers = np.array([self.true[one] for one in part.secrets])
        left = np.ones(len(numbers), dtype=bool)
        random = np.random.default_rng(1)
        for proposal in PROPOSALS:
            wish = np.zeros(part.matrix.shape[1])
            if proposal == "random":
                wish = random.integers(-9, 10, len(wish)).astype(float)
            else:
                wish[part.columns[left]] = 1 if proposal == "fewest" else -1
            picture = _picture(part, wish)
            if picture is not None:
                left &= picture[part.columns] == numbers
            if not left.any():
                break
        return [one for one, is_left in zip(part.secrets, left, strict=True) if not is_left]


def _picture(part: Part, wish: Any) -> Numbers | None:
    """Whole numbers that satisfy the equations, with the least total of the wish; None if none were found."""
    solved = linprog(wish, A_eq=part.matrix, b_eq=part.sums, bounds=(0, MOST), method="highs")
    if solved.x is None:
        return None
    picture = np.rint(solved.x).astype(np.int64)
    return picture if bool((part.matrix @ picture == part.sums).all()) and picture.min() >= 0 else None


def _parts(unknowns: Unknowns, asked: Iterable[Quantity]) -> Iterator[Part]:
    """The parts of the equations that these quantities are in."""
    height, width = unknowns.matrix.shape
    entries = unknowns.matrix.tocoo()
    links = (np.ones(entries.nnz), (entries.row, entries.col + height))
    count, label = connected_components(csr_array(links, shape=(height + width,) * 2), directed=False)
    rows, columns = _grouped(label[:height], count), _grouped(label[height:], count)
    secrets = defaultdict(list)
    for one in asked:
        secrets[label[height + unknowns.column[one]]].append(one)
    place = np.empty(width, dtype=np.int64)
    for part, ones in secrets.items():
        place[columns[part]] = np.arange(len(columns[part]))
        matrix = unknowns.matrix[rows[part]][:, columns[part]]
        at = place[[unknowns.column[one] for one in ones]]
        yield Part(matrix, unknowns.sums[rows[part]], tuple(ones), at)


def _grouped(label: Any, count: int) -> Sequence[Numbers]:
    """The indices that have each label."""
    ends = np.cumsum(np.bincount(label, minlength=count))
    return np.split(np.argsort(label, kind="stable"), ends[:-1])
