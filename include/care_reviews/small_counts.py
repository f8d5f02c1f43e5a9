"""Counts of people, and of records about them, as they may be told: in steps of five.

A count of 1 to 5 is not told, and no larger one as it is: of two exact counts the difference may be the few.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

FEWEST, MOST = 1, 5
FEW = f"{FEWEST} to {MOST}"
ALL_BUT_FEW = f"all but {FEW}"
# Of a small count so many values at least must be possible by all that is told beside it.
LEAST_POSSIBLE = 3


def is_small(number: int | None) -> bool:
    """Whether the number is one of 1 to 5, which may tell who they are. None and zero are not."""
    return number is not None and FEWEST <= number <= MOST


def told(number: int) -> str:
    """A count in words: 0 as 0, 1 to 5 as that, a larger one rounded up to the next five."""
    return FEW if is_small(number) else f"{stepped(number):,}"


def spanned(number: int) -> str:
    """A count from the least to the most that it may be: beside limits, which it may lie between."""
    least, most = span(number)
    return f"{least:,} to {most:,}" if number else "0"


def stepped(number: int) -> int:
    """A count rounded up to the next five."""
    return -(-number // MOST) * MOST


def rest(part: int, whole: int) -> str:
    """A part beside the whole that it is taken from: where it is all, or all but a few, in these words."""
    if part and part == whole:
        return "all"
    return ALL_BUT_FEW if part > MOST and whole - part <= MOST else told(part)


def split(
    parts: Mapping[str, int], exact: Collection[str] = (), possible: int = LEAST_POSSIBLE
) -> dict[str, str] | None:
    """Parts in words, beside their sum as `told` tells it; None where they would tell a small part: leave
    fewer values for it than `possible`. `exact`: parts that are told elsewhere as they are.
    """
    words = {name: told(number) for name, number in parts.items()}
    return None if any(_values_left(name, parts, exact) < possible for name in parts) else words


def _values_left(name: str, parts: Mapping[str, int], exact: Collection[str]) -> int:
    """How many values the others and the sum leave for a small part; for one that is not small, all."""
    if not is_small(parts[name]):
        return MOST
    least, most = span(sum(parts.values()))
    for other, number in parts.items():
        if other != name:
            fewest, highest = (number, number) if other in exact else span(number)
            least, most = least - highest, most - fewest
    return min(most, MOST) - max(least, FEWEST) + 1


def span(number: int) -> tuple[int, int]:
    """The least and the most that a count may be, by the words that tell it."""
    return (0, 0) if number == 0 else (stepped(number) - MOST + 1, stepped(number))
