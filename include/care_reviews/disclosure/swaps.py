"""The cheapest other picture that says the same but for a secret: what of it is shown has to be hidden.

A picture with other whole numbers that satisfies every equation and agrees in all that is shown is one that
no reader can rule out: none is negative, and none is 0 where readers know that there is one. It proves the
secret a secret. The linear solver only proposes it: the equations are checked in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array, hstack

from care_reviews.disclosure.costs import WHOLE, WHOLE_IN_MARCH
from care_reviews.disclosure.equations import Equations, Numbers
from care_reviews.disclosure.quantities import LEFT
from care_reviews.disclosure.solver import Solver

# How many equations away from a secret quantities may change; where that is not enough, further.
# What is left of a share is an equation further from its like than the share.
NEAR = (2, 3, 4, 6, 1000)
# Nor is it enough where it costs a figure of an annual report.
DEAR = min(WHOLE["financial_year"], WHOLE_IN_MARCH)
# A change costs a little where nothing has to be hidden for it, or what need not would change.
LITTLE = 0.01
# So many pictures at random, in which nothing changes by more, tell most of what is safe as it is.
PICTURES, BY_MOST = 4, 9


class Swap(NamedTuple):
    """The places of the quantities that are different in the other picture, and what hiding them costs."""

    changed: Numbers
    cost: float


def safe_already(equations: Equations, hidden: Numbers) -> Numbers:
    """Places of quantities, hidden all of them, that are different in another picture."""
    part = Part(equations, hidden, np.zeros(len(hidden)))
    random = np.random.default_rng(1)
    found = [part.at_random(random.integers(-9, 10, len(hidden))) for _ in range(PICTURES)]
    return np.unique(np.concatenate(found))


def cheapest(equations: Equations, costs: Any, secret: int) -> Swap | None:
    """The cheapest swap in which the secret is different; None where there is none. Equations that contradict
    each other tell nobody anything.

    `costs`: what it costs to hide each quantity; infinite where that would not help.
    """
    best: Swap | None = None
    for near in _ever_further(equations, costs, secret):
        part = Part(equations, near, costs[near])
        more = part.swap(secret, 1)
        if more is not None and more.cost < 1:
            return more
        found = [swap for swap in (best, more, part.swap(secret, -1)) if swap is not None]
        best = min(found, key=lambda swap: swap.cost, default=None)
        if best and best.cost < DEAR:
            break
    if best:
        return best
    return None if part.is_consistent() else Swap(np.array([secret]), 0)


def _ever_further(equations: Equations, costs: Any, secret: int) -> Iterator[Numbers]:
    """Places of what may change with a secret: near it, further, and at last by what nobody publishes too."""
    near, size = np.array([secret]), 0
    is_left = equations.quantities[secret].name.startswith(LEFT)
    for steps, by_others in (*((steps, False) for steps in NEAR[is_left:]), (NEAR[-1], True)):
        for _ in range(steps):
            around = equations.beside(near, by_others)
            around = np.union1d(near, around[np.isfinite(costs[around])])
            if len(around) == len(near):
                break
            near = around
        if len(near) > size:
            yield near
        size = len(near)


class Part:
    """The equations around a secret: those of every quantity `near`, each of which may change.

    Each may become more, in one column, or less, in another.
    """

    def __init__(self, equations: Equations, near: Numbers, costs: Any) -> None:
        rows, others = equations.of(near)
        terms = equations.terms[rows][:, near]
        self.near = near
        matrix = csr_array(hstack([terms, -terms, equations.others[rows][:, others]]))
        self.solver = Solver(matrix, equations.sums[rows])
        self.wish = np.concatenate([costs + LITTLE, costs + LITTLE, np.zeros(len(others))])
        any_number = np.full(len(near), np.inf)
        spare = equations.numbers[near] - equations.least[near]
        self.most = np.concatenate([any_number, spare, np.full(len(others), np.inf)])

    def swap(self, secret: int, sign: int) -> Swap | None:
        """The cheapest in which the secret is more (1), or less (-1)."""
        count, place = len(self.near), int(np.searchsorted(self.near, secret))
        least, most = np.zeros(len(self.wish)), self.most.copy()
        up, down = (place, count + place) if sign > 0 else (count + place, place)
        if most[up] < 1:
            return None
        least[up], most[down] = 1, 0
        found = self.solver.least(self.wish, least, most)
        if found is None:
            return None
        changed = self._changed(found)
        return Swap(self.near[changed], float(self.wish[changed].sum()))

    def is_consistent(self) -> bool:
        """Whether the true numbers satisfy the equations."""
        nothing = np.zeros(2 * len(self.near))
        most = np.concatenate([nothing, self.most[len(nothing) :]])
        return self.solver.least(self.wish, np.zeros(len(most)), most) is not None

    def at_random(self, wish: Numbers) -> Numbers:
        """The places of what is different in the picture nearest to a wish: none if it is not found."""
        others = len(self.wish) - 2 * len(self.near)
        most = np.concatenate([np.minimum(self.most[: 2 * len(self.near)], BY_MOST), np.full(others, np.inf)])
        found = self.solver.least(np.concatenate([wish, -wish, np.zeros(others)]), np.zeros(len(most)), most)
        return self.near[:0] if found is None else self.near[self._changed(found)]

    def _changed(self, found: Numbers) -> Numbers:
        count = len(self.near)
        return np.flatnonzero(found[:count] != found[count : 2 * count])
