"""Which rows can be read: a row with a value that cannot be true or cannot be understood is put aside
whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from care_reviews.source.canonical import (
    Texts,
    UnreadableError,
    flags,
    integers,
    moment_of_text,
    moments,
    texts,
)
from care_reviews.source.catalog import Column

NO_DATE = "1900-01-01"
EMPTY_KEY = "is empty, and it is what names the row"
_EARLIEST = {"moment": "1990-01-01", "birth": "1920-01-01"}
_YEARS_AHEAD = {"moment": 3, "birth": 1}

Wrong = dict[int, str]  # position in the batch -> what is wrong, in words without the value


@dataclass(frozen=True)
class Span:
    """Days that can be true: from `first` to before `end`, both as text."""

    first: str
    end: str
    too_early: str
    too_late: str

    def wrong(self, moment: str) -> str | None:
        """What is wrong with a canonical moment, if anything. 1900-01-01 stands for no date."""
        if self.first <= moment < self.end or moment.startswith(NO_DATE):
            return None
        return self.too_early if moment < self.first else self.too_late


def span(kind: str, as_known: dt.date) -> Span:
    """The days that a `moment` or a `birth` may name on a night."""
    years = _YEARS_AHEAD[kind]
    try:
        last = as_known.replace(year=as_known.year + years)
    except ValueError:  # 29 February
        last = as_known.replace(year=as_known.year + years, day=28)
    ahead = f"{years} year{'s' if years > 1 else ''}"
    return Span(
        first=_EARLIEST[kind],
        end=str(last + dt.timedelta(days=1)),
        too_early=f"is before {_EARLIEST[kind]}, which cannot be true",
        too_late=f"is more than {ahead} after the night, which cannot be true",
    )


def read_column(
    column: Column, values: Sequence[object], typed: bool, spans: dict[str, Span], trust: bool
) -> tuple[Texts, Wrong]:
    """The canonical texts of one column of a batch, and what is wrong by position.

    `typed`: the engine vouches for whole numbers and dates. `trust`: texts are not looked into.
    """
    if column.kind in ("key", "ref"):
        found, wrong = integers(values, typed)
        if column.kind == "key" and None in found:
            wrong |= {position: EMPTY_KEY for position, text in enumerate(found) if text is None}
        return found, wrong
    if column.kind in spans:
        found, wrong = moments(values, typed)
        return found, _outside(found, spans[column.kind]) | wrong
    if column.kind == "flag":
        return flags(values)
    return texts(values, trust)


def wrong_date(answer: str | None, possible: Span) -> str | None:
    """What is wrong with an answer that must hold a date or nothing, if anything."""
    try:
        moment = moment_of_text(answer or "")
    except UnreadableError as error:
        return str(error)
    return possible.wrong(moment) if moment else None


def _outside(found: Texts, possible: Span) -> Wrong:
    first, end = possible.first, possible.end
    if first <= min(filter(None, found), default=first) and max(filter(None, found), default="") < end:
        return {}
    suspect = [position for position, text in enumerate(found) if text and not first <= text < end]
    return {position: words for position in suspect if (words := possible.wrong(found[position] or ""))}
