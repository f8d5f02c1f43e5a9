"""What is expected of the accounts: that they close, and end in what is published.

All are judged in one batch, with the flags `<measure>_open` and `<measure>_differs`.
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations import ExpectationSuite

from expectations.facts import NightFacts
from expectations.words import Draft, expect, no_row, of_subjects

BATCH = "accounts"
MEASURES = (
    "children_looked_after",
    "children_looked_after_uasc",
    "children_looked_after_uasc_12_months",
    "children_started",
    "children_ceased",
    "periods_started",
    "periods_ceased",
    "reviews_held",
    "participation",
    "alerts_raised",
    "alerts_concluded",
    "alert_children_raised",
    "alert_children_completed",
    "alert_repeat_children",
    "alerts_open",
    "alerts_by_category",
    "alerts_by_type",
    "alerts_by_stage",
    "alerts_by_agency",
    "caseload_looked_after_per_fte",
    "caseload_protection_per_fte",
)
COMPARE = (
    "Look into audit.reconciliation for the measure, and compare the models with "
    "include/care_reviews/validation/queries/accounts; one of the two has a rule wrong."
)


def suite(night: NightFacts) -> ExpectationSuite:
    """One suite on all accounts, each measure a subject of its own."""
    return of_subjects("marts", BATCH, {measure: account(measure) for measure in MEASURES}, night.rules)


def account(measure: str) -> Iterator[Draft]:
    yield expect(
        "accounted",
        no_row(is_open(measure)),
        says=f"Every row that the source gave for {measure} counts in it, or was set aside for a reason.",
        do="Run the night again from the extract; if it fails again, look into audit.reconciliation for the "
        "measure, keep the log and report it.",
    )
    yield expect(
        "as_counted",
        no_row(differs(measure)),
        says=f"{measure} is published as the landed rows count it, in each period.",
        do=COMPARE,
    )


def is_open(measure: str) -> str:
    """The flag of an account that does not close."""
    return f"{measure}_open"


def differs(measure: str) -> str:
    """The flag of a period whose published number is another."""
    return f"{measure}_differs"
