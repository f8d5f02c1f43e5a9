"""The gate on what the records say of children's care: are the canonical models possible, whole and in order?

The rules stand in one table, the seed `care_rule`: what must hold, why, who acts and how. Each warns: what a
rule finds is one record that a team mends, and the night is published. A rule whose findings take records out
of a published count, or put them in, stops the night as well once their share is more than single slips can
make: then it is the copy, not the records. Numbers are those of the national return; one that begins with R
is this product's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from care_reviews.source.catalog import TABLES, Table
from expectations.facts import CareRule, Limits, NightFacts
from expectations.landed_rows import COUNTED
from expectations.words import at_most, no_row, percent, stop, suite, warn

GATE = "care"

# What a rule judges → the source table whose records it finds.
SUBJECTS = {
    "people": "dim_person",
    "episodes": "fact_care_episodes",
    "legal_statuses": "fact_legal_status",
    "short_breaks": "dim_person",
    "periods": "fact_cla",
    "reviews": "fact_cla_review",
    "participations": "fact_meeting_subjects",
    "alerts": "fact_form_answers",
    "officers": "fact_involvements",
    "chairs": "dim_worker",
}
# The subject of the rule that judges the rows of every table that names a person, each in a batch of its own.
FACTS = "facts"


def suites(night: NightFacts) -> list[ExpectationSuite]:
    """One suite for each subject, and one for each table of facts."""
    found = [suite(GATE, subject, _rules(night, subject)) for subject in SUBJECTS]
    return found + [
        suite(GATE, table.name, _rules(night, FACTS, table), batch=facts_batch(table))
        for table in fact_tables()
    ]


def fact_tables() -> list[Table]:
    """The source tables whose rows are about a person."""
    return [table for table in TABLES if "dim_person_id" in table.names and table.name != "dim_person"]


def facts_batch(table: Table) -> str:
    return f"{FACTS}__{table.name}"


def _rules(night: NightFacts, subject: str, table: Table | None = None) -> Iterator[Expectation]:
    for rule in night.care_rules:
        if rule.subject == subject:
            yield from expected(rule, night.limits, table)


def expected(rule: CareRule, limits: Limits, table: Table | None = None) -> Iterator[Expectation]:
    """What is expected of a rule: no finding, and of some rules no large share of findings.

    `table`: of facts, the table. Only those that are counted stop: side tables of small councils are small.
    """
    says = f"{rule.says} ({table.name.upper()})" if table else rule.says
    meaning = {"because": rule.because, "do": rule.do, "owner": rule.owner}
    yield warn(rule.rule, no_row(rule.flag), says=f"{rule.rule}: {says}", **meaning)
    if rule.stops_above and (table is None or table.name in COUNTED):
        share = float(getattr(limits, rule.stops_above))
        yield stop(
            f"{rule.rule}_share",
            at_most(share, rule.flag),
            says=f"{rule.rule}: {says} At most {percent(share)} of them are otherwise.",
            **meaning,
        )
