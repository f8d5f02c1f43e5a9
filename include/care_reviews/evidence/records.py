"""What each kind of record says, and who writes it: the step, in the transaction that it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from care_reviews.evidence import chain, findings, inputs, provenance
from care_reviews.evidence.digests import Digest, digest_of
from care_reviews.lock import Extract
from care_reviews.settings import get_settings
from care_reviews.warehouse.catalogue import columns

if TYPE_CHECKING:
    from care_reviews.release import Release

# What comes of a night that was judged.
DECISIONS = ("published", "blocked", "refused")
VERDICT = ("verdict", "expectations", "passed", "warned", "stopped")
# What a gate leaves beside its verdict, by its name in a record: rows of a validation, never changed.
LEFT = {
    "results": "audit.validation_result",
    "findings": "audit.finding_count",
    "accounts": "audit.reconciliation",
    "json": "audit.validation_json",
}
NEWEST_GATES = text(
    f"select distinct on (gate) validation_id, gate, dbt_invocation_id, {', '.join(VERDICT)} "
    "from audit.validation where extract_id = :extract_id order by gate, validation_id desc"
)


def landed(connection: Connection, extract: Extract, source_digest: str) -> None:
    """A night has landed: what was read, and what that changed in landing."""
    manifest = inputs.manifest_of(connection, extract.extract_id)
    changes = inputs.changes_of(connection, extract.authority_code, extract.extract_id)
    facts = {
        **_night(extract),
        "code": provenance.code(),
        "source_digest": source_digest,
        "inputs": {name: manifest.get(name, {}) | change for name, change in changes.items()},
    }
    chain.append(connection, "landed", extract.authority_code, facts)


def blocked(connection: Connection, extract: Extract) -> None:
    """A gate said stop: nothing is published of this build."""
    facts = _decided(connection, extract) | {"decision": "blocked"}
    chain.append(connection, "blocked", extract.authority_code, facts)


def published(
    connection: Connection, extract: Extract, publication_id: int, marts: Mapping[str, Digest]
) -> None:
    """A build is published: what readers see of it, by mart."""
    row = connection.execute(
        text(
            "select published_at, dbt_invocation_id, return_name, released_by, released_at, release_comment "
            "from published.publication where publication_id = :id"
        ),
        {"id": publication_id},
    ).one()
    facts = _decided(connection, extract) | {
        "decision": "published",
        "publication_id": publication_id,
        "published_at": moment(row.published_at),
        "dbt_invocation_id": row.dbt_invocation_id,
        "return_name": row.return_name,
        "released_by": row.released_by,
        "released_at": row.released_at and moment(row.released_at),
        "release_comment": row.release_comment,
        "marts": {view: digest.as_record() for view, digest in marts.items()},
    }
    chain.append(connection, "published", extract.authority_code, facts)


def refused(connection: Connection, extract: Extract, release: Release) -> None:
    """A person refused a return: nothing is published of this build. Said once, also when the step is run
    again.
    """
    facts = {
        "return_name": release.return_name,
        "refused_by": release.by,
        "refused_at": release.at and moment(release.at),
        "comment": release.comment,
    }
    if chain.find(connection, "refused", extract_id=extract.extract_id, **facts) is None:
        facts |= _decided(connection, extract) | {"decision": "refused"}
        chain.append(connection, "refused", extract.authority_code, facts)


def withdrawn(connection: Connection, publication_id: int) -> None:
    """A publication was withdrawn: the ledger's words."""
    row = connection.execute(
        text(
            "select authority_code, withdrawn_at, withdrawn_by, reason from published.publication "
            "where publication_id = :id"
        ),
        {"id": publication_id},
    ).one()
    facts = {
        "publication_id": publication_id,
        "withdrawn_at": moment(row.withdrawn_at),
        "withdrawn_by": row.withdrawn_by,
        "reason": row.reason,
    }
    chain.append(connection, "withdrawn", row.authority_code, facts)


def discarded(connection: Connection, extract_ids: Iterable[int]) -> None:
    """A landed night was discarded, with each of its extracts."""
    for extract_id in sorted(extract_ids):
        row = connection.execute(
            text(
                "select authority_code, as_known, discarded_at, discarded_by, discard_reason "
                "from audit.extract where extract_id = :id"
            ),
            {"id": extract_id},
        ).one()
        facts = {
            "extract_id": extract_id,
            "as_known": row.as_known.isoformat(),
            "discarded_at": moment(row.discarded_at),
            "discarded_by": row.discarded_by,
            "reason": row.discard_reason,
            "findings": findings.register(connection, row.authority_code),
        }
        chain.append(connection, "discarded", row.authority_code, facts)


def gates_of(connection: Connection, extract_id: int) -> dict[str, dict[str, Any]]:
    """The newest verdict of each gate on an extract, with the digests of what it left."""
    return {
        row.gate: {
            "validation_id": row.validation_id,
            **{name: getattr(row, name) for name in VERDICT},
            **{name: left_of(connection, name, row.validation_id).as_record() for name in LEFT},
        }
        for row in connection.execute(NEWEST_GATES, {"extract_id": extract_id}).all()
    }


def left_of(connection: Connection, name: str, validation_id: int) -> Digest:
    """The digest of the rows that a validation left in one of the tables of `LEFT`."""
    table = LEFT[name]
    rows = f"(select * from {table} where validation_id = {validation_id:d})"
    return digest_of(connection, rows, columns(connection, table))


def moment(value: Any) -> str:
    """A moment as a record writes it: UTC, to the microsecond."""
    return str(value.astimezone(dt.UTC).isoformat(timespec="microseconds"))


def _decided(connection: Connection, extract: Extract) -> dict[str, Any]:
    landing = chain.find(connection, "landed", extract_id=extract.extract_id)
    build = connection.scalar(
        text("select build from audit.extract where extract_id = :id"), {"id": extract.extract_id}
    )
    return {
        **_night(extract),
        "authority_name": get_settings().name_of(extract.authority_code),
        "code": provenance.code(),
        "inputs": landing.record["inputs"] if landing else None,
        "build": build,
        "judged_with": provenance.settings_of(get_settings(), provenance.JUDGED_WITH),
        "gates": gates_of(connection, extract.extract_id),
        "findings": findings.register(connection, extract.authority_code),
    }


def _night(extract: Extract) -> dict[str, Any]:
    return {
        "extract_id": extract.extract_id,
        "as_known": extract.as_known.isoformat(),
        "run_id": extract.run_id,
    }
