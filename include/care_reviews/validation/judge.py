"""Great Expectations at work: suites against their batches, in one process, without a value of the data.

Importing this module costs seconds, and telemetry must be off before it: `care_reviews.validation` sees to both.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import great_expectations as gx
from great_expectations import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent import PostgresDatasource
from great_expectations.expectations.metadata_types import FailureSeverity
from sqlalchemy import URL

from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.verdict import Outcome

COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
# What a result may say of the data; everything else is left out before it is stored or shown.
COUNTS = {"element_count", "unexpected_count", "missing_count", "unexpected_percent", "observed_value"}
NOT_JUDGED = "could not be judged"

Judged = tuple[ExpectationSuite, ExpectationSuiteValidationResult]


@contextmanager
def judging(warehouse: URL) -> Iterator[PostgresDatasource]:
    """Great Expectations on the warehouse, kept in memory; its own log, which may quote rows, is silent meanwhile."""
    log = logging.getLogger("great_expectations")
    level, log.level = log.level, logging.CRITICAL + 1
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_postgres(
        "warehouse",
        connection_string=warehouse.render_as_string(hide_password=False),
        kwargs={"hide_parameters": True, "connect_args": {"application_name": "care-reviews validation"}},
    )
    try:
        yield source
    finally:
        source.get_engine().dispose()
        log.setLevel(level)


def judge(source: PostgresDatasource, suites: Iterable[ExpectationSuite], authority_code: str) -> list[Judged]:
    """Each suite with its result, cleared of everything but counts. A suite names its batch."""
    judged = []
    for suite in suites:
        batch_of = str((suite.meta or {})["batch"])
        asset = source.add_table_asset(
            suite.name, table_name=batch_name(authority_code, batch_of), schema_name=SCHEMA
        )
        batch = asset.add_batch_definition_whole_table("tonight").get_batch()
        result = batch.validate(suite, result_format=COUNTS_ONLY)
        for one in result.results:
            _keep_counts(one)
        judged.append((suite, result))
    return judged


def outcomes(judged: Iterable[Judged]) -> tuple[Outcome, ...]:
    """One outcome for each expectation of the suites, in their order, whether or not there is a result for it."""
    return tuple(
        _outcome(expectation, _result_of(str((expectation.meta or {})["id"]), result))
        for suite, result in judged
        for expectation in suite.expectations
    )


def _result_of(expectation_id: str, result: ExpectationSuiteValidationResult) -> ExpectationValidationResult | None:
    found = [one for one in result.results if _meta(one).get("id") == expectation_id]
    return found[0] if len(found) == 1 else None


def _outcome(expectation: Any, result: ExpectationValidationResult | None) -> Outcome:
    meta = expectation.meta
    severity = "stop" if expectation.severity == FailureSeverity.CRITICAL else "warn"
    if result is None or _raised(result):
        # What could not be judged is not known to be right: it stops the night, a warning as well.
        message = f"{meta['subject']}: {meta['says']} This {NOT_JUDGED}. See the night's log, then run it again."
        return Outcome(meta["id"], meta["subject"], meta["column"] or None, "stop", False, None, None, message)
    checked, failed = _counts(expectation, result)
    success = bool(result.success)
    message = meta["says"] if success else f"{meta['subject']}: {_found(meta['says'], checked, failed)} {meta['do']}"
    return Outcome(
        meta["id"], meta["subject"], meta["column"] or None, severity, success, checked, failed, message  # type: ignore[arg-type]
    )


def _counts(expectation: Any, result: ExpectationValidationResult) -> tuple[int | None, int | None]:
    """Rows judged and rows that failed; where a number of rows is judged, how many are missing or too many."""
    found = result.result
    if "unexpected_count" in found:
        checked = int(found["element_count"]) - int(found.get("missing_count") or 0)
        return checked, int(found["unexpected_count"])
    if isinstance(found.get("observed_value"), int):
        rows = int(found["observed_value"])
        lacking = max(0, (expectation.min_value or 0) - rows)
        beyond = max(0, rows - expectation.max_value) if expectation.max_value is not None else 0
        return rows, lacking + beyond
    return None, None


def _found(says: str, checked: int | None, failed: int | None) -> str:
    if checked is None:
        return f"{says} There is none."
    if not checked:
        return f"{says} It has no row."
    share = f" ({failed / checked:.1%})" if failed and failed <= checked else ""
    return f"{says} Failed: {failed:,} of {checked:,} rows{share}."


def _keep_counts(result: ExpectationValidationResult) -> None:
    result.result = {name: value for name, value in (result.result or {}).items() if name in COUNTS}
    if _raised(result):
        # A driver's message may quote a row.
        result.exception_info = {"raised_exception": True, "exception_message": NOT_JUDGED, "exception_traceback": None}


def _raised(result: ExpectationValidationResult) -> bool:
    """Whether judging failed. Great Expectations gives one note, or one for each metric that failed."""
    info = result.exception_info or {}
    notes = [info, *(note for note in info.values() if isinstance(note, dict))]
    return any(bool(note.get("raised_exception")) for note in notes)


def _meta(result: ExpectationValidationResult) -> dict[str, Any]:
    config = result.expectation_config
    return dict(config.meta or {}) if config else {}
