"""The words that suites are written in: `expect(...)`, and what an expectation can say of a batch.

A batch is a table of flags: one row for each row judged, one true-or-false column for each fault. A flag is
null where the row is not judged at all, and such rows count neither as checked nor as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import great_expectations.expectations as gxe
from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations.counted import ExpectColumnValuesToBeInSetCounted
from expectations.rulebook import Rulebook

Condition = Callable[..., Expectation]

# Severity → what Great Expectations calls it.
AS_TOLD = {"stop": "critical", "warn": "warning"}

MODEL_FAULT = (
    "This is a fault of the models in dbt_project, not of the records: keep the night's log and report it."
)
FINDING = (
    "Have the records corrected at the source; the models say which, in the candidate schema of the night."
)


def no_row(flag: str) -> Condition:
    """No row is flagged."""
    return at_most(0.0, flag)


def at_most(share: float, flag: str) -> Condition:
    """The flagged rows are not more than this share (0 to 1) of the rows judged; exactly the share is
    allowed.
    """
    # Rounded, because 1 - 0.05 in binary may lie above the share that 19 of 20 rows make.
    return partial(
        ExpectColumnValuesToBeInSetCounted, column=flag, value_set=[False], mostly=round(1 - share, 9)
    )


def some_row(flag: str) -> Condition:
    """At least one row is flagged: what the flag looks for occurs."""
    return partial(gxe.ExpectColumnDistinctValuesToContainSet, column=flag, value_set=[True])


def rows_between(lowest: int | None, highest: int | None = None) -> Condition:
    """The batch has at least `lowest` and at most `highest` rows."""
    if lowest is not None and highest is not None and lowest > highest:
        raise ValueError(f"no number of rows is at least {lowest} and at most {highest}")
    return partial(gxe.ExpectTableRowCountToBeBetween, min_value=lowest, max_value=highest)


@dataclass(frozen=True)
class Draft:
    """An expectation as a suite says it; how grave it is, who acts and why stands in the rulebook.

    `rule`: its name within the subject. `says`: what should hold, as a sentence. `do`: what to do when it
    fails. `column`: the column of the subject, where it is about one. `template`: likewise the form template.
    `<column>` and `<template>` in the rule stand for these two. `why_not`: why it is not applicable where it
    has no row to check.
    """

    rule: str
    condition: Condition
    says: str
    do: str
    column: str = ""
    template: str = ""
    why_not: str = "there was nothing to check"

    @property
    def name(self) -> str:
        return self.rule.replace("<column>", self.column).replace("<template>", self.template)


def expect(
    rule: str,
    condition: Condition,
    *,
    says: str,
    do: str,
    column: str = "",
    template: str = "",
    why_not: str = Draft.why_not,
) -> Draft:
    """An expectation; what it is made of stands at `Draft`."""
    return Draft(rule, condition, says, do, column, template, why_not)


def fault(rule: str, condition: Condition, *, says: str, column: str = "") -> Draft:
    """An expectation whose failure can only be the models': the records are not to blame."""
    return expect(rule, condition, says=says, do=MODEL_FAULT, column=column)


def finding(rule: str, condition: Condition, *, says: str, column: str = "") -> Draft:
    """An expectation that fails where the records themselves are wrong."""
    return expect(rule, condition, says=says, do=FINDING, column=column)


def suite(
    gate: str, subject: str, drafts: Iterable[Draft], rules: Rulebook, batch: str = ""
) -> ExpectationSuite:
    """The expectations on one subject (a source table, a model, or a comparison), each with its id, and as
    grave as the rulebook says.

    `batch`: name of the batch that they judge, where it is not the subject's.
    """
    return of_subjects(gate, batch or subject, {subject: drafts}, rules)


def of_subjects(
    gate: str, batch: str, subjects: Mapping[str, Iterable[Draft]], rules: Rulebook
) -> ExpectationSuite:
    """The expectations on several subjects that one batch judges: subject → its expectations."""
    made = [_made(each, gate, subject, rules) for subject, drafts in subjects.items() for each in drafts]
    return ExpectationSuite(
        name=f"{gate}.{batch}", expectations=made, meta={"gate": gate, "subject": batch, "batch": batch}
    )


def _made(draft: Draft, gate: str, subject: str, rules: Rulebook) -> Expectation:
    row = rules.row(gate, subject, draft.name, draft.rule)
    return draft.condition(
        severity=AS_TOLD[row.severity],
        description=f"{draft.says} ({row.severity})",
        meta={
            "id": f"{gate}.{subject}.{draft.name}",
            "subject": subject,
            "rule": draft.name,
            "family": draft.rule,
            "column": draft.column,
            "says": draft.says,
            "because": row.because,
            "do": draft.do,
            "why_not": draft.why_not,
            "owner": row.owner,
        },
    )


def ids(suites: Iterable[ExpectationSuite]) -> list[str]:
    """The ids of all expectations in the suites, in order."""
    return [str((expectation.meta or {})["id"]) for made in suites for expectation in made.expectations]


def percent(share: float) -> str:
    """A share (0 to 1) in words: 0.3 is 30%."""
    return f"{share * 100:g}%"
