"""How the pages write counts, days and states: words first, a shape beside them, and no small count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from care_reviews.web.text import day, moment, plural

# What templates ask of this module, wherever it is written.
__all__ = ["day", "moment", "plural"]

# Counts of people and of records about them that are not shown as they are.
FEWEST, MOST = 1, 5
FEW = f"{FEWEST} to {MOST}"
ALL_BUT_FEW = f"all but {FEW}"


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

VERDICTS = {status.word: status for status in (PASSED, WARNED, BLOCKED)}


def count(number: int | None) -> str:
    """A count of rows, findings or people: 0 as 0, 1 to 5 as that, larger ones in full; nothing is a dash."""
    if number is None:
        return "–"
    return FEW if FEWEST <= number <= MOST else f"{number:,}"


def shown(number: int) -> float:
    """A count as a picture may show it: 1 to 5 all alike."""
    return (FEWEST + MOST) / 2 if FEWEST <= number <= MOST else float(number)


def measured(value: Decimal, is_count: bool) -> str:
    """A published value: a count as any other, a share or a rate with one decimal."""
    return count(int(value)) if is_count else f"{value:,.1f}"


def rest(part: int, whole: int) -> str:
    """A count beside the whole that it is part of: where it is all, or all but a few, that alone is said, so
    that the few cannot be had by subtraction.
    """
    missing = whole - part
    if not missing:
        return "all"
    return ALL_BUT_FEW if FEWEST <= missing <= MOST else count(part)


def number(value: int) -> str:
    """A number of things that are no people and no records: expectations, tables, nights."""
    return f"{value:,}"
