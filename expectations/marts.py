"""The gate on the candidate marts: do the measures hold together, and do they agree with what landed?

What a reader would see wrong stops. What the records themselves have wrong warns, with its count: a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from great_expectations import ExpectationSuite

from expectations import accounts, disclosure, findings, measures, movement, readings, worklists
from expectations.facts import NightFacts
from expectations.words import Draft, at_most, expect, fault, finding, no_row, percent, suite

GATE = "marts"


def suites(night: NightFacts, marts: Iterable[str]) -> list[ExpectationSuite]:
    """The suites on the marts by these names, and on what they say together."""
    made = partial(suite, GATE, rules=night.rules)
    return [
        *(made(mart, rows(mart), batch=f"{mart}_rows") for mart in marts),
        made("kpi_value_unsuppressed", measures.values()),
        made("kpi_value", disclosure.values()),
        made("subtraction", disclosure.subtraction()),
        made("kpi_definition", measures.definitions()),
        made("kpi_trend", readings.trends()),
        made("kpi_trend_unsuppressed", readings.trends()),
        made("kpi_comparison", readings.comparisons()),
        made("completeness", measures.completeness(), batch="completeness"),
        made("sums", measures.sums()),
        made("breakdowns", measures.breakdowns()),
        made("agreement", measures.agreement()),
        made("worklists", worklists.counts()),
        made("calendar", calendar(night)),
        made("fct_period_of_care", periods()),
        made("fct_review", reviews(night)),
        made("reconciliation", reconciled_tables(), batch="reconciled_tables"),
        made("reconciliation", reconciled_months(), batch="reconciled_months"),
        made("reconciliation", reconciled_month_ends(), batch="reconciled_month_ends"),
        accounts.suite(night),
        made("findings", findings.series(), batch="series_findings"),
        made("findings", findings.alerts(), batch="alert_findings"),
        made("movement", movement.looked_after(night)),
        made("movement", movement.measures(night), batch="movement_measures"),
    ]


def rows(mart: str) -> Iterator[Draft]:
    yield fault(
        "grain",
        no_row("repeated"),
        says=f"{mart} has one row for each key of its contract.",
    )
    yield fault(
        "authority",
        no_row("foreign_row"),
        says=f"Every row of {mart} belongs to the authority of this night.",
    )


def calendar(night: NightFacts) -> Iterator[Draft]:
    years = ", ".join(str(year) for year in night.years_outside_calendar)
    yield expect(
        "bank_holidays",
        no_row("unknown"),
        says="Bank holidays are known from the first period of care to a year after the night.",
        do=f"Add the bank holidays of {years or 'the missing years'} to "
        f"dbt_project/seeds/bank_holiday.csv (GOV.UK "
        "publishes those of England), or have the dates of those periods of care corrected, then run "
        "the night again.",
    )


def periods() -> Iterator[Draft]:
    yield fault("child", no_row("childless"), says="Every period of care belongs to a child of dim_child.")
    yield expect(
        "first_due_date",
        no_row("undated"),
        says="The first review of every period of care has a due date.",
        do="Bring dbt_project/seeds/bank_holiday.csv up to date for the years that marts.calendar names.",
    )
    yield finding(
        "ends_after_start",
        no_row("ends_before_start"),
        says="No period of care ends before it starts.",
    )


def reviews(night: NightFacts) -> Iterator[Draft]:
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
        yield fault(rule, no_row(flag), says=says)
    yield finding(
        "born",
        no_row("before_birth"),
        says="No review was held before the child was born.",
    )
    yield finding(
        "age",
        no_row("ageless"),
        says="The age of the child is known at every review held.",
        column="age_at_review",
    )
    share = night.share(GATE, "fct_review", "age_share")
    yield expect(
        "age_share",
        at_most(share, "ageless"),
        says=f"The age of the child is not known at {percent(share)} of the reviews held at most.",
        do="Ask the record system team what became of the birth dates; a copy that lost "
        "them looks like this.",
        column="age_at_review",
    )


RECONCILED = partial(
    expect,
    do="Compare the models with include/care_reviews/validation/queries; one of the two has a rule wrong.",
)


def reconciled_tables() -> Iterator[Draft]:
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


def reconciled_months() -> Iterator[Draft]:
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


def reconciled_month_ends() -> Iterator[Draft]:
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
