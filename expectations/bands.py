"""Bands: how many rows more or fewer, and how many changes, a night like this one usually brings.

A band is the median of the nights compared, and on either side 3.5 robust standard deviations (1.4826 times
the median distance from the median), half the median or a few rows, whichever is widest: a table that never
changes must not warn at one row. What is far from the others moves neither median nor distance, so one odd
night does not become what is usual.

Both ends lie where the steps of five end in which counts are told: from an exact end the exact count of the
night before could be worked out.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol, TypeVar

from care_reviews.small_counts import span

REACH, ROBUST = 3.5, 1.4826
OF_THE_MEDIAN = 0.5
# So many nights of one weekday, or of working days or days off, teach a band.
SAME_WEEKDAY, SAME_KIND = 6, 8
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays")
SUNDAY = 6


@dataclass(frozen=True)
class NightCounts:
    """What the manifest says of one table and night.

    `rows`: rows read. `changes`: rows new, changed and vanished since the night before; None where the night
    landed more than once. `is_accepted`: whether the source gate let the night pass.
    """

    as_known: dt.date
    rows: int
    changes: int | None
    is_accepted: bool = True


@dataclass(frozen=True)
class Band:
    """From `lowest` to `highest`, both usual. `base`: the nights compared, in words."""

    lowest: int
    highest: int
    middle: float
    base: str

    def holds(self, number: int) -> bool:
        return self.lowest <= number <= self.highest


@dataclass(frozen=True)
class Step:
    """From one landed night to the next: `days` between them, rows more (`growth`), rows that changed."""

    as_known: dt.date
    days: int
    growth: int
    changes: int | None


class Dated(Protocol):
    """Whatever is said of one night."""

    @property
    def as_known(self) -> dt.date: ...


OfNight = TypeVar("OfNight", bound=Dated)


def steps(nights: Sequence[NightCounts]) -> list[Step]:
    """The steps between neighbouring nights, oldest first, both of which the source gate let pass."""
    return [
        Step(after.as_known, (after.as_known - before.as_known).days, after.rows - before.rows, after.changes)
        for before, after in pairwise(nights)
        if before.is_accepted and after.is_accepted
    ]


def size_band(nights: Sequence[NightCounts], days_off: Collection[dt.date], few: int) -> Band | None:
    """How many rows the last night may have: those of the night before and what nights like it add.

    `nights`: oldest first, the last is judged. None while too few nights are like it, or the night before was
    blocked. `few`: rows more or fewer that are always usual.
    """
    found = _like_the_last(nights, days_off)
    if not found:
        return None
    compared, base = found
    band = _around([step.growth for step in compared], few, base)
    before = nights[-2].rows
    return _in_steps(Band(before + band.lowest, before + band.highest, before + band.middle, base))


def change_band(nights: Sequence[NightCounts], days_off: Collection[dt.date], few: int) -> Band | None:
    """How many rows may have changed since the night before; arguments and None as for `size_band`."""
    found = _like_the_last(nights, days_off, changing=True)
    if not found:
        return None
    compared, base = found
    return _in_steps(_around([step.changes or 0 for step in compared], few, base))


def is_working(day: dt.date, days_off: Collection[dt.date]) -> bool:
    return day.weekday() < 5 and day not in days_off


def _like_the_last(
    nights: Sequence[NightCounts], days_off: Collection[dt.date], changing: bool = False
) -> tuple[list[Step], str] | None:
    """The earlier steps over as many days that end on the same weekday, while these are too few on the same
    kind of day, and what they are in words.

    `changing`: only steps whose changes are known.
    """
    found = [step for step in steps(nights) if not (changing and step.changes is None)]
    if not found or found[-1].as_known != nights[-1].as_known:
        return None
    *earlier, last = found
    return nights_like(last.as_known, [step for step in earlier if step.days == last.days], days_off)


def nights_like(
    as_known: dt.date, earlier: Sequence[OfNight], days_off: Collection[dt.date]
) -> tuple[list[OfNight], str] | None:
    """Those of the same weekday, while these are too few of the same kind of day, and what they are in words;
    None while those are too few as well. A bank holiday is like a Sunday.
    """
    weekday, works = _weekday(as_known, days_off), is_working(as_known, days_off)
    same = [one for one in earlier if _weekday(one.as_known, days_off) == weekday]
    if len(same) >= SAME_WEEKDAY:
        words = WEEKDAYS[weekday] if weekday < SUNDAY else "Sundays and bank holidays"
        return same, f"{len(same)} {words}"
    kind = [one for one in earlier if is_working(one.as_known, days_off) == works]
    if len(kind) >= SAME_KIND:
        return kind, f"{len(kind)} {'working days' if works else 'days off'}"
    return None


def _weekday(day: dt.date, days_off: Collection[dt.date]) -> int:
    return SUNDAY if day in days_off else day.weekday()


def _around(values: Sequence[int], few: int, base: str) -> Band:
    middle = float(median(values))
    spread = ROBUST * float(median(abs(value - middle) for value in values))
    width = max(REACH * spread, OF_THE_MEDIAN * abs(middle), few)
    lowest, highest = round(middle - width, 6), round(middle + width, 6)
    return Band(math.ceil(lowest), math.floor(highest), middle, base)


def _in_steps(band: Band) -> Band:
    """From the least of a step of five, or none at all, to the most of one: what is told of a count lies
    within or without.
    """
    least, _ = span(max(0, band.lowest))
    _, most = span(band.highest)
    return Band(least, most, band.middle, band.base)
