"""The working lists as analysts see them, and the plain ones under the same pseudonyms."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from sqlalchemy import Connection, text

from care_reviews import pseudonyms

KINDS = {"child_id": "child", "chair_id": "worker", "period_id": "period"}
# The publication, and what the plain calculation leaves out.
LEFT_OUT = {"publication_id", "as_known", "authority_code", "alert_id", "department"}
Listed = Counter[frozenset[tuple[str, Any]]]


def read_worklist(connection: Connection, name: str, authority: str, as_known: dt.date) -> Listed:
    """The rows of a list as known on a night, without their order."""
    rows = connection.execute(
        text(
            f"select * from analysis.{name}_as_known where authority_code = :authority and as_known = :night"
        ),
        {"authority": authority, "night": as_known},
    ).mappings()
    return Counter(
        frozenset((column, value) for column, value in row.items() if column not in LEFT_OUT) for row in rows
    )


def under_pseudonyms(rows: list[dict[str, Any]], authority: str) -> Listed:
    """The rows of a plain list with this installation's pseudonyms in place of their ids."""
    secret = pseudonyms.read_key()
    assert secret is not None

    def shown(column: str, value: Any) -> Any:
        if column in KINDS and value is not None:
            return pseudonyms.pseudonym(secret, KINDS[column], authority, str(value))
        return value

    return Counter(frozenset((column, shown(column, value)) for column, value in row.items()) for row in rows)
