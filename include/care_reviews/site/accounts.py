"""Accounts of published counts: from the rows that the source gave to the number that is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from care_reviews.small_counts import MOST, split, told

COUNTED = "counted"
NOT_TOLD = "not told"


@dataclass(frozen=True)
class AccountFacts:
    """What became of the rows of a table that a measure is led back to, in the months published together or
    at the newest month end.

    `aside`: reason → rows that do not count for it. `day`: the month end; None of months. `agree`: of so many
    `periods` the published number is what counts. `is_shown`: whether readers see that number of the month
    end.
    """

    measure_id: str
    table: str
    day: dt.date | None
    read: int
    aside: Mapping[str, int]
    counted: int
    periods: int
    agree: int
    is_shown: bool = True

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Why rows were set aside, and how many: most first."""
        reasons = sorted(self.aside, key=lambda reason: (-self.aside[reason], reason))
        return tuple((reason, self._told(reason)) for reason in reasons)

    @property
    def counted_words(self) -> str:
        return self._told(COUNTED)

    @property
    def read_words(self) -> str:
        return told(self.read)

    @property
    def closes(self) -> bool:
        """Whether every row that was read counts or was set aside."""
        return self.read == sum(self.aside.values()) + self.counted

    def _told(self, name: str) -> str:
        return NOT_TOLD if self._words is None else self._words[name]

    @cached_property
    def _words(self) -> Mapping[str, str] | None:
        """The parts in words; None where what counts is hidden from readers, or where they would tell
        anything of a small one. What counts is published, so it is taken as known.
        """
        if not self.is_shown:
            return None
        return split({**self.aside, COUNTED: self.counted}, exact={COUNTED}, possible=MOST)


def account_of(
    measure_id: str, is_by_month: bool, lines: Sequence[Any], shown: Collection[tuple[str, dt.date]] = ()
) -> AccountFacts:
    """The account that the lines of a measure make up. `shown`: measures and month ends that readers see."""
    counted = [line for line in lines if line.kind == COUNTED]
    day = None if is_by_month else max((line.period_end for line in counted), default=None)
    own = [line for line in lines if is_by_month or line.period_end in (None, day)]
    aside: dict[str, int] = {}
    for line in own:
        if line.kind == "set aside":
            aside[line.reason] = aside.get(line.reason, 0) + line.rows
    published = [line for line in counted if line.published is not None]
    return AccountFacts(
        measure_id=measure_id,
        table=lines[0].table_name,
        day=day,
        read=sum(line.rows for line in lines if line.kind == "read"),
        aside=aside,
        counted=sum(line.rows for line in own if line.kind == COUNTED),
        periods=len(published),
        agree=sum(line.rows == line.published for line in published),
        is_shown=day is None or (measure_id, day) in shown,
    )
