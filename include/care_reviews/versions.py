"""Row versions: bring a full new picture into a table that remembers every picture before it.

Landing and publication both use this, each with its own ids (`extract_id`, `publication_id`). The table has
its content columns and `row_hash uuid, occurrence integer, known_from bigint, known_to bigint`. A row's
identity is its content: `row_hash`, and `occurrence` (1, 2, …) among rows alike. A row is part of picture N
when `known_from <= N and (known_to is null or known_to > N)`. No row is ever removed: an id is merged
once, and each is higher than the ones before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, text
from sqlalchemy.dialects import postgresql

from care_reviews import version_statements as sql
from care_reviews.warehouse.catalogue import without_nested_loops

_preparer = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Merge:
    """What a merge did: rows it made part of the picture, took out of it, and left as they were."""

    new: int
    closed: int
    unchanged: int


@dataclass(frozen=True)
class Versions:
    """Versions of rows in `target`, a relation as SQL writes it (`published.kpi_value_history`).

    `columns` are its content columns. `where` limits it to the rows that a picture is about
    (`{"authority_code": …}`) and fills those of its columns that `columns` does not name.
    """

    connection: Connection
    target: str
    columns: Sequence[str]
    where: Mapping[str, object]

    def merge(self, staged: str, new_id: int, is_distinct: bool = False, closed: str | None = None) -> Merge:
        """Make `staged`, which has `columns` and `row_hash`, the picture at `new_id`.

        `is_distinct` says that no two rows of it are alike, which saves looking for them in a first picture.
        For `closed` see `apply`; a first picture closes nothing, and does not make it.
        """
        if self.is_empty():
            return Merge(new=self._insert_first(staged, new_id, is_distinct), closed=0, unchanged=0)
        rows = self._scalar("select count(*) from {staged} as s", staged=staged)
        self.compare(staged, rows, into="version_difference")
        new, taken_out = self.apply("version_difference", staged, new_id, closed=closed)
        self._drop("version_difference")
        return Merge(new=new, closed=taken_out, unchanged=rows - new)

    def compare(
        self, staged: str, rows: int, into: str, kind: str = "temporary", carry: Sequence[str] = ()
    ) -> None:
        """Make the table `into`: the contents that `staged` has more or less often than are open.

        `staged` has `rows` rows, each with its `row_hash`. `into` has `row_hash`, `was` and `is_now`, which
        say how often, and of a row of `staged` with that content the columns `carry`.
        """
        words = {
            "staged": staged,
            "rows": rows,
            "into": into,
            "kind": kind,
            "carry": "".join(f", {name}" for name in carry),
            "carried": "".join(f", s.{name}" for name in carry),
            "carry_any": "".join(
                f", (array_agg({name}) filter (where is_now > 0))[1] as {name}" for name in carry
            ),
            "carry_none": "".join(f", null as {name}" for name in carry),
        }
        self._run(sql.UNMATCHED, **words)
        if self._scalar(sql.IS_REPEATED, **words):
            self._run(sql.FIND_REPEATED, **words)
            self._run(sql.FORGET_REPEATED)
            self._run(sql.COUNT_REPEATED, **words)
            self._drop("version_repeated")
        self._run(sql.DIFFERENCE, **words)
        # Without being told how little differs, the planner prepares for everything.
        self._run("analyze {into}", **words)
        self._drop("version_unmatched")

    def apply(
        self,
        difference: str,
        contents: str,
        new_id: int,
        *,
        places: str | None = None,
        closed: str | None = None,
    ) -> tuple[int, int]:
        """Bring a difference that `compare` found into the target; `contents` has every content new in it.

        Gives the number of rows that became part of the picture and of those taken out of it. `places` is a
        relation with the rows to close, by their `place` (ctid) and `row_hash`, which saves looking for them.
        `closed` is made a table of what the rows that were closed held.
        """
        words: dict[str, object] = {"difference": difference, "contents": contents, "new_id": new_id}
        words |= {"places": places, "closed": closed}
        close = sql.CLOSE_PLACES if places else sql.CLOSE
        if closed:
            self._run(sql.KEEP_CLOSED, **words)
            close = sql.AND_KEEP.replace("{close}", close)
        # Each place is gone to by itself; without places the rows are looked for all at once.
        with nullcontext() if places else without_nested_loops(self.connection):
            taken_out = self._run(close, **words)
        return self._run(sql.INSERT, **words), taken_out

    def is_empty(self) -> bool:
        """Whether nothing is open, so that every row is new."""
        return bool(self._scalar(sql.IS_EMPTY))

    def count_open(self) -> int:
        """The number of rows of the newest picture."""
        return self._scalar("select count(*) from {target} as t where t.known_to is null and {mine}")

    def _insert_first(self, staged: str, new_id: int, is_distinct: bool) -> int:
        if is_distinct:
            return self._run(sql.INSERT_DISTINCT, staged=staged, new_id=new_id)
        self._run(sql.REPEATED, staged=staged)
        new = self._run(sql.INSERT_DISTINCT + sql.BUT_REPEATED, staged=staged, new_id=new_id)
        new += self._run(sql.INSERT_REPEATED, staged=staged, new_id=new_id)
        self._drop("version_repeated")
        return new

    def _run(self, statement: str, **words: object) -> int:
        return self._execute(statement, words).rowcount

    def _scalar(self, statement: str, **words: object) -> int:
        return self._execute(statement, words).scalar_one()

    def _drop(self, table: str) -> None:
        self._run(f"drop table pg_temp.{table}")

    def _execute(self, statement: str, words: Mapping[str, object]) -> CursorResult[Any]:
        fixed = [column for column in self.where if column not in self.columns]
        filled = statement.format(
            target=self.target,
            mine=" and ".join(f"t.{_name(column)} = :where_{column}" for column in self.where) or "true",
            names=", ".join(_name(column) for column in (*fixed, *self.columns)),
            content=", ".join(f"t.{_name(column)}" for column in self.columns),
            values=", ".join([f":where_{c}" for c in fixed] + [f"s.{_name(c)}" for c in self.columns]),
            **words,
        )
        given = {f"where_{column}": value for column, value in self.where.items()}
        given["new_id"] = words.get("new_id")
        used = {name: value for name, value in given.items() if f":{name}" in filled}
        return self.connection.execute(text(filled), used)


def merge(
    connection: Connection,
    *,
    target: str,
    staged: str,
    columns: Sequence[str],
    where: Mapping[str, object],
    new_id: int,
) -> Merge:
    """Make the relation `staged` the picture of `target` at `new_id`, inside the caller's transaction.

    `staged` has one row for each row of the picture: `columns` and `row_hash` (see `add_hashes`). `target`,
    `columns` and `where` are those of Versions, and `new_id` is higher than every id merged before.
    """
    return Versions(connection, target, columns, where).merge(staged, new_id)


def add_hashes(
    connection: Connection, *, relation: str, columns: Sequence[str], into: str, beside: Sequence[str] = ()
) -> None:
    """Make the temporary table `into`: `columns` of `relation` with the `row_hash` of their content, and the
    columns `beside`, which are no part of it.

    For small relations. The values' text forms decide, column by column in the order given.
    """
    names = ", ".join(_name(column) for column in (*beside, *columns))
    connection.execute(
        text(
            f"create temporary table {into} on commit drop as "
            f"select {names}, {row_hash(columns)} as row_hash from {relation}"
        )
    )


def row_hash(columns: Sequence[str]) -> str:
    """The SQL of the content hash over `columns`."""
    # An array as text keeps null apart from the text 'null', and one column apart from the next.
    cells = ", ".join(f"{_name(column)}::text" for column in columns)
    return f"md5(array[{cells}]::text)::uuid"


def _name(column: str) -> str:
    return _preparer.quote_identifier(column)
