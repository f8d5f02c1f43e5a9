"""What is expected of what is read out of the published measures: their trends and comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.words import Draft, fault, no_row


def trends() -> Iterator[Draft]:
    for rule, flag, says in (
        (
            "complete",
            "differs",
            "Every measure has each of its months, or month ends, in the trend.",
        ),
        ("value", "value_differs", "Every point of a trend is the value that it is made from."),
        (
            "symbol",
            "symbol_wrong",
            "A symbol says why there is no value or are no limits: a point of the base is suppressed or not "
            "available, or windows overlap.",
        ),
        (
            "limits",
            "limits_wrong",
            "Limits lie 2.66 mean moving ranges on either side of the centre, where there may be limits.",
        ),
        ("base", "base_wrong", "Limits come from one reporting year and the month before it."),
        ("signals", "signal_wrong", "Signals are those of the value and its limits; a gap has none."),
        ("assurance", "assurance_wrong", "Assurance is what the limits say of the target."),
    ):
        yield fault(rule, no_row(flag), says=says, column="value" if rule == "value" else "")


def comparisons() -> Iterator[Draft]:
    for rule, flag, says in (
        ("complete", "differs", "Every value of a year is compared, and nothing else."),
        ("values", "values_differ", "Both years have their published numbers."),
        (
            "difference",
            "difference_wrong",
            "The difference is that of the two values, where there are both.",
        ),
        (
            "intervals",
            "interval_wrong",
            "Percentages have an interval around them; nothing else has one.",
        ),
        ("overlap", "overlap_wrong", "Two intervals overlap when they share a value."),
    ):
        yield fault(rule, no_row(flag), says=says)
