"""What the gates said of a night, and since when each thing that failed has failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection, text

from care_reviews.site.checks import Check, GateFacts
from care_reviews.site.nights import Decision
from care_reviews.validation.verdict import GATES

_GATE = text("select gate, verdict, finished_at from audit.validation where validation_id = :validation_id")
_CHECKS = text(
    "select expectation, subject, column_name as column, severity, success, rows_checked, rows_failed, "
    "says, because, remedy, owner, substring(message from 'Not applicable: (.*)\\.$') as why_not, "
    "message not like '%could not be judged%' and expectation not like '%.gate.runs' as is_judged "
    "from audit.validation_result where validation_id = :validation_id order by position"
)
# Of each earlier night the newest validation that was known; nights discarded by then never were. An
# expectation has failed since the first night after the last one on which it was met.
_SINCE = text(
    """
    with judged as (
        select distinct on (v.as_known) v.as_known, v.validation_id
        from audit.validation as v
        inner join audit.extract as e on e.extract_id = v.extract_id
        where v.authority_code = :authority_code and v.gate = :gate and v.as_known <= :as_known
            and v.validation_id <= :validation_id
            and (v.validation_id = :validation_id or e.discarded_at is null or e.discarded_at > :until)
        order by v.as_known desc, v.validation_id desc
    ),
    results as (
        select judged.as_known, r.expectation, r.success
        from judged
        inner join audit.validation_result as r on r.validation_id = judged.validation_id
    ),
    met as (select expectation, max(as_known) as last_met from results where success group by expectation)
    select results.expectation, min(results.as_known) as since
    from results
    left join met on met.expectation = results.expectation
    where not results.success and (met.last_met is null or results.as_known > met.last_met)
    group by results.expectation
    """
)


def gates_of(connection: Connection, decision: Decision) -> tuple[GateFacts, ...]:
    """The gates in the order in which they judge, as the decision had them."""
    return tuple(
        _gate(connection, decision, decision.validations[gate])
        for gate in GATES
        if gate in decision.validations
    )


def _gate(connection: Connection, decision: Decision, validation_id: int) -> GateFacts:
    words = {"validation_id": validation_id}
    head = connection.execute(_GATE, words).one()
    since = _since(connection, decision, head.gate, validation_id)
    checks = tuple(
        Check(**row._mapping, since=None if row.success else since.get(row.expectation))
        for row in connection.execute(_CHECKS, words)
    )
    return GateFacts(head.gate, head.verdict, head.finished_at, checks)


def _since(
    connection: Connection, decision: Decision, gate: str, validation_id: int
) -> Mapping[str, dt.date]:
    rows = connection.execute(
        _SINCE,
        {
            "authority_code": decision.authority_code,
            "gate": gate,
            "validation_id": validation_id,
            "until": decision.decided_at,
            "as_known": connection.scalar(
                text("select as_known from audit.validation where validation_id = :id"), {"id": validation_id}
            ),
        },
    )
    return {row.expectation: row.since for row in rows}
