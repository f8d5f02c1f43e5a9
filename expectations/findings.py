"""What the records themselves have wrong and the measures therefore leave out: told with its count, never a
stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations.expectations.expectation import Expectation

from expectations.words import finding, no_row


def reviews() -> Iterator[Expectation]:
    """Of each person and day with a review meeting that landed."""
    yield finding(
        "reviews_in_care",
        no_row("outside_care"),
        says="Every review that took place lies in a period of care.",
        because="A review outside care is not held and counts nowhere.",
    )
    yield finding(
        "reviews_not_ahead",
        no_row("in_future"),
        says="No review is dated as held after the night.",
        because="A review of tomorrow has not been held.",
    )


def series() -> Iterator[Expectation]:
    """Of each held review whose outcome form names its first or last meeting."""
    yield finding(
        "series_as_meetings",
        no_row("meetings_differ"),
        says="The first and last meeting that an outcome form names are those of the meetings.",
        because="The meetings decide; a later last meeting would give the records more time.",
    )


def alerts() -> Iterator[Expectation]:
    """Of each care planning alert."""
    yield finding(
        "alerts_dated",
        no_row("without_raised"),
        says="Every care planning alert has a date on which it was raised.",
        because="An alert without one is raised in no span and never open.",
    )
    yield finding(
        "alerts_in_order",
        no_row("resolved_before_raised"),
        says="No care planning alert was resolved before it was raised.",
        because="It counts as raised and as concluded, and no measure of how long alerts take has it.",
    )


def chairs() -> Iterator[Expectation]:
    """Of each independent chair with a child at a published month end."""
    yield finding(
        "chairs_working_time",
        no_row("without_working_time"),
        says="The working time of every independent chair is a number from 0 to 1.",
        because="Any other adds nothing to the full-time equivalents, so that every caseload is too high.",
    )
