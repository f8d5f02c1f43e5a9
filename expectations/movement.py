"""What is expected of the measures beside the last publication: that they moved as measures do.

Judged are values that may be published, so that no message tells more than a reader sees. Without an earlier
publication there is nothing to compare with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from expectations.facts import NightFacts
from expectations.words import Draft, expect, no_row, percent

NO_PUBLICATION = "no earlier publication to compare with"
UNMOVED = "no earlier publication, or nothing moved since"
LET_THROUGH = (
    "Check the copy of the record system. If the change is true, run this one night with "
    "CARE_REVIEWS_MOVEMENT_STOP=100."
)


def looked_after(night: NightFacts) -> Iterator[Draft]:
    share = percent(night.share("marts", "movement", "looked_after"))
    yield expect(
        "looked_after",
        no_row("implausible"),
        says=f"The number of children looked after changed by at most {share} since the last publication.",
        do="Check the copy of the record system. If the change is true, run this one night with "
        "CARE_REVIEWS_LOOKED_AFTER_CHANGE_STOP=1 (twice as many children still stop: use 2 for that, "
        "and so on).",
        why_not=NO_PUBLICATION,
    )


def measures(night: NightFacts) -> Iterator[Draft]:
    """Of each measure that the last publication had: its newest point, and what was to stand."""
    limits, stands = night.limits, night.share("marts", "movement", "final_stands")
    yield expect(
        "within_limits",
        no_row("is_beyond"),
        says="The newest point of every measure that moved since the last publication lies within the limits "
        "of its usual variation." + _told(each.words for each in night.moved if each.is_beyond),
        do="Find the cause before readers ask: in practice, in recording, or in the copy.",
        why_not=UNMOVED,
    )
    yield expect(
        "plausible",
        no_row("is_implausible"),
        says=f"No measure moved more than {limits.times_limits:g} times as far as its limits, by more than "
        f"{percent(night.share('marts', 'movement', 'plausible'))} and {limits.few_people} or more."
        + _told(each.words for each in night.moved if each.is_implausible),
        do=LET_THROUGH,
        why_not=UNMOVED,
    )
    yield expect(
        "final_stands",
        no_row("is_revised"),
        says=f"What was published as final stands: no count changed by more than {percent(stands)} "
        f"({percent(stands / 2)} of a year) and {limits.few_people} or more; nor did the children at a month "
        "end within days." + _told(f"{each.name} changed." for each in night.moved if each.is_revised),
        do=LET_THROUGH,
        why_not=NO_PUBLICATION,
    )


def _told(sentences: Iterable[str]) -> str:
    """What did not hold, after what should."""
    return "".join(f" {sentence}" for sentence in sentences)
