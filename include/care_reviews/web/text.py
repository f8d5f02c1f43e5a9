"""Days, moments and texts as pages write them, wherever they come from."""

from __future__ import annotations

import datetime as dt
import re

LONGEST = 2000
# Characters that a page would not show, or that would turn the words after them about.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def day(value: dt.date | None) -> str:
    """A day as people write it: 3 March 2020; nothing is a dash."""
    return "–" if value is None else f"{value.day} {value:%B %Y}"


def moment(value: dt.datetime | None) -> str:
    """A moment in UTC, to the second; nothing is a dash."""
    if value is None:
        return "–"
    there = value.astimezone(dt.UTC)
    return f"{day(there)}, {there:%H:%M:%S} UTC"


def plural(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 night, 2 nights."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def seen(value: str) -> str:
    """A text with a mark in place of every character that would not be seen."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", value)


def plain(value: object) -> object:
    """Any text as it may stand on a page: short, and nothing in it that is not seen."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    if len(value) <= LONGEST:
        return seen(value)
    return f"{seen(value[:LONGEST])} … ({len(value) - LONGEST:,} characters more)"
