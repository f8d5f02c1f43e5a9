"""Chunks: rows that the source gives together, known by one hash: a night looks only into what changed.

A table is cut after rows whose key ends in certain digits, so that a row that comes, goes or moves touches
its own chunk and no other. `landing.chunk` holds the chunks of the newest landed picture. One that comes
again as it was says that its rows are in landing already; the rows of the others are compared one by one.
Whatever the order in which the source gives its rows the outcome is the same: only the work differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from itertools import islice
from operator import lt

from sqlalchemy import text

from care_reviews.landing.stage import Stage
from care_reviews.landing.tally import total_of
from care_reviews.source.batches import Batch, hashes_of
from care_reviews.source.catalog import Table
from care_reviews.versions import Versions

CHUNK, GONE = "chunk", "gone"
COLUMNS = ("digest", "total", "row_hashes")
_ENDS = ("03", "37", "71")  # three keys in a hundred: about 33 rows a chunk

_MINE = "authority_code = :authority_code and table_name = :table_name"

# Chunks that landing does not bear out, as after a repair by hand, are no help: the picture is then
# compared whole.
_ROWS = f"select coalesce(sum(octet_length(row_hashes) / 16), 0) from landing.chunk where {_MINE}"

_CHANGE = f"""
create temporary table chunk_change on commit drop as
with gone as (
    select digest, count(*) as copies from {{gone}} group by digest
),
gone_chunk as (
    select distinct on (digest) digest, copies, row_hashes
    from landing.chunk join gone using (digest)
    where {_MINE}
)
select row_hash, sum(change) as change
from (
    select
        encode(substring(row_hashes from 16 * place + 1 for 16), 'hex')::uuid as row_hash,
        -copies as change
    from gone_chunk cross join generate_series(0, octet_length(row_hashes) / 16 - 1) as place
    union all
    select row_hash, 1 from {{contents}}
) as both_pictures
group by row_hash
having sum(change) <> 0
"""

_DIFFERENCE = """
create unlogged table {into} as
select
    row_hash,
    coalesce(was, 0)::integer as was,
    (coalesce(was, 0) + change)::integer as is_now
from chunk_change
left join (
    select row_hash, count(*) as was
    from {target}
    where authority_code = :authority_code and known_to is null
      and row_hash in (select row_hash from chunk_change)
    group by row_hash
) as landed using (row_hash)
"""

_FORGET_GONE = f"""
delete from landing.chunk where ctid in (
    select numbered.ctid
    from (
        select ctid, digest, row_number() over (partition by digest) as copy from landing.chunk where {_MINE}
    ) as numbered
    join (select digest, count(*) as copies from {{gone}} group by digest) as gone using (digest)
    where copy <= copies
)
"""

_KEEP_NEW = """
insert into landing.chunk (authority_code, table_name, digest, total, row_hashes)
select :authority_code, :table_name, digest, total, row_hashes from {staged}
"""


@dataclass(frozen=True)
class Part:
    """Rows of a batch, from `start` to before `end`, and the sum of their hashes; `hashes` unless known."""

    start: int
    end: int
    digest: bytes
    total: int
    hashes: list[bytes] | None

    def line(self) -> str:
        """The chunk as a line for COPY of `COLUMNS`."""
        return f"\\\\x{self.digest.hex()}\t\\\\x{self.total:032x}\t\\\\x{b''.join(self.hashes or ()).hex()}\n"


class Chunks:
    """The chunks of one table of the stage's authority: those landed last, and those that come tonight."""

    def __init__(self, stage: Stage, entry: Table, versions: Versions) -> None:
        self._stage = stage
        self._entry = entry
        self._versions = versions
        self._totals: dict[bytes, int] = {}
        self._left: Counter[bytes] = Counter()
        self._load()
        self.are_known = bool(self._totals)
        self.are_distinct = not self.are_known
        self._last_key: int | None = None

    def parts(self, batch: Batch, keys: Sequence[str | None]) -> Iterator[Part]:
        """The chunks of a batch of readable rows, whose keys are `keys`."""
        if self.are_distinct:
            self.are_distinct = self._rise(list(map(int, keys)))  # type: ignore[arg-type]
        cuts = [place for place, key in enumerate(keys, 1) if key.endswith(_ENDS)]  # type: ignore[union-attr]
        start = 0
        for end in (*cuts, len(batch)):
            if end > start:
                lines = "\n".join(batch.lines[start:end]).encode()
                yield self._part(start, end, lines)
            start = end

    def find_difference(self, contents: str, into: str) -> None:
        """Make the table `into`, as `Versions.compare` does, from the new chunks' rows in `contents`."""
        gone = self._stage.name(self._entry.name, GONE)
        self._stage.run(f"create unlogged table {gone} (digest bytea)")
        with self._stage.copy(gone, ("digest",)) as copy:
            for digest, copies in self._left.items():
                copy.write(f"\\\\x{digest.hex()}\n" * copies)
        words = {"into": into, "contents": contents, "gone": gone, "target": self._versions.target}
        self._run(_CHANGE.format(**words))
        # Without being told how little has changed, the planner prepares for everything.
        self._stage.run("analyze chunk_change")
        self._run(_DIFFERENCE.format(**words))
        self._stage.run(f"analyze {into}")
        self._stage.run("drop table pg_temp.chunk_change")

    def _run(self, statement: str) -> None:
        self._stage.connection.execute(text(statement), self._where)

    @property
    def _where(self) -> dict[str, str]:
        return {"authority_code": self._stage.authority_code, "table_name": self._entry.name}

    def _rise(self, keys: list[int]) -> bool:
        """Whether keys rise from row to row, which shows that no two rows are alike."""
        before = self._last_key
        self._last_key = keys[-1] if keys else before
        is_above = before is None or not keys or keys[0] > before
        return is_above and all(map(lt, keys, islice(keys, 1, None)))

    def _part(self, start: int, end: int, lines: bytes) -> Part:
        digest = blake2s(lines, digest_size=16).digest()
        if self._left[digest] > 0:
            self._left[digest] -= 1
            return Part(start, end, digest, self._totals[digest], None)
        hashes = hashes_of(lines)
        return Part(start, end, digest, total_of(hashes), hashes)

    def _load(self) -> None:
        connection = self._stage.connection
        if connection.scalar(text(_ROWS), self._where) != self._versions.count_open():
            return
        found = connection.execute(
            text(f"select digest, total from landing.chunk where {_MINE}"), self._where
        )
        for row in found:
            self._totals[bytes(row.digest)] = int.from_bytes(row.total, "big")
            self._left[bytes(row.digest)] += 1


def land_chunks(stage: Stage, entry: Table, is_difference: bool) -> None:
    """Make the chunks of the staged extract those of the newest picture."""
    where = {"authority_code": stage.authority_code, "table_name": entry.name}
    forget = _FORGET_GONE if is_difference else f"delete from landing.chunk where {_MINE}"
    stage.connection.execute(text(forget.format(gone=stage.name(entry.name, GONE))), where)
    stage.connection.execute(text(_KEEP_NEW.format(staged=stage.name(entry.name, CHUNK))), where)
