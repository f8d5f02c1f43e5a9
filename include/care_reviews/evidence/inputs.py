"""What a night rests on: its manifest, and digests of the row versions that it opened and closed in landing.

All that was opened up to a night, without what was closed up to it, is that night's picture: so the digests
of all nights together vouch for every picture, and each costs what changed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from care_reviews.evidence.digests import Digest, digest_of, row_hash, select_digest
from care_reviews.source.catalog import TABLES
from care_reviews.warehouse.catalogue import columns, literal

QUARANTINE = "quarantine"
COUNTS = (
    "rows_read",
    "rows_new",
    "rows_changed",
    "rows_vanished",
    "rows_unchanged",
    "rows_quarantined",
    "bytes",
)
MANIFEST = (*COUNTS, "content_digest")
# Which extract a version belongs to is said by the grouping; everything else of a row counts.
_NOT_CONTENT = ("known_from", "known_to")
CHANGES = {"opened": "known_from", "closed": "known_to"}
NOTHING = Digest(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def relations() -> dict[str, str]:
    """What is in landing: source table (or quarantine) → relation."""
    return {table.name: f"landing.{table.landing}" for table in TABLES} | {
        QUARANTINE: f"landing.{QUARANTINE}"
    }


def content(connection: Connection, relation: str) -> dict[str, str]:
    """The columns of a landing table that its digests are made of, with their types."""
    return {name: kind for name, kind in columns(connection, relation).items() if name not in _NOT_CONTENT}


def changes_of(connection: Connection, authority_code: str, extract_id: int) -> dict[str, dict[str, Any]]:
    """Digests of the versions that an extract opened and closed, by source table."""
    found = {}
    for name, relation in relations().items():
        of_row = content(connection, relation)
        found[name] = {
            change: digest_of(
                connection,
                f"(select * from {relation} where authority_code = {literal(authority_code)} "
                f"and {column} = {extract_id:d})",
                of_row,
            ).as_record()
            for change, column in CHANGES.items()
        }
    return found


def select_changes(relation: str, of_row: dict[str, str]) -> str:
    """The query that gives the digest of every change of a landing table: one row an authority, extract and
    change.
    """
    hashes = " union all ".join(
        f"select authority_code, {column} as extract_id, '{change}' as change, {row_hash(of_row)} as hash "
        f"from {relation} where {column} is not null"
        for change, column in CHANGES.items()
    )
    return select_digest(hashes, by="authority_code, extract_id, change")


def manifest_of(connection: Connection, extract_id: int) -> dict[str, dict[str, Any]]:
    """The manifest's counts and digest of an extract, by source table."""
    rows = connection.execute(
        text(f"select table_name, {', '.join(MANIFEST)} from audit.manifest where extract_id = :id"),
        {"id": extract_id},
    )
    return {row.table_name: {name: getattr(row, name) for name in MANIFEST} for row in rows}
