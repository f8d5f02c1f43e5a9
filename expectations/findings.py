"""What the records themselves have wrong and the measures therefore leave out: told with its count, never a
stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.words import Draft, finding, no_row


def series() -> Iterator[Draft]:
    """Of each held review whose outcome form names its first or last meeting."""
    yield finding(
        "series_as_meetings",
        no_row("meetings_differ"),
        says="The first and last meeting that an outcome form names are those of the meetings.",
    )


def alerts() -> Iterator[Draft]:
    """Of each care planning alert."""
    yield finding(
        "alerts_dated",
        no_row("without_raised"),
        says="Every care planning alert has a date on which it was raised.",
    )
