"""The measures with an account: which source table each is led back to, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """How a measure is led back to `table`.

    `rows`: the query that says of each of its rows what it stands for. `dated`: by which of its two days a
    month has it; empty: month ends between the two have it. `is_of_children`: children count, once each, not
    rows. `number`: what of the published value they make up. `in_scope`: only what is in the scope of
    participation counts. `uasc_since`: an SQL date; only who had the status UASC between it and the month end
    counts.
    """

    table: str
    rows: str
    dated: str = ""
    is_of_children: bool = False
    number: str = "numerator"
    in_scope: bool = False
    uasc_since: str = ""


PERIODS, REVIEWS, PLANS = "fact_care_episodes", "fact_cla_review", "fact_cp_plan"
ANSWERS = "fact_form_answers"
YEAR_BEFORE = "(date_trunc('month', month_ends.period_end) - interval '11 months')::date"
ACCOUNTS = {
    "children_looked_after": Account(PERIODS, "periods", is_of_children=True),
    "children_looked_after_uasc": Account(
        PERIODS, "periods", is_of_children=True, uasc_since="month_ends.period_end"
    ),
    "children_looked_after_uasc_12_months": Account(
        PERIODS, "periods", is_of_children=True, uasc_since=YEAR_BEFORE
    ),
    "children_started": Account(PERIODS, "periods", "start_date", is_of_children=True),
    "children_ceased": Account(PERIODS, "periods", "end_date", is_of_children=True),
    "periods_started": Account(PERIODS, "periods", "start_date"),
    "periods_ceased": Account(PERIODS, "periods", "end_date"),
    "reviews_held": Account(REVIEWS, "reviews", "start_date"),
    "participation": Account(REVIEWS, "reviews", "start_date", number="denominator", in_scope=True),
    "alerts_raised": Account(ANSWERS, "alerts_raised", "start_date"),
    "alerts_concluded": Account(ANSWERS, "alerts_concluded", "start_date"),
    "alert_children_raised": Account(ANSWERS, "alerts_raised", "start_date", is_of_children=True),
    "alert_children_completed": Account(ANSWERS, "alerts_concluded", "start_date", is_of_children=True),
    "alert_repeat_children": Account(ANSWERS, "alerts_repeated", "start_date", is_of_children=True),
    "alerts_open": Account(ANSWERS, "alerts_open"),
    "alerts_by_category": Account(ANSWERS, "alert_categories", "start_date"),
    "alerts_by_type": Account(ANSWERS, "alerts_raised", "start_date"),
    "alerts_by_stage": Account(ANSWERS, "alerts_raised", "start_date"),
    "alerts_by_agency": Account(ANSWERS, "alerts_raised", "start_date"),
    "caseload_looked_after_per_fte": Account(PERIODS, "periods", is_of_children=True),
    "caseload_protection_per_fte": Account(PLANS, "plans", is_of_children=True),
}
