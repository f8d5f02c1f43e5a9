"""Nights whose findings are told straight to the table of findings, without judging anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from care_reviews.lock import Extract
from care_reviews.validation import findings
from care_reviews.validation.batches import Records, batches, drop
from care_reviews.validation.results import store
from care_reviews.validation.sql import literal
from care_reviews.validation.verdict import Gate, GateResult, Outcome
from expectations.words import at_most, expect, no_row, suite
from tests.gate_rules import ruled
from tests.integration.gates import council

CHILD = "1001"


@dataclass(frozen=True)
class Found:
    """A finding as a test reads it."""

    record_key: str
    first_seen: int
    last_seen: int
    resolved_on: int | None
    is_discarded: bool = False


def night(
    engine: Engine,
    day: int,
    *keys: str | None,
    person: str | None = CHILD,
    stops: bool = False,
    gate: Gate = "care",
    could_run: bool = True,
) -> int:
    """Judge the night of a day in March 2020, on which rule 1 finds the records with these keys; gives its
    validation. `stops`: there are so many that the rule's share stops the night.
    """
    with engine.begin() as connection:
        extract = _extract(connection, day)
    suites = [
        suite(
            gate,
            "subject",
            [
                expect("1", no_row("rule_1"), says="Says.", do="Do."),
                expect("1_share", at_most(0.5, "rule_1"), says="Says.", do="Do."),
            ],
            ruled(gate, {"1": "warn", "1_share": "stop"}),
        )
    ]
    queries = {"subject": Records(_rows(keys, person), "fact_cla_review")}
    with batches(engine, council.AUTHORITY, queries):
        findings.gather(engine, council.AUTHORITY, gate, suites, queries)
    now = dt.datetime.now(dt.UTC)
    rows = len(keys)
    outcomes = (
        Outcome(f"{gate}.subject.1", "subject", None, "warn", not keys, rows, rows, "Says.", because="Why."),
        Outcome(f"{gate}.subject.1_share", "subject", None, "stop", not stops, rows, rows, "Says."),
    )
    with engine.begin() as connection:
        result = GateResult(gate, outcomes, now, now)
        validation_id = store(connection, extract, result)
        is_whole = result.word != "blocked"
        findings.record(connection, extract, result, suites if could_run else [], validation_id, is_whole)
        drop(connection, [findings.found_name(council.AUTHORITY, gate)])
    return validation_id


def found(engine: Engine) -> list[Found]:
    """All findings, by their first night."""
    query = (
        "select record_key, first_seen, last_seen, resolved_on, is_discarded from audit.finding "
        "order by finding_id"
    )
    with engine.connect() as connection:
        return [
            Found(
                row.record_key,
                row.first_seen.day,
                row.last_seen.day,
                row.resolved_on and row.resolved_on.day,
                row.is_discarded,
            )
            for row in connection.execute(text(query))
        ]


def _rows(keys: Sequence[str | None], person: str | None) -> str:
    about = "null::text" if person is None else literal(person)
    rows = [
        f"select {'null::text' if key is None else literal(key)} as record_key, {about} as person_id, "
        "true as rule_1"
        for key in keys
    ]
    return " union all ".join([*rows, "select 'fine' as record_key, null as person_id, false as rule_1"])


def _extract(connection: Connection, day: int) -> Extract:
    connection.execute(
        text(
            "insert into audit.extract (authority_code, as_known, run_id, status) "
            "values (:authority, :as_known, 'run', 'landed')"
        ),
        {"authority": council.AUTHORITY, "as_known": dt.date(2020, 3, day)},
    )
    return council.extract_of(connection)
