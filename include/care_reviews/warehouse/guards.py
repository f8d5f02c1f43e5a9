"""What keeps rows of `audit` from being changed: triggers, and the functions that they call.

Migrations make them; what they made is held against what is there, since an owner could put others in place.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, text

MIGRATIONS = Path(__file__).parent / "migrations"
# Trigger → its table, and when it calls what.
TRIGGERS = {
    "evidence_stays": (
        "audit.evidence",
        "BEFORE DELETE OR UPDATE OR TRUNCATE",
        "FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()",
    ),
    "evidence_follows": (
        "audit.evidence",
        "BEFORE INSERT",
        "FOR EACH ROW EXECUTE FUNCTION audit.evidence_follows()",
    ),
    "only_added_to": (
        "audit.case_lookup",
        "BEFORE DELETE OR UPDATE OR TRUNCATE",
        "FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()",
    ),
    "finding_kept": (
        "audit.finding",
        "BEFORE DELETE OR UPDATE",
        "FOR EACH ROW EXECUTE FUNCTION audit.keep_findings()",
    ),
    "findings_kept": (
        "audit.finding",
        "BEFORE TRUNCATE",
        "FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_findings()",
    ),
}
FUNCTIONS = ("audit.refuse_change", "audit.evidence_follows", "audit.keep_findings")
# PostgreSQL names a function with its schema only where the search path does not find it.
_TRIGGER = text(
    "select split_part(pg_get_triggerdef(t.oid), ' EXECUTE FUNCTION ', 1) || ' EXECUTE FUNCTION ' "
    "|| p.pronamespace::regnamespace || '.' || p.proname || '()' "
    "from pg_trigger as t join pg_proc as p on p.oid = t.tgfoid "
    "join pg_class as c on c.oid = t.tgrelid join pg_namespace as n on n.oid = c.relnamespace "
    "where n.nspname || '.' || c.relname = :table and tgname = :name and tgenabled in ('O', 'A')"
)
_BODY = text(
    "select prosrc from pg_proc join pg_language as l on l.oid = prolang "
    "where pronamespace = 'audit'::regnamespace and proname = :name and pronargs = 0 and lanname = 'plpgsql'"
)


def trigger_there(connection: Connection, name: str) -> str:
    """What a trigger does, as PostgreSQL writes it; `off` when it is not there or switched off."""
    return str(connection.scalar(_TRIGGER, {"table": TRIGGERS[name][0], "name": name}) or "off")


def trigger_made(name: str) -> str:
    """What the migrations made it do, likewise."""
    table, moment, calls = TRIGGERS[name]
    return f"CREATE TRIGGER {name} {moment} ON {table} {calls}"


def body_there(connection: Connection, function: str) -> str | None:
    """The body of a function that a trigger calls; None when it is not there."""
    found = connection.scalar(_BODY, {"name": function.partition(".")[2]})
    return found and str(found)


def body_made(function: str) -> str:
    """The body that the migrations made it with: the last counts."""
    made = re.compile(
        rf"create (?:or replace )?function {re.escape(function)}\(\).*?\sas (\$\w*\$)(.*?)\1", re.DOTALL
    )
    words = "\n".join(path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("[0-9]*.sql")))
    return made.findall(words)[-1][1]
