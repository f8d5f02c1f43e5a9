"""Functions that give digests of rows to those who may not read the rows: for whoever verifies the evidence.

Each runs with its owner's rights over one fixed table and gives counts and digests alone.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.evidence import inputs
from care_reviews.evidence.digests import row_hash, select_digest
from care_reviews.marts import Mart
from care_reviews.warehouse.catalogue import columns, run
from care_reviews.warehouse.landing_tables import VERSION_COLUMNS

SETTINGS = "language sql stable security definer set search_path = pg_catalog, pg_temp"
_THERE = text("select prosrc from pg_proc where oid = to_regprocedure(:signature)")


def changes_function(name: str) -> str:
    """The function that gives the digests of a landing table's changes, by source table."""
    return f"audit.changes_of_{name}()"


def rows_function(mart: str) -> str:
    """The function that gives the digest of a publication's rows of a mart, by the mart's name."""
    return f"audit.rows_of_{mart}(text, bigint)"


def deploy_digest_functions(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """Make what is missing or differs; says what was made. That of a mart without a contract stays, as its
    history does.
    """
    changes = []
    for name in inputs.relations():
        body = inputs.select_changes(connection, name)
        gives = "authority_code text, extract_id bigint, change text, rows bigint, sha256 text"
        changes += _function(connection, changes_function(name), gives, body)
    for mart in marts:
        changes += _function(
            connection, rows_function(mart.name), "rows bigint, sha256 text", _rows(connection, mart)
        )
    return changes


def _rows(connection: Connection, mart: Mart) -> str:
    of_row = {
        name: kind for name, kind in columns(connection, mart.history).items() if name not in VERSION_COLUMNS
    }
    return select_digest(
        f"select {row_hash(of_row)} as hash from {mart.history} where authority_code = $1 "
        "and known_from <= $2 and (known_to is null or known_to > $2)"
    )


def _function(connection: Connection, signature: str, gives: str, body: str) -> list[str]:
    if connection.scalar(_THERE, {"signature": signature}) == body:
        return []
    run(
        connection,
        f"create or replace function {signature} returns table ({gives}) {SETTINGS} "
        f"as $digest${body}$digest$",
    )
    run(
        connection,
        f"comment on function {signature} is 'Counts and digests alone, for verifying the evidence.'",
    )
    return [f"function {signature} made"]
