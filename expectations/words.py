"""The words that suites are written in: `stop(...)`, `warn(...)`, and what an expectation can say of a batch.

A batch is a table of flags: one row for each row judged, one true-or-false column for each fault. A flag is
null where the row is not judged at all, and such rows count neither as checked nor as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import great_expectations.expectations as gxe
from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

Condition = Callable[..., Expectation]

PIPELINE = "data engineering"
RECORDS = "record system team"

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
        gxe.ExpectColumnValuesToBeInSet, column=flag, value_set=[False], mostly=round(1 - share, 9)
    )


def some_row(flag: str) -> Condition:
    """At least one row is flagged: what the flag looks for occurs."""
    return partial(gxe.ExpectColumnDistinctValuesToContainSet, column=flag, value_set=[True])


def rows_between(lowest: int | None, highest: int | None = None) -> Condition:
    """The batch has at least `lowest` and at most `highest` rows."""
    if lowest is not None and highest is not None and lowest > highest:
        raise ValueError(f"no number of rows is at least {lowest} and at most {highest}")
    return partial(gxe.ExpectTableRowCountToBeBetween, min_value=lowest, max_value=highest)


def stop(rule: str, condition: Condition, **meaning: str) -> Expectation:
    """An expectation whose failure keeps the night from being published. `meaning` as for `warn`."""
    return _expectation(rule, condition, "critical", **meaning)


def warn(rule: str, condition: Condition, **meaning: str) -> Expectation:
    """An expectation whose failure is told and does not stop the night.

    `rule`: its name within the subject. `says`: what should hold, as a sentence. `because`: why it matters.
    `do`: what to do when it fails. `owner`: who does it. `column`: the column of the subject, where it is
    about one.
    """
    return _expectation(rule, condition, "warning", **meaning)


def _expectation(
    rule: str,
    condition: Condition,
    severity: str,
    *,
    says: str,
    because: str,
    do: str,
    owner: str,
    column: str = "",
) -> Expectation:
    meta = {"rule": rule, "column": column, "says": says, "because": because, "do": do, "owner": owner}
    return condition(
        severity=severity, description=f"{says} ({'stop' if severity == 'critical' else 'warn'})", meta=meta
    )


def fault(rule: str, condition: Condition, **meaning: str) -> Expectation:
    """A stop whose cause can only be the models: the records are not to blame."""
    return stop(rule, condition, do=MODEL_FAULT, owner=PIPELINE, **meaning)


def finding(rule: str, condition: Condition, **meaning: str) -> Expectation:
    """A warning that the records themselves are wrong."""
    return warn(rule, condition, do=FINDING, owner=RECORDS, **meaning)


def suite(gate: str, subject: str, expectations: Iterable[Expectation], batch: str = "") -> ExpectationSuite:
    """The expectations on one subject (a source table, a model, or a comparison), each with its id.

    `batch`: name of the batch that they judge, where it is not the subject's.
    """
    batch = batch or subject
    named = [_named(expectation, gate, subject) for expectation in expectations]
    return ExpectationSuite(
        name=f"{gate}.{batch}", expectations=named, meta={"gate": gate, "subject": subject, "batch": batch}
    )


def of_subjects(gate: str, batch: str, subjects: Mapping[str, Iterable[Expectation]]) -> ExpectationSuite:
    """The expectations on several subjects that one batch judges: subject → its expectations."""
    named = [_named(each, gate, subject) for subject, found in subjects.items() for each in found]
    return ExpectationSuite(
        name=f"{gate}.{batch}", expectations=named, meta={"gate": gate, "subject": batch, "batch": batch}
    )


def _named(expectation: Expectation, gate: str, subject: str) -> Expectation:
    meta: dict[str, Any] = {**(expectation.meta or {}), "subject": subject}
    expectation.meta = {**meta, "id": f"{gate}.{subject}.{meta['rule']}"}
    return expectation


def ids(suites: Iterable[ExpectationSuite]) -> list[str]:
    """The ids of all expectations in the suites, in order."""
    return [str((expectation.meta or {})["id"]) for made in suites for expectation in made.expectations]


def percent(share: float) -> str:
    """A share (0 to 1) in words: 0.3 is 30%."""
    return f"{share * 100:g}%"
