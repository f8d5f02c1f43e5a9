"""What is expected of the measures beside the last publication: that they moved as measures do.

Judged are values that may be published, so that no message tells more than a reader sees. Without an earlier
publication there is nothing to compare with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from great_expectations.expectations.expectation import Expectation

from expectations.facts import NightFacts
from expectations.words import RECORDS, no_row, percent, stop, warn

PERFORMANCE = "performance team"
LET_THROUGH = (
    "Check the copy of the record system. If the change is true, run this one night with "
    "CARE_REVIEWS_MOVEMENT_STOP=100."
)


def looked_after(night: NightFacts) -> Iterator[Expectation]:
    share = percent(night.limits.looked_after_change_stop)
    yield stop(
        "looked_after",
        no_row("implausible"),
        says=f"The number of children looked after changed by at most {share} since the last publication.",
        because="Children do not enter or leave care in such numbers between two nights; a broken "
        "refresh does that.",
        do="Check the copy of the record system. If the change is true, run this one night with "
        "CARE_REVIEWS_LOOKED_AFTER_CHANGE_STOP=1 (twice as many children still stop: use 2 for that, "
        "and so on).",
        owner=RECORDS,
    )


def measures(night: NightFacts) -> Iterator[Expectation]:
    """Of each measure that the last publication had: its newest point, and what was to stand."""
    limits = night.limits
    share, of_year = percent(limits.movement_stop), percent(limits.movement_stop / 2)
    yield warn(
        "within_limits",
        no_row("is_beyond"),
        says="The newest point of every measure that moved since the last publication lies within the limits "
        "of its usual variation.",
        because="A point beyond them has a cause, and a reader will ask for it.",
        do=_told(each.words for each in night.moved if each.is_beyond)
        + "Find the cause before readers ask: in practice, in recording, or in the copy.",
        owner=PERFORMANCE,
    )
    yield stop(
        "plausible",
        no_row("is_implausible"),
        says=f"No measure moved more than {limits.times_limits:g} times as far as its limits, by more than "
        f"{share} and {limits.few_people} or more.",
        because="Nothing that children or workers do moves a measure so far; a broken refresh does.",
        do=_told(each.words for each in night.moved if each.is_implausible) + LET_THROUGH,
        owner=RECORDS,
    )
    yield stop(
        "final_stands",
        no_row("is_revised"),
        says=f"What was published as final stands: no count changed by more than {share} ({of_year} of a "
        f"year) and {limits.few_people} or more; nor did the children at a month end within days.",
        because="Late recording does not change so much of what is over; rows that were lost do.",
        do=_told(each.measure_id for each in night.moved if each.is_revised) + LET_THROUGH,
        owner=RECORDS,
    )


def _told(words: Iterable[str]) -> str:
    told = "; ".join(words)
    return f"Moved: {told}. " if told else ""
