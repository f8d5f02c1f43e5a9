"""Great Expectations at work: suites against their batches, in one process, without a value of the data.

Importing this module costs seconds, and telemetry must be off before it: `care_reviews.validation` sees to
both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from great_expectations import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.datasource.fluent import PostgresDatasource
from great_expectations.expectations.metadata_types import FailureSeverity
from psycopg import errors
from sqlalchemy import URL

from care_reviews.errors import DatabaseFailedError
from care_reviews.passing import was_interrupted
from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.context import in_memory
from care_reviews.validation.verdict import Outcome, Severity

_DRIVERS_ERROR = re.compile(r"\(psycopg\.(?:errors\.)?(\w+)\)")
COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
# What a result may say of the data; everything else is left out before it is stored or shown.
COUNTS = {"element_count", "unexpected_count", "missing_count", "unexpected_percent", "observed_value"}
NOT_JUDGED = "could not be judged"
NOT_APPLICABLE = "Not applicable:"

Judged = tuple[ExpectationSuite, ExpectationSuiteValidationResult]


@contextmanager
def judging(warehouse: URL) -> Iterator[PostgresDatasource]:
    """Great Expectations on the warehouse, kept in memory."""
    source = in_memory().data_sources.add_postgres(
        "warehouse",
        connection_string=warehouse.render_as_string(hide_password=False),
        kwargs={
            "hide_parameters": True,
            "connect_args": {
                "application_name": "care-reviews validation",
                "options": f"-c search_path={SCHEMA}",
            },
        },
    )
    try:
        yield source
    finally:
        # It tests the connection with one engine and judges with another.
        source.get_execution_engine().close()
        source.get_engine().dispose()


def judge(
    source: PostgresDatasource, suites: Iterable[ExpectationSuite], authority_code: str
) -> list[Judged]:
    """Each suite with its result, cleared of everything but counts. A suite names its batch.

    Raises DatabaseFailedError when the warehouse failed on the way in a manner that may pass by itself.
    """
    judged = []
    for suite in suites:
        batch_of = str((suite.meta or {})["batch"])
        asset = source.add_table_asset(suite.name, table_name=batch_name(authority_code, batch_of))
        batch = asset.add_batch_definition_whole_table("tonight").get_batch()
        result = batch.validate(suite, result_format=COUNTS_ONLY)
        if any(_was_interrupted(one) for one in result.results):
            raise interrupted()
        for one in result.results:
            _keep_counts(one)
        judged.append((suite, result))
    return judged


def outcomes(judged: Iterable[Judged]) -> tuple[Outcome, ...]:
    """One outcome for each expectation of the suites, in their order, whether or not there is a result for
    it.
    """
    return tuple(
        _outcome(expectation, _result_of(str((expectation.meta or {})["id"]), result))
        for suite, result in judged
        for expectation in suite.expectations
    )


def _result_of(
    expectation_id: str, result: ExpectationSuiteValidationResult
) -> ExpectationValidationResult | None:
    found = [one for one in result.results if _meta(one).get("id") == expectation_id]
    return found[0] if len(found) == 1 else None


def _outcome(expectation: Any, result: ExpectationValidationResult | None) -> Outcome:
    meta = expectation.meta
    severity: Severity = "stop" if expectation.severity == FailureSeverity.CRITICAL else "warn"
    if result is None or _raised(result):
        # What could not be judged is not known to be right: it stops the night, a warning as well.
        message = (
            f"{meta['subject']}: {meta['says']} This {NOT_JUDGED}. See the night's log, then run it again."
        )
        return Outcome(
            meta["id"],
            meta["subject"],
            meta["column"] or None,
            "stop",
            False,
            None,
            None,
            message,
            *_meaning(meta),
        )
    checked, failed, words = _found(expectation, result.result)
    success = bool(result.success)
    message = meta["says"] if success else f"{meta['subject']}: {meta['says']} {words} {meta['do']}"
    if success and checked == 0:
        message = f"{meta['says']} {NOT_APPLICABLE} {meta['why_not']}."
    return Outcome(
        meta["id"],
        meta["subject"],
        meta["column"] or None,
        severity,
        success,
        checked,
        failed,
        message,
        *_meaning(meta),
    )


def _meaning(meta: dict[str, str]) -> tuple[str, str, str, str]:
    """What should hold, why it matters, what to do, and who acts."""
    return meta["says"], meta["because"], meta["do"], meta["owner"]


def _found(expectation: Any, result: dict[str, Any]) -> tuple[int | None, int | None, str]:
    """Rows judged, rows that failed (of a number of rows: how many lack or are too many), and both in
    words.
    """
    if "unexpected_count" in result:
        checked = int(result["element_count"] or 0) - int(result.get("missing_count") or 0)
        failed = int(result["unexpected_count"] or 0)  # nothing is counted where there is no row
        return checked, failed, f"Failed: {failed:,} of {checked:,} rows ({_share(failed, checked)})."
    if isinstance(result.get("observed_value"), int):
        rows = int(result["observed_value"])
        lacking = max(0, (expectation.min_value or 0) - rows)
        beyond = max(0, rows - expectation.max_value) if expectation.max_value is not None else 0
        return (
            rows,
            lacking + beyond,
            f"It has {rows:,} rows, {lacking + beyond:,} too {'few' if lacking else 'many'}.",
        )
    return None, None, "There is none."


def _share(failed: int, checked: int) -> str:
    share = failed / max(checked, 1)
    return f"{share:.1%}" if share >= 0.001 else "under 0.1%"


def _keep_counts(result: ExpectationValidationResult) -> None:
    result.result = {name: value for name, value in (result.result or {}).items() if name in COUNTS}
    if _raised(result):
        # A driver's message may quote a row.
        result.exception_info = {
            "raised_exception": True,
            "exception_message": NOT_JUDGED,
            "exception_traceback": None,
        }


def interrupted() -> DatabaseFailedError:
    """What is raised when the warehouse failed while it was judged, and may be back."""
    error = DatabaseFailedError("validate: the warehouse ended the session while it was judged: try again")
    error.retry = True
    return error


def _was_interrupted(result: ExpectationValidationResult) -> bool:
    """Great Expectations keeps of an error its words alone."""
    kinds = _DRIVERS_ERROR.findall(str(result.exception_info)) if _raised(result) else ()
    return any(was_interrupted(getattr(errors, kind)()) for kind in kinds)


def _raised(result: ExpectationValidationResult) -> bool:
    """Whether judging failed. Great Expectations gives one note, or one for each metric that failed."""
    info = result.exception_info or {}
    notes = [info, *(note for note in info.values() if isinstance(note, dict))]
    return any(bool(note.get("raised_exception")) for note in notes)


def _meta(result: ExpectationValidationResult) -> dict[str, Any]:
    config = result.expectation_config
    return dict(config.meta or {}) if config else {}
