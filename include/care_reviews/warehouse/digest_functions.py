"""Functions that give digests of rows to those who may not read the rows: for whoever verifies the evidence.

Each runs with its owner's rights over one fixed table and gives counts and digests alone.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.evidence import findings, inputs
from care_reviews.evidence.digests import row_hash, select_digest
from care_reviews.marts import Mart
from care_reviews.warehouse.catalogue import columns, run
from care_reviews.warehouse.landing_tables import VERSION_COLUMNS

SETTINGS = "language sql stable security definer set search_path = pg_catalog, pg_temp"
_THERE = text("select prosrc from pg_proc where oid = to_regprocedure(:signature)")
GIVES = {
    "audit.changes": "authority_code text, extract_id bigint, change text, rows bigint, sha256 text",
    "audit.rows": "rows bigint, sha256 text",
}


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
    made = []
    for signature, body in bodies(connection, marts).items():
        if connection.scalar(_THERE, {"signature": signature}) != body:
            _make(connection, signature, body)
            made.append(f"function {signature} made")
    return made


def bodies(connection: Connection, marts: tuple[Mart, ...]) -> dict[str, str]:
    """What each function does, by its signature."""
    found = {changes_function(name): inputs.select_changes(connection, name) for name in inputs.relations()}
    found[findings.FUNCTION] = findings.body(connection)
    return found | {rows_function(mart.name): _rows(connection, mart) for mart in marts}


def differing(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """The functions that are missing or do something else than what this version makes."""
    return [
        signature
        for signature, body in bodies(connection, marts).items()
        if connection.scalar(_THERE, {"signature": signature}) != body
    ]


def _rows(connection: Connection, mart: Mart) -> str:
    of_row = {
        name: kind for name, kind in columns(connection, mart.history).items() if name not in VERSION_COLUMNS
    }
    return select_digest(
        f"select {row_hash(of_row)} as hash from {mart.history} where authority_code = $1 "
        "and known_from <= $2 and (known_to is null or known_to > $2)"
    )


def _make(connection: Connection, signature: str, body: str) -> None:
    gives = GIVES[signature.partition("_of_")[0]]
    run(
        connection,
        f"create or replace function {signature} returns table ({gives}) {SETTINGS} "
        f"as $digest${body}$digest$",
    )
    run(
        connection,
        f"comment on function {signature} is 'Counts and digests alone, for verifying the evidence.'",
    )
