"""Which of several rows under one key counts."""

from __future__ import annotations

from .flags import that_decides
from .source_rows import COLUMNS, SHARED_KEYS, Row


def one_row_a_key(table: str, rows: list[tuple[Row, Row]]) -> list[Row]:
    """Of pairs, a row as the source holds it and as it is read, the second of those that count.

    Rows without a key (null or -1) all count.
    """
    if table in SHARED_KEYS:
        return [read for _, read in rows]
    key, *deciding = COLUMNS[table]

    def content(row: Row) -> list[str]:
        return [that_decides(name, row.get(name)) for name in deciding]

    chosen: dict[int, tuple[Row, Row]] = {}
    without_key = []
    for raw, read in rows:
        number = -1 if raw.get(key) is None else int(raw[key])
        if number == -1:
            without_key.append(read)
        elif number not in chosen or content(raw) > content(chosen[number][0]):
            chosen[number] = (raw, read)
    return without_key + [read for _, read in chosen.values()]
