"""Row versions: bring a full new picture into a table that remembers every picture before it.

Landing and publication both use this, each with its own ids (`extract_id`, `publication_id`). The table has
its content columns and `row_hash uuid, occurrence integer, known_from bigint, known_to bigint`. A row's
identity is its content: `row_hash`, and `occurrence` (1, 2, …) among rows alike. A row is part of picture N
when `known_from <= N and (known_to is null or known_to > N)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, text
from sqlalchemy.dialects import postgresql

_preparer = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]

# Rows that stand in one picture and not in the other; of a content that is repeated, the first occurrence.
_UNMATCHED = """
create temporary table version_unmatched on commit drop as
select
    coalesce(t.row_hash, s.row_hash) as row_hash,
    (t.row_hash is not null)::integer as was,
    (s.row_hash is not null)::integer as is_now
    {carried}
from (select row_hash from {target} as t where known_to is null and occurrence = 1 and {mine}) as t
full join {staged} as s on s.row_hash = t.row_hash
where t.row_hash is null or s.row_hash is null
"""

# With as many matched rows on either side, and no second occurrence open, no matched content is repeated.
_IS_REPEATED = """
select open.more > 0 or staged.rows - unmatched.is_now <> open.first - unmatched.was
from
    (
        select count(*) filter (where occurrence = 1) as first, count(*) filter (where occurrence > 1) as more
        from {target} as t where known_to is null and {mine}
    ) as open,
    (select {rows} as rows) as staged,
    (
        select coalesce(sum(was), 0) as was, coalesce(sum(is_now), 0) as is_now from version_unmatched
    ) as unmatched
"""

_FIND_REPEATED = """
create temporary table version_repeated on commit drop as
select row_hash from {staged} as s group by row_hash having count(*) > 1
union
select row_hash from {target} as t where known_to is null and occurrence > 1 and {mine}
"""

_FORGET_REPEATED = "delete from version_unmatched where row_hash in (select row_hash from version_repeated)"

_COUNT_REPEATED = """
insert into version_unmatched (row_hash, was, is_now {carry})
select row_hash, sum(was), sum(is_now) {carry_any}
from (
    select row_hash, 1 as was, 0 as is_now {carry_none} from {target} as t where known_to is null and {mine}
    union all
    select row_hash, 0, 1 {carry} from {staged} as s
) as both_pictures
where row_hash in (select row_hash from version_repeated)
group by row_hash
"""

_DIFFERENCE = """
create {kind} table {into} as
select row_hash, sum(was)::integer as was, sum(is_now)::integer as is_now {carry_any}
from version_unmatched
group by row_hash
having sum(was) <> sum(is_now)
"""

_REOPEN = """
update {target} as t set known_to = null
from {difference} as d
where t.row_hash = d.row_hash and t.occurrence > d.was and t.occurrence <= d.is_now
  and t.known_to = :new_id and {mine}
"""

_COUNT_REOPENED = """
update {difference} as d set was = (
    select count(*) from {target} as t where t.row_hash = d.row_hash and t.known_to is null and {mine}
) where d.is_now > d.was
"""

_DELETE = """
delete from {target} as t using {difference} as d
where t.row_hash = d.row_hash and t.occurrence > d.is_now
  and t.known_to is null and t.known_from = :new_id and {mine}
"""

_CLOSE = """
update {target} as t set known_to = :new_id
from {difference} as d
where t.row_hash = d.row_hash and t.occurrence > d.is_now and t.known_to is null and {mine}
"""

_INSERT = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, d.row_hash, occurrence, :new_id
from {difference} as d
join (
    select distinct on (row_hash) * from {contents}
    where row_hash in (select row_hash from {difference} where is_now > was)
) as s on s.row_hash = d.row_hash
cross join lateral generate_series(d.was + 1, d.is_now) as occurrence
"""

_IS_EMPTY = """
select not exists (select from {target} as t where (t.known_to is null or t.known_to = :new_id) and {mine})
"""

_REPEATED = """
create temporary table version_repeated on commit drop as
select row_hash from {staged} group by row_hash having count(*) > 1
"""

_INSERT_DISTINCT = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, s.row_hash, 1, :new_id from {staged} as s
"""

_BUT_REPEATED = """
where not exists (select from version_repeated as r where r.row_hash = s.row_hash)
"""

_INSERT_REPEATED = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, s.row_hash, row_number() over (partition by s.row_hash), :new_id
from {staged} as s join version_repeated using (row_hash)
"""


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

    def merge(self, staged: str, new_id: int, is_distinct: bool = False) -> Merge:
        """Make `staged`, which has `columns` and `row_hash`, the picture at `new_id`.

        `is_distinct` says that no two rows of it are alike, which saves looking for them in a first picture.
        """
        if self.is_empty(new_id):
            return Merge(new=self._insert_first(staged, new_id, is_distinct), closed=0, unchanged=0)
        rows = self._scalar("select count(*) from {staged} as s", staged=staged)
        self.compare(staged, rows, into="version_difference")
        new, closed = self.apply("version_difference", staged, new_id)
        self._drop("version_difference")
        return Merge(new=new, closed=closed, unchanged=rows - new)

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
        self._run(_UNMATCHED, **words)
        if self._scalar(_IS_REPEATED, **words):
            self._run(_FIND_REPEATED, **words)
            self._run(_FORGET_REPEATED)
            self._run(_COUNT_REPEATED, **words)
            self._drop("version_repeated")
        self._run(_DIFFERENCE, **words)
        # Without being told how little differs, the planner prepares for everything.
        self._run("analyze {into}", **words)
        self._drop("version_unmatched")

    def apply(self, difference: str, contents: str, new_id: int, is_fresh: bool = False) -> tuple[int, int]:
        """Bring a difference that `compare` found into the target; `contents` has every content new in it.

        Gives the number of rows that became part of the picture and of those taken out of it. `is_fresh` says
        that nothing was merged under this id before, which saves looking for it.
        """
        words: dict[str, object] = {"difference": difference, "contents": contents, "new_id": new_id}
        reopened, deleted = 0, 0
        if not is_fresh:
            reopened = self._run(_REOPEN, **words)
            if reopened:
                self._run(_COUNT_REOPENED, **words)
            deleted = self._run(_DELETE, **words)
        closed = self._run(_CLOSE, **words)
        return reopened + self._run(_INSERT, **words), deleted + closed

    def is_empty(self, new_id: int) -> bool:
        """Whether nothing is open or was closed at `new_id`, so that every row is new."""
        return bool(self._scalar(_IS_EMPTY, new_id=new_id))

    def count_open(self) -> int:
        """The number of rows of the newest picture."""
        return self._scalar("select count(*) from {target} as t where t.known_to is null and {mine}")

    def _insert_first(self, staged: str, new_id: int, is_distinct: bool) -> int:
        if is_distinct:
            return self._run(_INSERT_DISTINCT, staged=staged, new_id=new_id)
        self._run(_REPEATED, staged=staged)
        new = self._run(_INSERT_DISTINCT + _BUT_REPEATED, staged=staged, new_id=new_id)
        new += self._run(_INSERT_REPEATED, staged=staged, new_id=new_id)
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
        sql = statement.format(
            target=self.target,
            mine=" and ".join(f"t.{_name(column)} = :where_{column}" for column in self.where) or "true",
            names=", ".join(_name(column) for column in (*fixed, *self.columns)),
            values=", ".join([f":where_{c}" for c in fixed] + [f"s.{_name(c)}" for c in self.columns]),
            **words,
        )
        given = {f"where_{column}": value for column, value in self.where.items()}
        given["new_id"] = words.get("new_id")
        used = {name: value for name, value in given.items() if f":{name}" in sql}
        return self.connection.execute(text(sql), used)


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
    `columns` and `where` are those of Versions. Merging again under the same id, with the same or another
    picture, leaves exactly what one merge of the last would have left.
    """
    return Versions(connection, target, columns, where).merge(staged, new_id)


def add_hashes(connection: Connection, *, relation: str, columns: Sequence[str], into: str) -> None:
    """Make the temporary table `into`: `columns` of `relation` with the `row_hash` of their content.

    For small relations. The values' text forms decide, column by column in the order given.
    """
    names = ", ".join(_name(column) for column in columns)
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
