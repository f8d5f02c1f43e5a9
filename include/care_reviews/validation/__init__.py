"""Validate a night: judge what landed and what was built, store the results, and give the verdict as data.

Great Expectations takes seconds to import, so it is imported when a night is validated, never before.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from care_reviews.errors import CareReviewsError, NightRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.head_file import write_heads
from care_reviews.lock import Extract, authority_lock, current_extract
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.validation.results import store
from care_reviews.validation.verdict import GateResult, Outcome, Verdict, verdict_of

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

    from care_reviews.validation.judge import Judged

__all__ = ["GateResult", "Outcome", "Verdict", "validate"]

log = logging.getLogger(__name__)

Gate = Literal["source", "marts"]
Batches = Mapping[str, str]


def validate(night: Night, warehouse: Engine, settings: Settings) -> Verdict:
    """Judge both gates of the authority's current extract, which must be this run's and have landed.

    Leaves one row a gate in `audit.validation` and its expectations in `audit.validation_result`, in one
    transaction, and the night's Data Docs. Validating again adds another validation, and the newest counts.
    A gate that cannot be run is blocked. Raises WarehouseBusyError and NightRefusedError; a verdict of
    `blocked` is no error here.
    """
    with _quiet(), warehouse.connect() as connection, authority_lock(connection, night.authority_code):
        with connection.begin():
            extract = current_extract(connection, night)
        if extract.status != "landed":
            raise NightRefusedError(
                f"the night {night.as_known} has not landed yet: run land and build first"
            )
        source, source_pages = _gate("source", extract, warehouse, settings)
        marts, marts_pages = _gate("marts", extract, warehouse, settings)
        with connection.begin():
            extract = current_extract(connection, night)
            store(connection, extract, (source, marts))
            if "blocked" in (source.word, marts.word):
                records.blocked(connection, extract)
        _write_docs(settings, extract, [(source, source_pages), (marts, marts_pages)])
    write_heads(warehouse)
    verdict = verdict_of(source, marts)
    for message in verdict.messages:
        log.warning("%s", message)
    return verdict


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
    """Judge one gate. Whatever keeps it from being judged blocks it: no error may pass for a verdict."""
    from care_reviews.validation import landed_gate, marts_gate

    prepare = {"source": landed_gate.prepare, "marts": marts_gate.prepare}[gate]
    started = dt.datetime.now(dt.UTC)
    judged: list[Judged] = []
    try:
        judged = _judge(prepare, extract, warehouse, settings)
        from care_reviews.validation.judge import outcomes

        found = outcomes(judged)
    except Exception as error:
        found = (_not_run(gate, error),)
    return GateResult(gate, found, started, dt.datetime.now(dt.UTC)), judged


def _judge(
    prepare: Callable[..., tuple[list[ExpectationSuite], Batches]],
    extract: Extract,
    warehouse: Engine,
    settings: Settings,
) -> list[Judged]:
    from care_reviews.validation.batches import batches
    from care_reviews.validation.judge import judge, judging

    with warehouse.connect() as connection:
        suites, queries = prepare(connection, extract, settings)
    with batches(warehouse, extract.authority_code, queries), judging(warehouse.url) as source:
        return judge(source, suites, extract.authority_code)


def _not_run(gate: Gate, error: Exception) -> Outcome:
    """A driver's message may quote a row: its kind and SQLSTATE are all that is told."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(origin, "sqlstate", None)
    what = type(origin).__name__ + (f", SQLSTATE {state}" if state else "")
    if isinstance(error, CareReviewsError):
        what = str(error)
    log.error("the %s gate could not be run: %s", gate, what)
    message = (
        f"the {gate} gate could not be run ({what}): see the night's log, put it right and run "
        f"the night again."
    )
    return Outcome(f"{gate}.gate.runs", "gate", None, "stop", False, None, None, message)


def _write_docs(settings: Settings, extract: Extract, gates: list[tuple[GateResult, list[Judged]]]) -> None:
    """The verdict stands without its pages: failing to write them is told and fails nothing."""
    from care_reviews.validation import docs

    try:
        log.info("Data Docs: %s", docs.write(settings.data_docs, extract, gates))
    except Exception as error:
        log.error("the Data Docs of %s could not be written: %s", extract.as_known, type(error).__name__)
