"""Validate a night: judge what landed and what was built, store the results, and give the verdict as data.

Great Expectations takes seconds to import, so it is imported when a night is validated, never before.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from care_reviews.errors import CareReviewsError, NightRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.head_file import write_heads
from care_reviews.lock import Extract, authority_lock, current_extract
from care_reviews.night import Night
from care_reviews.passing import origin_of, sqlstate, was_interrupted
from care_reviews.settings import Settings
from care_reviews.validation.results import store, store_json
from care_reviews.validation.verdict import GATES, Gate, GateResult, Outcome, Verdict, verdict_of

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

    from care_reviews.validation.judge import Judged

__all__ = ["GateResult", "Outcome", "Verdict", "validate"]

log = logging.getLogger(__name__)

Batches = Mapping[str, str]


def validate(night: Night, warehouse: Engine, settings: Settings) -> Verdict:
    """Judge the gates of the authority's current extract, which must be this run's and have landed.

    Leaves one row a gate in `audit.validation`, its expectations in `audit.validation_result` (as Great
    Expectations gave them in `audit.validation_json`) and what it found in `audit.finding`, in one
    transaction, and the night's Data Docs. Validating again adds another
    validation, and the newest counts. A gate that cannot be run is blocked. Raises WarehouseBusyError and
    NightRefusedError; a verdict of `blocked` is no error here.
    """
    with _quiet(), warehouse.connect() as connection, authority_lock(connection, night.authority_code):
        with connection.begin():
            extract = current_extract(connection, night)
        if extract.status != "landed":
            raise NightRefusedError(
                f"the night {night.as_known} has not landed yet: run land and build first"
            )
        gates = [_gate(gate, extract, warehouse, settings) for gate in GATES]
        with connection.begin():
            extract = current_extract(connection, night)
            _store(connection, extract, gates)
            if any(result.word == "blocked" for result, _ in gates):
                records.blocked(connection, extract)
        _write_docs(settings, extract, gates)
    write_heads(warehouse)
    verdict = verdict_of(*(result for result, _ in gates))
    for message in verdict.messages:
        log.warning("%s", message)
    return verdict


def _store(connection: Connection, extract: Extract, gates: list[tuple[GateResult, list[Judged]]]) -> None:
    from care_reviews.validation import accounts, findings
    from care_reviews.validation.batches import drop

    # A picture that was stopped may lack what it no longer shows.
    is_whole = not any(result.word == "blocked" for result, _ in gates if result.gate != "marts")
    for result, judged in gates:
        validation_id = store(connection, extract, result)
        store_json(connection, validation_id, judged)
        findings.record(connection, extract, result, [suite for suite, _ in judged], validation_id, is_whole)
        if result.gate == "marts" and judged:
            accounts.record(connection, extract, validation_id)
    drop(connection, [findings.found_name(extract.authority_code, result.gate) for result, _ in gates])


@contextmanager
def _quiet() -> Iterator[None]:
    """No telemetry of Great Expectations, and nothing in the log from it: it quotes what a database says."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read at its first import
    chatter = logging.getLogger("great_expectations")
    nowhere = logging.NullHandler()
    chatter.addHandler(nowhere)
    chatter.propagate = False
    try:
        yield
    finally:
        chatter.propagate = True
        chatter.removeHandler(nowhere)


def _gate(
    gate: Gate, extract: Extract, warehouse: Engine, settings: Settings
) -> tuple[GateResult, list[Judged]]:
    """Judge one gate. What keeps it from being judged blocks it, for no error may pass for a verdict; but a
    fault of the database that may pass by itself is raised, so that the step is tried again.
    """
    from care_reviews.validation import care_gate, landed_gate, marts_gate
    from care_reviews.validation.judge import interrupted, outcomes

    prepare = {"source": landed_gate, "care": care_gate, "marts": marts_gate}[gate].prepare
    started = dt.datetime.now(dt.UTC)
    judged: list[Judged] = []
    try:
        judged = _judge(gate, prepare, extract, warehouse, settings)
        found = outcomes(judged)
    except Exception as error:
        if was_interrupted(error):
            raise interrupted() from None
        found = (_not_run(gate, error),)
    return GateResult(gate, found, started, dt.datetime.now(dt.UTC)), judged


def _judge(
    gate: Gate,
    prepare: Callable[..., tuple[list[ExpectationSuite], Batches]],
    extract: Extract,
    warehouse: Engine,
    settings: Settings,
) -> list[Judged]:
    from care_reviews.validation import accounts
    from care_reviews.validation.batches import batches
    from care_reviews.validation.findings import gather
    from care_reviews.validation.judge import judge, judging

    with warehouse.connect() as connection:
        suites, queries = prepare(connection, extract, settings)
    with batches(warehouse, extract.authority_code, queries), judging(warehouse.url) as source:
        judged = judge(source, suites, extract.authority_code)
        gather(warehouse, extract.authority_code, gate, suites, queries)
        if gate == "marts":
            accounts.gather(warehouse, extract.authority_code)
        return judged


def _not_run(gate: Gate, error: Exception) -> Outcome:
    """A driver's message may quote a row: its kind and SQLSTATE are all that is told."""
    origin, state = origin_of(error), sqlstate(error)
    what = type(origin).__name__ + (f", SQLSTATE {state}" if state else "")
    if isinstance(error, CareReviewsError):
        what = str(error)
    log.error("the %s gate could not be run: %s", gate, what)
    remedy = "see the night's log, put it right and run the night again."
    return Outcome(
        f"{gate}.gate.runs",
        "gate",
        None,
        "stop",
        False,
        None,
        None,
        f"the {gate} gate could not be run ({what}): {remedy}",
        says="The gate can be run.",
        because="What was not judged is not known to be right.",
        remedy=remedy.capitalize(),
        owner="data engineering",
    )


def _write_docs(settings: Settings, extract: Extract, gates: list[tuple[GateResult, list[Judged]]]) -> None:
    """The verdict stands without its pages: failing to write them is told and fails nothing."""
    from care_reviews.validation import docs

    try:
        log.info("Data Docs: %s", docs.write(settings.data_docs, extract, gates))
    except Exception as error:
        log.error("the Data Docs of %s could not be written: %s", extract.as_known, type(error).__name__)
