"""How the pages write counts, days and states: words first, a shape beside them, and no small count.

Counts of people and of records about them are told in steps of five, all others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from care_reviews.small_counts import FEW, FEWEST, MOST, rest, stepped, told
from care_reviews.web.text import day, moment, plural

# What templates ask of this module, wherever it is written.
__all__ = ["FEW", "day", "moment", "plural"]

NOT_COUNTED = "not counted"


@dataclass(frozen=True)
class Status:
    """A state in a word, the shape that goes before it, and the name of its style."""

    word: str
    shape: str
    style: str


PASSED = Status("passed", "●", "good")
WARNED = Status("warned", "▲", "warn")
BLOCKED = Status("blocked", "■", "bad")
STOPPED = Status("stopped", "■", "bad")
NOT_APPLICABLE = Status("not applicable", "○", "none")
NOT_JUDGED = Status("could not be judged", "◆", "bad")
PUBLISHED = Status("published", "●", "good")
STANDS = Status("stands", "●", "good")
REFUSED = Status("refused", "■", "bad")
WITHDRAWN = Status("withdrawn", "◇", "none")
DISCARDED = Status("discarded", "◇", "none")
NOT_FINISHED = Status("not finished", "◌", "none")
ABSENT = Status("not kept", "○", "none")
# What became of the records since the month before.
BETTER = Status("better", "●", "good")
WORSE = Status("worse", "▲", "warn")
MIXED = Status("mixed", "◆", "none")
NO_CLEAR_CHANGE = Status("no clear change", "○", "none")
NOT_COMPARED = Status("not compared", "–", "none")

VERDICTS = {status.word: status for status in (PASSED, WARNED, BLOCKED)}


def count(number: int | None, of_people: bool = True) -> str:
    """A count of rows, findings or people as it may be told, of anything else as it is."""
    if number is None:
        return NOT_COUNTED
    return told(number) if of_people else f"{number:,}"


def part(number: int | None, whole: int | None, of_people: bool = True) -> str:
    """A count of some of the `whole` that is shown beside it."""
    if number is None or whole is None or not of_people:
        return count(number, of_people)
    return rest(number, whole)


def shown(number: int) -> float:
    """A count as a picture may show it: as it is told, 1 to 5 all alike."""
    return (FEWEST + MOST) / 2 if FEWEST <= number <= MOST else float(stepped(number))


def measured(value: Decimal, is_count: bool) -> str:
    """A published value, as readers see it: a count that is small is hidden, a share has one decimal."""
    if is_count:
        return FEW if FEWEST <= value <= MOST else f"{int(value):,}"
    return f"{value:,.1f}"


def number(value: int) -> str:
    """A number of things that are no people and no records: expectations, tables, nights."""
    return f"{value:,}"
