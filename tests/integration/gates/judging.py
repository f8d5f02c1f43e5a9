"""One gate judged on a warehouse, without lock, ledger or pages: what the tests of single expectations
need.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, text

from care_reviews.settings import Settings
from care_reviews.validation import care_gate, landed_gate, marts_gate
from care_reviews.validation.batches import batches
from care_reviews.validation.judge import judge, judging, outcomes
from care_reviews.validation.verdict import Outcome
from tests.integration.gates.council import extract_of
from tests.integration.gates.pairs import saw_outcome

PREPARE = {"source": landed_gate.prepare, "care": care_gate.prepare, "marts": marts_gate.prepare}


@dataclass(frozen=True)
class Landed:
    """A warehouse in which the small council landed and was built: the owner's engine and the nights'."""

    owner: Engine
    pipeline: Engine


def judged(gate: str, warehouse: Landed, settings: Settings, *only: str) -> dict[str, Outcome]:
    """Expectation id → outcome of a gate on the newest extract, as the role that runs the nights: of all its
    batches, or of those named, for Great Expectations takes its time for each.
    """
    engine = warehouse.pipeline
    with engine.connect() as connection:
        extract = extract_of(connection)
        suites, queries = PREPARE[gate](connection, extract, settings)
    if only:
        suites = [suite for suite in suites if (suite.meta or {})["batch"] in only]
        queries = {batch: queries[batch] for batch in only}
    with batches(engine, extract.authority_code, queries), judging(engine.url) as source:
        found = outcomes(judge(source, suites, extract.authority_code))
    for outcome in found:
        saw_outcome(outcome)
    return {outcome.expectation: outcome for outcome in found}


def failed(found: dict[str, Outcome]) -> set[str]:
    return {name for name, outcome in found.items() if not outcome.success}


def run(warehouse: Landed, *statements: str) -> None:
    """Break the warehouse, as its owner."""
    with warehouse.owner.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
