"""Random numbers that depend on the seed and on what they are for, never on the order of the work.

In: a seed and the names of a stream ("reviews", 17). Out: a `random.Random` that is the same every time, and
helpers that choose from it: `pick` by weight, `spread` a total over shares, `sample_weighted`, `some_of`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *names: object) -> Random:
    """The random numbers for one purpose: the same seed and names give the same numbers on any machine."""
    return Random("|".join([str(seed), *map(str, names)]))


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """One key of a mapping, in proportion to its weight."""
    point = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        point -= weight
        if point < 0:
            return key
    return next(reversed(list(weights)))


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole parts proportional to the weights (largest remainder first), summing to the total."""
    scale = sum(weights)
    exact = [total * weight / scale for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def sample_weighted(rng: Random, items: Sequence[T], weights: Sequence[float], count: int) -> list[T]:
    """`count` different items, heavier ones likelier."""
    keyed = [(rng.random() ** (1.0 / weight), i) for i, weight in enumerate(weights) if weight > 0]
    keyed.sort(reverse=True)
    return [items[i] for _, i in keyed[:count]]


def some_of(rng: Random, items: Sequence[T], share: float, at_least: int = 1) -> list[T]:
    """A share of the items, and never fewer than `at_least` where there are that many."""
    count = min(len(items), max(at_least, round(share * len(items))))
    return rng.sample(items, count)
