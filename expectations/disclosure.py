"""What is expected of the values that are shown: what was computed, with every small number hidden, and
none that the numbers around it give away.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.words import Draft, expect, fault, no_row


def values() -> Iterator[Draft]:
    for rule, flag, says in (
        ("no_small_numerator", "small_numerator", "No count of 1 to 5 is shown, of its own or in a share."),
        (
            "no_small_denominator",
            "small_denominator",
            "No share of 1 to 5 children, reviews or alerts is shown.",
        ),
        ("no_small_complement", "small_complement", "No percentage is shown in which 1 to 5 are left."),
        ("hidden", "shows_something", "A suppressed value shows no numerator, denominator or value."),
    ):
        yield fault(rule, no_row(flag), says=says)
    for rule, flag, says in (
        ("all_there", "absent", "Every value that may be shown is there, if only as suppressed."),
        ("nothing_else", "unexpected", "No value is shown that was not computed, or not for its period."),
        ("as_computed", "differs", "Every value that is not suppressed is the one that was computed."),
        ("words_as_computed", "words_differ", "Every value, suppressed or not, has its unit and its status."),
    ):
        yield fault(rule, no_row(flag), says=says)
    yield expect(
        "not_told_before",
        no_row("is_told"),
        says="No suppressed value can be worked out from what publications before showed.",
        do="Find the cells in int_disclosure__suppressed_cells by their reason, told, and decide whether an "
        "earlier publication is to be withdrawn (care-reviews withdraw).",
    )


def subtraction() -> Iterator[Draft]:
    yield fault(
        "kept_apart",
        no_row("gives_away"),
        says="No sum of categories, of times or of shares has exactly one suppressed value in it.",
    )
