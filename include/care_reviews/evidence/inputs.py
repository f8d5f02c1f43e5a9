"""What a night rests on: its manifest, and digests of the row versions that it opened and closed in landing.

All that was opened up to a night, without what was closed up to it, is that night's picture: so the digests
of all nights together vouch for every picture, and each costs what changed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from care_reviews.evidence import landed_rows
from care_reviews.evidence.digests import Digest, read_digest, row_hash, select_digest
from care_reviews.source.catalog import PLAIN_TABLES, TABLES
from care_reviews.warehouse.catalogue import columns, literal
from care_reviews.warehouse.landing_tables import content_columns

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
# Their rows were hashed as they were read. Those of forms are put together in the database, and hashed there.
_HASHED_AS_READ = {table.name: table for table in PLAIN_TABLES}
CHANGES = {"opened": "known_from", "closed": "known_to"}
NOTHING = Digest(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def relations() -> dict[str, str]:
    """What is in landing: source table (or quarantine) → relation."""
    return {table.name: f"landing.{table.landing}" for table in TABLES} | {
        QUARANTINE: f"landing.{QUARANTINE}"
    }


def changes_of(connection: Connection, authority_code: str, extract_id: int) -> dict[str, dict[str, Any]]:
    """Digests of the versions that an extract opened and closed, by source table."""
    found = {}
    for name, relation in relations().items():
        of_row = landed_rows.LANDED if name in _HASHED_AS_READ else _whole(connection, relation)
        hashes = f"select {of_row} as hash from {relation} where authority_code = {literal(authority_code)}"
        found[name] = {
            change: read_digest(
                connection, select_digest(f"{hashes} and {column} = {extract_id:d}")
            ).as_record()
            for change, column in CHANGES.items()
        }
    return found


def select_changes(connection: Connection, name: str) -> str:
    """The query that verifies every change of a landing table, by source table: the digest that each should
    have by the content of its rows, one an authority, extract and change.
    """
    relation, of_row, rows = relations()[name], landed_rows.VERIFIED, ""
    if table := _HASHED_AS_READ.get(name):
        rows = f", {landed_rows.made(content_columns(connection, table))} as made"
    else:
        of_row = _whole(connection, relation)
    hashes = " union all ".join(
        f"select authority_code, {column} as extract_id, '{change}' as change, {of_row} as hash "
        # Without `offset 0` a hash would be made anew wherever it is named.
        f"from (select *{rows} from {relation} where {column} is not null offset 0) as landed"
        for change, column in CHANGES.items()
    )
    return select_digest(hashes, by="authority_code, extract_id, change")


def _whole(connection: Connection, relation: str) -> str:
    """The SQL of a hash that is made of all that a row says."""
    there = columns(connection, relation).items()
    return row_hash({name: kind for name, kind in there if name not in _NOT_CONTENT})


def manifest_of(connection: Connection, extract_id: int) -> dict[str, dict[str, Any]]:
    """The manifest's counts and digest of an extract, by source table."""
    rows = connection.execute(
        text(f"select table_name, {', '.join(MANIFEST)} from audit.manifest where extract_id = :id"),
        {"id": extract_id},
    )
    return {row.table_name: {name: getattr(row, name) for name in MANIFEST} for row in rows}
