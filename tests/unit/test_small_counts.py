"""Counts as they may be told: nothing that is told beside a small one leaves a single value for it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews.small_counts import FEW, split, told

WORDS = {told(number): [n for n in range(61) if told(n) == told(number)] for number in range(61)}


def possible(words: dict[str, str], whole: str, part: str) -> set[int]:
    """What a reader may take a part for, who knows all words, by trying every number."""
    found = set()
    for numbers in product(*(WORDS[each] for each in words.values())):
        if told(sum(numbers)) == whole:
            found.add(dict(zip(words, numbers, strict=True))[part])
    return found


@given(st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 15), min_size=1))
def test_no_part_can_be_told_from_the_others_and_the_sum(parts: dict[str, int]) -> None:
    words = split(parts)
    if words is not None:
        for part in (name for name, said in words.items() if said == FEW):
            assert len(possible(words, told(sum(parts.values())), part)) >= 3


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, {}),
        ({"A": 3}, {"A": "1 to 5"}),
        ({"A": 2, "B": 3}, {"A": "1 to 5", "B": "1 to 5"}),
        ({"A": 14, "B": 5}, {"A": "15", "B": "1 to 5"}),
        ({"A": 7, "B": 12}, {"A": "10", "B": "15"}),
        ({"A": 1, "B": 1, "C": 1, "D": 2}, None),  # four of at most five
        ({"A": 1, "B": 6, "C": 6, "D": 6, "E": 6}, None),  # all at their least: 25 leaves 1
        ({"A": 1, "B": 6, "C": 6, "D": 6, "E": 7}, {"A": "1 to 5"} | dict.fromkeys("BCDE", "10")),
    ],
)
def test_parts_that_would_tell_a_small_one_are_not_told(
    parts: dict[str, int], words: dict[str, str] | None
) -> None:
    assert split(parts) == words


def test_beside_what_is_known_exactly_every_value_may_be_asked_for() -> None:
    at_the_edge = {"A": 1, "B": 101}  # 102 is told as 105: beside 101 A is at most 4
    assert split(at_the_edge, exact={"B"}) == {"A": "1 to 5", "B": "105"}
    assert split(at_the_edge, exact={"B"}, possible=5) is None
    assert split({"A": 1, "B": 100}, exact={"B"}, possible=5) == {"A": "1 to 5", "B": "100"}
    assert split({"A": 1, "B": 104}, exact={"B"}) is None  # 105 leaves 1 alone


@given(st.integers(1, 5), st.integers(6, 10_000))
def test_a_difference_of_two_counts_does_not_tell_a_few(few: int, more: int) -> None:
    whole, part = told(more + few), told(more)
    differences = {
        a - b
        for a in range(more - 10, more + 20)
        for b in range(more - 10, more + 10)
        if a > b > 5 and (told(a), told(b)) == (whole, part)
    }
    assert len(differences & set(range(1, 6))) >= 4
