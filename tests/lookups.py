"""Look-ups as a caller makes them by hand, and the log as the auditor reads it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, text

UNKNOWN = "0" * 32  # a pseudonym that nobody has


def log(engines: dict[str, Engine]) -> list[tuple[Any, ...]]:
    """The log as the auditor reads it, oldest first."""
    columns = "requested_by, asked_by, pseudonym, reason, is_found, authority_code, kind"
    with engines["auditor"].connect() as connection:
        rows = connection.execute(text(f"select {columns} from audit.case_lookup order by lookup_id"))
        return [tuple(row) for row in rows]


def request(connection: Connection, child: str) -> int:
    """Ask for a pseudonym; the number of the look-up."""
    return int(connection.scalar(text("select lookup.request(:child, 'audit')"), {"child": child}))


def answer(connection: Connection, number: int) -> list[str]:
    """The identifiers that answer a look-up: one or none."""
    rows = connection.execute(text("select identifier from lookup.answer(:number)"), {"number": number})
    return [row.identifier for row in rows]
