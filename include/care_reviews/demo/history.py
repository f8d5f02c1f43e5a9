"""What the source has held over time: every row with the moment it was recorded and the moment it went.

In: rows as keyword values, with moments. Out: `rows_at(night)`, each table's rows as they stood at the end of
a night. A correction is the old row ending when the new one starts; a deletion is a row that ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from care_reviews.demo.tables import metadata

Row = dict[str, Any]
FOREVER = datetime.max


class History:
    """All row versions of a simulated source, and the counters that number its rows."""

    def __init__(self) -> None:
        self._columns = {name: tuple(table.columns.keys()) for name, table in metadata.tables.items()}
        self._versions: dict[str, list[tuple[datetime, datetime, tuple[Any, ...]]]] = {
            name: [] for name in metadata.tables
        }
        self._last_id: dict[str, int] = defaultdict(lambda: 1000)

    def new_id(self, table: str) -> int:
        """The next free key of a table."""
        self._last_id[table] += 1
        return self._last_id[table]

    def add(self, table: str, recorded: datetime, row: Row, gone: datetime = FOREVER) -> None:
        """One row, from the moment it was recorded until it is corrected or deleted."""
        if recorded < gone:
            self._versions[table].append((recorded, gone, tuple(map(row.get, self._columns[table]))))

    def chain(self, table: str, versions: Sequence[tuple[datetime, Row]], gone: datetime = FOREVER) -> None:
        """One row and its corrections, in the order they were recorded."""
        ends = [recorded for recorded, _ in versions[1:]] + [FOREVER]
        for (recorded, row), end in zip(versions, ends, strict=True):
            self.add(table, recorded, row, min(end, gone))

    def columns(self, table: str) -> tuple[str, ...]:
        return self._columns[table]

    def rows_at(self, table: str, night: date) -> Iterator[tuple[Any, ...]]:
        """A table's rows as they stood at the end of a night, in the order of `columns`."""
        moment = datetime.combine(night, time.max)
        return (row for recorded, gone, row in self._versions[table] if recorded <= moment < gone)
