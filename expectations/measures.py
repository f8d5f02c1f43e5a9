"""What is expected of the published measures: that each value, its definition and its neighbours hold
together.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.words import Draft, fault, no_row


def values() -> Iterator[Draft]:
    for rule, flag, says in (
        (
            "numerator",
            "numerator_wrong",
            "Every numerator is there and not negative; days that are not known are not.",
        ),
        (
            "denominator",
            "denominator_wrong",
            "Percentages, rates and days have a denominator that is not negative, if it is known; counts "
            "have none.",
        ),
        (
            "numerator_within_denominator",
            "above_denominator",
            "No numerator of a percentage is greater than its denominator.",
        ),
        (
            "value",
            "value_wrong",
            "Every value follows from its numerator and denominator as its unit says.",
        ),
        (
            "coverage",
            "coverage_wrong",
            "Of a time before the council's records there are no numbers, and the symbol is x.",
        ),
        ("percent_range", "percent_outside", "Every percentage lies between 0 and 100."),
        ("symbol", "symbol_wrong", "A symbol (c, z or x) stands where there is no value, and only there."),
        ("defined", "undefined", "Every value has a definition at its period, with the same unit."),
        ("status", "status_wrong", "Periods that ended only days ago are provisional, all others final."),
        ("period", "period_wrong", "Every period fits its grain and was over on the night."),
    ):
        yield fault(
            rule,
            no_row(flag),
            says=says,
            column=flag.split("_")[0] if rule == "value" else "",
        )


def definitions() -> Iterator[Draft]:
    yield fault("complete", no_row("undefined"), says="Every measure of the seed is defined.")
    yield fault("has_values", no_row("valueless"), says="Every defined measure has values.")
    yield fault("planned", no_row("unplanned"), says="Every defined measure stands in the seed.")
    yield fault("one_at_a_time", no_row("overlapping"), says="No two definitions of a measure hold at once.")


def completeness() -> Iterator[Draft]:
    yield fault("all_there", no_row("absent"), says="Every measure has a value for each of its periods.")
    yield fault("once", no_row("repeated"), says="Every measure has one total for each period.")
    yield fault(
        "nothing_else",
        no_row("unexpected"),
        says="No measure has a value for a period that it is not published for.",
    )


def sums() -> Iterator[Draft]:
    yield fault(
        "months_add_up",
        no_row("differs"),
        says="Months of reviews held, periods started and ended, and alerts raised and concluded add up to "
        "their quarters and years.",
    )


def breakdowns() -> Iterator[Draft]:
    yield fault(
        "categories",
        no_row("categories_differ"),
        says="Every measure has a value for each category of its breakdowns, once, and for no other.",
    )
    yield fault(
        "numerators",
        no_row("numerators_differ"),
        says="The numerators of a breakdown's categories add up to that of the whole.",
    )
    yield fault(
        "children",
        no_row("children_differ"),
        says="Children who may be in two categories are in none more often than in the whole, and each in "
        "one at least.",
    )
    yield fault(
        "denominators",
        no_row("denominators_differ"),
        says="The denominators of a breakdown's categories add up to that of the whole.",
    )


def agreement() -> Iterator[Draft]:
    yield fault(
        "participation",
        no_row("participation_differs"),
        says="Participated, not participated and not recorded add up to the reviews in scope, the same "
        "for all.",
    )
    yield fault(
        "ratings",
        no_row("ratings_differ"),
        says="Plans rated well and plans not rated are no more than the audits, the same for all.",
    )
    yield fault(
        "children_and_periods",
        no_row("more_children_than_periods"),
        says="No more children than periods of care started, or ended.",
    )
    yield fault(
        "children",
        no_row("children_differ"),
        says="Measures of the children looked after on a day count the same children.",
    )
    yield fault(
        "overdue",
        no_row("overdue_differs"),
        says="Children whose reviews are not up to date are no more than the reviews overdue, and none "
        "exactly when no review is.",
    )
    for rule, flag, says in (
        (
            "alerts_raised",
            "raised_differs",
            "Children with an alert raised are no more than the alerts raised, and none exactly when "
            "no alert is.",
        ),
        (
            "alerts_repeated",
            "more_repeats_than_children",
            "Children with a repeated alert are no more than the children with an alert raised.",
        ),
        (
            "alerts_concluded",
            "concluded_differs",
            "Children with an alert completed are no more than the alerts concluded, and none exactly when "
            "no alert is.",
        ),
    ):
        yield fault(rule, no_row(flag), says=says)
