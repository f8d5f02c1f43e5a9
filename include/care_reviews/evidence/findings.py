"""Findings in the evidence: what `audit.finding` held of a council when something was decided.

A night changes findings when it judges, and a record vouches for them when it decides. In between, while a
return waits for its approver, none does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from care_reviews.evidence.digests import Digest, digest_of, row_hash, select_digest
from care_reviews.warehouse.catalogue import columns, literal

TABLE = "audit.finding"
FUNCTION = "audit.rows_of_finding(text)"
_NEWEST = text("select coalesce(max(validation_id), 0) from audit.validation where authority_code = :code")


def register(connection: Connection, authority_code: str) -> dict[str, Any]:
    """A council's findings as a record says them: rows, their digest, and the newest validation by then."""
    own = f"(select * from {TABLE} where authority_code = {literal(authority_code)})"
    digest = digest_of(connection, own, columns(connection, TABLE))
    return {"validation_id": newest_validation(connection, authority_code), **digest.as_record()}


def newest_validation(connection: Connection, authority_code: str) -> int:
    """The newest validation of a council; 0 when there is none."""
    return int(connection.scalar(_NEWEST, {"code": authority_code}) or 0)


def body(connection: Connection) -> str:
    """What the function does that gives the digest to those who may not read findings."""
    hashes = f"select {row_hash(columns(connection, TABLE))} as hash from {TABLE} where authority_code = $1"
    return select_digest(hashes)


def there(connection: Connection, authority_code: str) -> Digest:
    """The digest of a council's findings as they are, by that function."""
    query = text(f"select rows, sha256 from {FUNCTION.partition('(')[0]}(:code)")
    row = connection.execute(query, {"code": authority_code}).one()
    return Digest(row.rows, row.sha256)
