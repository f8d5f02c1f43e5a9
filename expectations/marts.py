"""The gate on the candidate marts: do the measures hold together, and do they agree with what landed?

What a reader would see wrong stops. What the records themselves have wrong warns, with its count: a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations import disclosure, findings, measures, movement, readings, worklists
from expectations.facts import NightFacts
from expectations.words import PIPELINE, RECORDS, at_most, fault, finding, no_row, percent, stop, suite

GATE = "marts"


def suites(night: NightFacts, marts: Iterable[str]) -> list[ExpectationSuite]:
    """The suites on the marts by these names, and on what they say together."""
    return [
        *(suite(GATE, mart, rows(mart), batch=f"{mart}_rows") for mart in marts),
        suite(GATE, "kpi_value_unsuppressed", measures.values()),
        suite(GATE, "kpi_value", disclosure.values()),
        suite(GATE, "subtraction", disclosure.subtraction()),
        suite(GATE, "kpi_definition", measures.definitions()),
        suite(GATE, "kpi_trend", readings.trends()),
        suite(GATE, "kpi_trend_unsuppressed", readings.trends()),
        suite(GATE, "kpi_comparison", readings.comparisons()),
        suite(GATE, "completeness", measures.completeness(), batch="completeness"),
        suite(GATE, "sums", measures.sums()),
        suite(GATE, "breakdowns", measures.breakdowns()),
        suite(GATE, "agreement", measures.agreement()),
        suite(GATE, "worklists", worklists.counts()),
        suite(GATE, "calendar", calendar(night)),
        suite(GATE, "fct_period_of_care", periods()),
        suite(GATE, "fct_review", reviews(night)),
        suite(GATE, "reconciliation", reconciled_tables(), batch="reconciled_tables"),
        suite(GATE, "reconciliation", reconciled_months(), batch="reconciled_months"),
        suite(GATE, "reconciliation", reconciled_month_ends(), batch="reconciled_month_ends"),
        suite(GATE, "findings", findings.series(), batch="series_findings"),
        suite(GATE, "findings", findings.alerts(), batch="alert_findings"),
        suite(GATE, "movement", movement.looked_after(night)),
        suite(GATE, "movement", movement.measures(night), batch="movement_measures"),
    ]


def rows(mart: str) -> Iterator[Expectation]:
    yield fault(
        "grain",
        no_row("repeated"),
        says=f"{mart} has one row for each key of its contract.",
        because="A repeated row would be published twice and counted twice.",
    )
    yield fault(
        "authority",
        no_row("foreign_row"),
        says=f"Every row of {mart} belongs to the authority of this night.",
        because="One council's figures must never be published as another's.",
    )


def calendar(night: NightFacts) -> Iterator[Expectation]:
    years = ", ".join(str(year) for year in night.years_outside_calendar)
    yield stop(
        "bank_holidays",
        no_row("unknown"),
        says="Bank holidays are known from the first period of care to a year after the night.",
        because="In a year without bank holidays every due date would come too early, and nobody would "
        "notice.",
        do=f"Add the bank holidays of {years or 'the missing years'} to "
        f"dbt_project/seeds/bank_holiday.csv (GOV.UK "
        "publishes those of England), or have the dates of those periods of care corrected, then run "
        "the night again.",
        owner=PIPELINE,
    )


def periods() -> Iterator[Expectation]:
    yield fault(
        "child",
        no_row("childless"),
        says="Every period of care belongs to a child of dim_child.",
        because="Readers join the two.",
    )
    yield stop(
        "first_due_date",
        no_row("undated"),
        says="The first review of every period of care has a due date.",
        because="Without one a late first review is not counted as late.",
        do="Bring dbt_project/seeds/bank_holiday.csv up to date for the years that marts.calendar names.",
        owner=PIPELINE,
    )
    yield finding(
        "ends_after_start",
        no_row("ends_before_start"),
        says="No period of care ends before it starts.",
        because="Such a period counts on no day.",
    )


def reviews(night: NightFacts) -> Iterator[Expectation]:
    because = "Timeliness is counted from these rows."
    for rule, flag, says in (
        ("period", "periodless", "Every review belongs to a period of care of the marts."),
        ("due_date", "undated", "Every review has a due date."),
        ("sequence", "out_of_sequence", "Reviews of a period of care are numbered from 1 without a gap."),
        (
            "on_time",
            "timeliness_wrong",
            "A review is on time when it was held by its due date, where that counts.",
        ),
        ("held", "in_future", "No review was held after the night."),
        ("in_care", "outside_period", "No review was held before its period of care began."),
    ):
        yield fault(rule, no_row(flag), says=says, because=because)
    yield finding(
        "born",
        no_row("before_birth"),
        says="No review was held before the child was born.",
        because="Either date is wrong, and the age with it.",
    )
    yield finding(
        "age",
        no_row("ageless"),
        says="The age of the child is known at every review held.",
        because="Without a birth date the review counts in no measure of participation.",
        column="age_at_review",
    )
    share = percent(night.limits.unreadable_share_stop)
    yield stop(
        "age_share",
        at_most(night.limits.unreadable_share_stop, "ageless"),
        says=f"The age of the child is not known at {share} of the reviews held at most.",
        because="So many reviews that nobody can place would leave shares of participation that say little.",
        do="Ask the record system team what became of the birth dates; a copy that lost "
        "them looks like this.",
        owner=RECORDS,
        column="age_at_review",
    )


RECONCILED = partial(
    stop,
    because="Counted a second time from landing, without the models: two ways that agree are rarely "
    "both wrong.",
    do="Compare the models with include/care_reviews/validation/queries; one of the two has a rule wrong.",
    owner=PIPELINE,
)


def reconciled_tables() -> Iterator[Expectation]:
    yield RECONCILED(
        "dim_child", no_row("children_differ"), says="dim_child has as many children as landing."
    )
    yield RECONCILED(
        "fct_period_of_care",
        no_row("periods_differ"),
        says="fct_period_of_care has as many periods as landing.",
    )
    yield RECONCILED(
        "fct_review", no_row("reviews_differ"), says="fct_review has as many held reviews as landing."
    )


def reconciled_months() -> Iterator[Expectation]:
    yield RECONCILED(
        "periods_started",
        no_row("started_differ"),
        says="periods_started is what landing holds, month by month.",
    )
    yield RECONCILED(
        "periods_ceased",
        no_row("ceased_differ"),
        says="periods_ceased is what landing holds, month by month.",
    )
    yield RECONCILED(
        "reviews_held", no_row("reviews_differ"), says="reviews_held is what landing holds, month by month."
    )


def reconciled_month_ends() -> Iterator[Expectation]:
    yield RECONCILED(
        "children_looked_after",
        no_row("looked_after_differs"),
        says="children_looked_after is what landing holds at each month end.",
    )
    yield RECONCILED(
        "children_looked_after_uasc",
        no_row("uasc_differs"),
        says="children_looked_after_uasc is what landing holds at each month end.",
    )
