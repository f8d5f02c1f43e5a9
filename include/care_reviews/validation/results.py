"""What outlives the night: one row a gate in `audit.validation`, one row an expectation in
`audit.validation_result`, and what Great Expectations itself gave in `audit.validation_json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from care_reviews.lock import Extract
from care_reviews.validation.verdict import GateResult

if TYPE_CHECKING:
    from care_reviews.validation.judge import Judged

GATE = text(
    "insert into audit.validation (extract_id, authority_code, as_known, run_id, gate, verdict, "
    "dbt_invocation_id, expectations, passed, warned, stopped, started_at, finished_at) values "
    "(:extract_id, :authority_code, :as_known, :run_id, :gate, :verdict, :dbt_invocation_id, :expectations, "
    ":passed, :warned, :stopped, :started_at, :finished_at) returning validation_id"
)
OUTCOME = text(
    "insert into audit.validation_result (validation_id, position, expectation, subject, column_name, "
    "severity, success, rows_checked, rows_failed, message, says, because, remedy, owner) values "
    "(:validation_id, :position, :expectation, :subject, :column, :severity, :success, :rows_checked, "
    ":rows_failed, :message, :says, :because, :remedy, :owner)"
)
JSON = text(
    "insert into audit.validation_json (validation_id, suite, result) "
    "values (:validation_id, :suite, :result)"
)


def store(connection: Connection, extract: Extract, gate: GateResult) -> int:
    """Add a gate's validation of this extract, in the caller's transaction; gives its id. Earlier ones stay;
    the newest counts.
    """
    validation_id = int(
        connection.scalar(
            GATE,
            {
                "extract_id": extract.extract_id,
                "authority_code": extract.authority_code,
                "as_known": extract.as_known,
                "run_id": extract.run_id,
                "gate": gate.gate,
                "verdict": gate.word,
                "dbt_invocation_id": extract.dbt_invocation_id,
                "expectations": len(gate.outcomes),
                "passed": gate.passed,
                "warned": gate.warned,
                "stopped": gate.stopped,
                "started_at": gate.started_at,
                "finished_at": gate.finished_at,
            },
        )
        or 0
    )
    connection.execute(
        OUTCOME,
        [
            {"validation_id": validation_id, "position": position, **asdict(outcome)}
            for position, outcome in enumerate(gate.outcomes, start=1)
        ],
    )
    return validation_id


def store_json(connection: Connection, validation_id: int, judged: Iterable[Judged]) -> None:
    """Add what Great Expectations gave of each suite, cleared of everything but counts as it is."""
    rows = [
        {
            "validation_id": validation_id,
            "suite": suite.name,
            "result": json.dumps(result.to_json_dict(), sort_keys=True, ensure_ascii=False),
        }
        for suite, result in judged
    ]
    if rows:
        connection.execute(JSON, rows)
