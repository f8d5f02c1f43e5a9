"""What is expected of the published measures: that each value, its definition and its neighbours hold
together.
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations.expectations.expectation import Expectation

from expectations.words import fault, no_row


def values() -> Iterator[Expectation]:
    because = "A value that contradicts its own numerator and denominator cannot be published."
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
            because=because,
            column=flag.split("_")[0] if rule == "value" else "",
        )


def definitions() -> Iterator[Expectation]:
    because = "A reader must find out what a value means, and find every defined measure."
    yield fault(
        "complete", no_row("undefined"), says="Every measure of the seed is defined.", because=because
    )
    yield fault("has_values", no_row("valueless"), says="Every defined measure has values.", because=because)
    yield fault(
        "planned", no_row("unplanned"), says="Every defined measure stands in the seed.", because=because
    )
    yield fault(
        "one_at_a_time",
        no_row("overlapping"),
        says="No two definitions of a measure hold at once.",
        because=because,
    )


def completeness() -> Iterator[Expectation]:
    because = "A missing month reads like a month in which nothing happened."
    yield fault(
        "all_there",
        no_row("absent"),
        says="Every measure has a value for each of its periods.",
        because=because,
    )
    yield fault(
        "once", no_row("repeated"), says="Every measure has one total for each period.", because=because
    )
    yield fault(
        "nothing_else",
        no_row("unexpected"),
        because=because,
        says="No measure has a value for a period that it is not published for.",
    )


def sums() -> Iterator[Expectation]:
    yield fault(
        "months_add_up",
        no_row("differs"),
        says="Months of reviews held, periods started and ended, and alerts raised and concluded add up to "
        "their quarters and years.",
        because="Readers add months up.",
    )


def breakdowns() -> Iterator[Expectation]:
    yield fault(
        "categories",
        no_row("categories_differ"),
        says="Every measure has a value for each category of its breakdowns, once, and for no other.",
        because="A category that is missing reads like one in which there was nothing.",
    )
    because = "Readers compare the parts with the whole, and add them up."
    yield fault(
        "numerators",
        no_row("numerators_differ"),
        says="The numerators of a breakdown's categories add up to that of the whole.",
        because=because,
    )
    yield fault(
        "children",
        no_row("children_differ"),
        says="Children who may be in two categories are in none more often than in the whole, and each in "
        "one at least.",
        because=because,
    )
    yield fault(
        "denominators",
        no_row("denominators_differ"),
        says="The denominators of a breakdown's categories add up to that of the whole.",
        because=because,
    )


def agreement() -> Iterator[Expectation]:
    yield fault(
        "participation",
        no_row("participation_differs"),
        says="Participated, not participated and not recorded add up to the reviews in scope, the same "
        "for all.",
        because="The three shares are read together as 100%.",
    )
    yield fault(
        "children_and_periods",
        no_row("more_children_than_periods"),
        says="No more children than periods of care started, or ended.",
        because="Every child that started has a period that did.",
    )
    yield fault(
        "children",
        no_row("children_differ"),
        says="Measures of the children looked after on a day count the same children.",
        because="Two numbers of the same children on one page would contradict each other.",
    )
    yield fault(
        "overdue",
        no_row("overdue_differs"),
        says="Children whose reviews are not up to date are no more than the reviews overdue, and none "
        "exactly when no review is.",
        because="The list of overdue reviews and the share of children up to date are read side by side.",
    )
    because = "Children and their alerts are read side by side."
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
        yield fault(rule, no_row(flag), says=says, because=because)
