"""Findings as rows that outlive nights: what a rule found, from the night that found it to the one that no
longer did.

A rule finds the records of the rows that it flags: rules of the source gate and the care gate that warn at a
single row. A night that judges again says so anew and changes nothing else; a finding that returns on a later
night is a new row. What a gate could not judge is left as it was. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from great_expectations import ExpectationSuite
from great_expectations.expectations.core import ExpectColumnValuesToBeInSet
from great_expectations.expectations.metadata_types import FailureSeverity
from sqlalchemy import Connection, Engine, text

from care_reviews import pseudonyms
from care_reviews.lock import Extract
from care_reviews.validation.batches import SCHEMA, Records, drop, records_name
from care_reviews.validation.finding_statements import BRING, COUNT, FOUND, TONIGHT, TONIGHT_UNBUILT
from care_reviews.validation.sql import literal, run
from care_reviews.validation.verdict import GateResult
from care_reviews.warehouse.grants import candidate_schema

# Told of the copy as a whole, not of a record: rows alike are one row.
OF_NO_RECORD = ("once", "size_in_band", "changes_in_band", "newest_in_band", "refreshed", "within_limits")


@dataclass(frozen=True)
class Rule:
    """An expectation that finds records: its id, its short name, who acts, and the flag of its batch."""

    expectation: str
    rule: str
    owner: str
    flag: str


def rules_of(suite: ExpectationSuite) -> list[Rule]:
    """The expectations of a suite that warn at a single row."""
    found = []
    for expectation in suite.expectations:
        meta = expectation.meta or {}
        if (
            isinstance(expectation, ExpectColumnValuesToBeInSet)
            and expectation.severity == FailureSeverity.WARNING
            and meta["rule"] not in OF_NO_RECORD
        ):
            found.append(Rule(meta["id"], meta["rule"], meta["owner"], expectation.column))
    return found


def found_name(authority_code: str, gate: str) -> str:
    """The table of what a gate found, in schema `stage` until it is recorded."""
    return f"found__{authority_code.lower()}__{gate}"


def gather(
    warehouse: Engine,
    authority_code: str,
    gate: str,
    suites: Iterable[ExpectationSuite],
    queries: Mapping[str, str],
) -> None:
    """Keep the flagged records of the gate's batches, which are there now and soon gone."""
    name = found_name(authority_code, gate)
    selects = [FOUND]
    for suite in suites:
        batch = str((suite.meta or {})["batch"])
        query, rules = queries.get(batch), rules_of(suite)
        if isinstance(query, Records) and rules:
            pairs = ", ".join(f"({literal(rule.expectation)}, {rule.flag})" for rule in rules)
            selects.append(
                f"select rules.expectation, {literal(query.table)}, record_key, person_id "
                f"from {SCHEMA}.{records_name(authority_code, batch)} "
                f"cross join lateral (values {pairs}) as rules (expectation, is_flagged) "
                "where rules.is_flagged"
            )
    with warehouse.begin() as connection:
        drop(connection, [name])
        run(connection, f"create unlogged table {SCHEMA}.{name} as\n" + "\nunion all\n".join(selects))


def record(
    connection: Connection,
    extract: Extract,
    result: GateResult,
    suites: Iterable[ExpectationSuite],
    validation_id: int,
    is_whole: bool,
) -> None:
    """Bring what the gate found into `audit.finding`, and its counts beside the validation, in the caller's
    transaction.

    `suites`: those that were judged. None were when the gate could not be run: nothing changes then.
    `is_whole`: neither source nor care stopped the night; else what it does not find is open as before.
    """
    rules = [rule for suite in suites for rule in rules_of(suite)]
    if not rules:
        return
    night = {"authority_code": extract.authority_code, "as_known": extract.as_known}
    _tonight(connection, extract, result.gate)
    _pseudonyms(connection, extract.authority_code)
    checked = {outcome.expectation: outcome.rows_checked for outcome in result.outcomes}
    stopped = {
        outcome.expectation
        for outcome in result.outcomes
        if not outcome.success and outcome.severity == "stop"
    }
    words = {
        "expectations": [rule.expectation for rule in rules],
        "rules": [rule.rule for rule in rules],
        "owners": [rule.owner for rule in rules],
        "severities": [
            "stop" if {rule.expectation, f"{rule.expectation}_share"} & stopped else "warn" for rule in rules
        ],
    }
    connection.execute(text(BRING), {**night, **words, "is_whole": is_whole})
    connection.execute(
        text(COUNT),
        {
            **night,
            **words,
            "checked": [checked.get(rule.expectation) for rule in rules],
            "validation_id": validation_id,
        },
    )
    run(connection, "drop table pg_temp.tonight, pg_temp.child")


def _tonight(connection: Connection, extract: Extract, gate: str) -> None:
    """The gate's findings with the person after merging and the team, where the night's models know them."""
    words = {
        "found": f"{SCHEMA}.{found_name(extract.authority_code, gate)}",
        "candidate": candidate_schema(extract.authority_code),
        "as_known": str(extract.as_known),
    }
    run(connection, (TONIGHT if _is_built(connection, extract) else TONIGHT_UNBUILT).substitute(words))


def _is_built(connection: Connection, extract: Extract) -> bool:
    candidate = candidate_schema(extract.authority_code)
    return bool(
        extract.dbt_invocation_id
        and connection.scalar(
            text("select to_regclass(:people) is not null and to_regclass(:teams) is not null"),
            {
                "people": f"{candidate}.int_person__identities",
                "teams": f"{candidate}.int_child__quadrant_spans",
            },
        )
    )


def _pseudonyms(connection: Connection, authority_code: str) -> None:
    """The pseudonym of every person in tonight's findings; the key stays outside the database."""
    run(
        connection,
        "create temporary table child (person_id text primary key, child text not null) on commit drop",
    )
    people = connection.scalars(
        text("select distinct person_id from pg_temp.tonight where person_id is not null")
    ).all()
    if not people:
        return
    key = pseudonyms.key_of(connection)
    driver = connection.connection.driver_connection
    with driver.cursor().copy("copy pg_temp.child from stdin") as copy:  # type: ignore[union-attr]
        for person in people:
            copy.write_row((person, pseudonyms.pseudonym(key, "child", authority_code, person)))
