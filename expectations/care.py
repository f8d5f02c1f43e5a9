"""The gate on what the records say of children's care: are the canonical models possible, whole and in order?

The rules stand in one table, the seed `care_rule`: what must hold, and how it is mended; who acts, why, and
that each warns, in `gate_rule`, as of every gate: what a rule finds is one record that a team mends, and the
night is published. A rule whose findings take records out of a published count, or put them in, has a row
`<rule>_share` there, and stops the night once their share is more than single slips can make: then it is the
copy, not the records. Numbers are those of the national return; one that begins with R is this product's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations import ExpectationSuite

from care_reviews.source.catalog import TABLES, Table
from expectations.facts import CareRule, NightFacts
from expectations.landed_rows import COUNTED
from expectations.words import Draft, at_most, expect, no_row, percent, suite

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
    found = [suite(GATE, subject, _rules(night, subject), night.rules) for subject in SUBJECTS]
    return found + [
        suite(GATE, table.name, _rules(night, FACTS, table), night.rules, batch=facts_batch(table))
        for table in fact_tables()
    ]


def fact_tables() -> list[Table]:
    """The source tables whose rows are about a person."""
    return [table for table in TABLES if "dim_person_id" in table.names and table.name != "dim_person"]


def facts_batch(table: Table) -> str:
    return f"{FACTS}__{table.name}"


def _rules(night: NightFacts, subject: str, table: Table | None = None) -> Iterator[Draft]:
    for rule in night.care_rules:
        if rule.subject == subject:
            yield from expected(rule, night, table)


def expected(rule: CareRule, night: NightFacts, table: Table | None = None) -> Iterator[Draft]:
    """What is expected of a rule: no finding, and, where the rulebook has a share of it, no large one.

    `table`: of facts, the table. Only those that are counted stop: side tables of small councils are small.
    """
    subject = table.name if table else rule.subject
    says = f"{rule.rule}: {rule.says} ({table.name.upper()})" if table else f"{rule.rule}: {rule.says}"
    yield expect(rule.rule, no_row(rule.flag), says=says, do=rule.do)
    if night.rules.find(GATE, subject, share_rule(rule)) and (table is None or table.name in COUNTED):
        share = night.share(GATE, subject, share_rule(rule))
        yield expect(
            share_rule(rule),
            at_most(share, rule.flag),
            says=f"{says} At most {percent(share)} of them are otherwise.",
            do=rule.do,
        )


def share_rule(rule: CareRule) -> str:
    """The name of the expectation that a rule's findings are no large share."""
    return f"{rule.rule}_share"
