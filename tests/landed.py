"""Rows put straight into landing, for tests that begin where the land step ends."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine

from care_reviews.source.catalog import table

PICTURE = 1


def put(engine: Engine, authority_code: str, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Land rows of a source table as picture 1; a column that a row leaves out is null. Says how many."""
    columns = [column.name for column in table(name).columns]
    cells = ", ".join(["authority_code", *columns, "row_hash", "occurrence", "known_from"])
    landed: Counter[tuple[Any, ...]] = Counter()
    with engine.begin() as connection:
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        with cursor.copy(f"copy landing.lcs__{name} ({cells}) from stdin") as into:
            for row in rows:
                content = tuple(map(row.get, columns))
                landed[content] += 1
                row_hash = uuid.uuid5(uuid.NAMESPACE_OID, repr(content))
                into.write_row([authority_code, *content, row_hash, landed[content], PICTURE])
    return landed.total()
