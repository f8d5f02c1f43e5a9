"""Who may do what: stated whole, so that a right given by hand does not outlive the next deployment."""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.connections import role_name
from care_reviews.marts import Mart
from care_reviews.source.catalog import TABLES
from care_reviews.warehouse import closing, findings, revisions
from care_reviews.warehouse.catalogue import quote, run
from care_reviews.warehouse.roles import READERS, ROLES

SCHEMAS = ("stage", "landing", "audit", "published", "analysis", "lookup")
# A version is added and closed, never removed. Chunks are no versions: they can be made anew.
VERSIONS = "select, insert, update (known_to)"

# Schema → role → what it may do there. `create` lets the pipeline make its own tables, and no others.
SCHEMA_GRANTS = {
    "stage": {"pipeline": "usage, create"},
    "landing": {"pipeline": "usage"},
    "audit": {"pipeline": "usage", "auditor": "usage"},
    "published": dict.fromkeys(("pipeline", *READERS), "usage"),
    "analysis": {"pipeline": "usage", "analyst": "usage"},
    "lookup": {"pipeline": "usage", "case_lookup": "usage"},
}
TABLE_GRANTS = {
    "audit.extract": {
        "pipeline": "select, insert, "
        "update (status, extracted_at, landed_at, dbt_invocation_id, build, source_digest, "
        "discarded_at, discarded_by, discard_reason)",
        "auditor": "select",
    },
    "audit.manifest": {"pipeline": "select, insert", "auditor": "select"},
    "audit.validation": {"pipeline": "select, insert", "auditor": "select"},
    "audit.validation_result": {"pipeline": "select, insert", "auditor": "select"},
    "audit.validation_json": {"pipeline": "select, insert", "auditor": "select"},
    "audit.evidence": {"pipeline": "select, insert", "auditor": "select"},
    # Seen again, resolved or discarded with its night: what a finding is about never changes.
    "audit.finding": {
        "pipeline": "select, insert, update (last_seen, resolved_on, team, severity, owner, is_discarded)"
    },
    "audit.reconciliation": {"pipeline": "select, insert", "auditor": "select"},
    "audit.finding_count": {"pipeline": "select, insert", "auditor": "select"},
    findings.TREND: {"pipeline": "select", "auditor": "select"},
    findings.LIST: {"pipeline": "select", "analyst": "select"},
    "audit.deployment": {"pipeline": "select", "auditor": "select"},
    "audit.migration": {"auditor": "select"},
    "audit.case_lookup": {"auditor": "select"},
    # What a night adds it cannot read again: only the functions of look-ups can.
    "lookup.identifier": {"pipeline": "insert"},
    "landing.quarantine": {"pipeline": VERSIONS},
    "landing.chunk": {"pipeline": "select, insert, delete"},
    "published.publication": {
        "pipeline": "select, insert, update (withdrawn_at, withdrawn_by, reason)",
        "bi_reader": "select",
        "analyst": "select",
        "auditor": "select",
    },
}
# Functions are everybody's until that is taken away.
FUNCTION_GRANTS = {"lookup.request(text, text, text)": "case_lookup", "lookup.answer(bigint)": "case_lookup"}
VIEW_READERS = {"published": ("bi_reader", "analyst"), "analysis": ("analyst",)}


def candidate_schema(authority_code: str) -> str:
    return f"candidate_{authority_code.lower()}"


def scratch_schema(authority_code: str) -> str:
    """Where a publication is built again, to be compared."""
    return f"scratch_{authority_code.lower()}"


_DIGESTS = (
    "select oid::regprocedure::text from pg_proc where pronamespace = 'audit'::regnamespace "
    "and proname ~ '^(changes|rows)_of_' order by 1"
)


def deploy_grants(connection: Connection, marts: tuple[Mart, ...], authorities: list[str]) -> list[str]:
    """Take every right away and give the ones stated here, in the caller's transaction; says whether any
    differed.
    """
    candidates = [schema(code) for code in authorities for schema in (candidate_schema, scratch_schema)]
    before = _snapshot(connection)
    everybody = ", ".join(["public", *(quote(role_name(role)) for role in ROLES)])
    run(connection, f"revoke create on schema public from {everybody}")
    for schema in (*SCHEMAS, *candidates):
        run(connection, f"revoke all on schema {schema} from {everybody}")
    for schema in ("landing", "audit", "published", "analysis", "lookup"):
        run(connection, f"revoke all on all tables in schema {schema} from {everybody}")
        run(connection, f"revoke all on all functions in schema {schema} from {everybody}")
    schema_grants = SCHEMA_GRANTS | {schema: {"pipeline": "usage, create"} for schema in candidates}
    for schema, roles in schema_grants.items():
        for role, powers in roles.items():
            run(connection, f"grant {powers} on schema {schema} to {quote(role_name(role))}")
    for relation, roles in (TABLE_GRANTS | _landing() | _marts(marts)).items():
        for role, powers in roles.items():
            run(connection, f"grant {powers} on {relation} to {quote(role_name(role))}")
    for function, role in FUNCTION_GRANTS.items():
        run(connection, f"grant execute on function {function} to {quote(role_name(role))}")
    for function in connection.scalars(text(_DIGESTS)).all():
        verifiers = ", ".join(quote(role_name(role)) for role in ("pipeline", "auditor"))
        run(connection, f"grant execute on function {function} to {verifiers}")
    closing.close(connection, everybody)
    return ["grants set"] if _snapshot(connection) != before else []


def warnings(connection: Connection) -> list[str]:
    """What a deployment should have closed and could not: each says what a superuser has to run."""
    found = []
    if public_may_create(connection):
        found.append(
            "every role may make tables in schema public: have a superuser run `revoke create on schema "
            "public from public` in this database"
        )
    return found + closing.left_open(connection)


def public_may_create(connection: Connection) -> bool:
    """Whether every role may still make tables in schema public: before PostgreSQL 15 only a superuser can
    end that.
    """
    return bool(
        connection.scalar(
            text(
                "select exists (select from pg_namespace, aclexplode(nspacl) as a "
                "where nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE')"
            )
        )
    )


def _landing() -> dict[str, dict[str, str]]:
    return {f"landing.{table.landing}": {"pipeline": VERSIONS} for table in TABLES}


def _marts(marts: tuple[Mart, ...]) -> dict[str, dict[str, str]]:
    grants = {mart.history: {"pipeline": VERSIONS} for mart in marts}
    for mart in marts:
        readers = dict.fromkeys(VIEW_READERS[mart.schema], "select")
        grants |= {mart.view + suffix: {"pipeline": "select", **readers} for suffix in ("", "_as_known")}
    if revisions.is_wanted(marts):
        readers = dict.fromkeys(VIEW_READERS["published"], "select")
        grants[revisions.VIEW] = {"pipeline": "select", **readers}
    return grants


def _snapshot(connection: Connection) -> str:
    """All grants of this database on schemas, relations, columns and functions, in one text."""
    return str(
        connection.scalar(
            text(
                "select string_agg(words, ' ' order by words) from ("
                "select nspname || acl::text as words from pg_namespace, unnest(nspacl) as acl "
                "union all select oid::regclass || acl::text from pg_class, unnest(relacl) as acl "
                "union all select attrelid::regclass || attname || acl::text "
                "from pg_attribute, unnest(attacl) as acl "
                "union all select oid::regprocedure || acl::text from pg_proc, unnest(proacl) as acl"
                ") as grants"
            )
        )
    )
