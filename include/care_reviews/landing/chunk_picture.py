"""The chunks of the newest landed picture of a table: which of them come again, and what that changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from care_reviews.landing.stage import Stage
from care_reviews.source.catalog import Table
from care_reviews.versions import Versions

CHUNK, GONE, PLACES = "chunk", "gone", "places"

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

_LANDED = """
create temporary table chunk_landed on commit drop as
select row_hash, occurrence, ctid as place
from {target}
where authority_code = :authority_code and known_to is null
  and row_hash in (select row_hash from chunk_change)
"""

_DIFFERENCE = """
create unlogged table {into} as
select
    row_hash,
    coalesce(was, 0)::integer as was,
    (coalesce(was, 0) + change)::integer as is_now
from chunk_change
left join (select row_hash, count(*) as was from chunk_landed group by row_hash) as landed using (row_hash)
"""

_PLACES = """
create unlogged table {places} as
select row_hash, place from chunk_landed join {into} using (row_hash) where occurrence > is_now
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
insert into landing.chunk (authority_code, table_name, digest, total, bytes, row_hashes)
select :authority_code, :table_name, digest, total, bytes, row_hashes from {staged}
"""


@dataclass(frozen=True)
class Sums:
    """What a night counts of a chunk: the sum of its rows' hashes, and the bytes of their values."""

    total: int
    bytes: int


class Picture:
    """The landed chunks of one table of the stage's authority. Those that `take` did not meet are gone."""

    def __init__(self, stage: Stage, entry: Table, versions: Versions) -> None:
        self._stage = stage
        self._entry = entry
        self._versions = versions
        self._sums: dict[bytes, Sums] = {}
        self._left: Counter[bytes] = Counter()
        self._load()
        self.is_known = bool(self._sums)

    def take(self, digest: bytes | None) -> Sums | None:
        """The sums of a chunk that comes again, once for each time that it stands in the picture."""
        if digest is None or self._left[digest] < 1:
            return None
        self._left[digest] -= 1
        return self._sums[digest]

    def find_difference(self, contents: str, into: str) -> None:
        """Make the table `into`, as `Versions.compare` does, from the new chunks' rows in `contents`; beside
        it `<table>__places`, where in landing the rows stand that are to be closed.
        """
        gone = self._stage.name(self._entry.name, GONE)
        self._stage.run(f"create unlogged table {gone} (digest bytea)")
        with self._stage.copy(gone, ("digest",)) as copy:
            for digest, copies in self._left.items():
                copy.write(f"\\\\x{digest.hex()}\n" * copies)
        places = self._stage.name(self._entry.name, PLACES)
        words = {"into": into, "contents": contents, "gone": gone, "places": places}
        self._run(_CHANGE.format(**words))
        # Without being told how little has changed, the planner prepares for everything.
        self._stage.run("analyze chunk_change")
        self._run(_LANDED.format(target=self._versions.target))
        self._run(_DIFFERENCE.format(**words))
        self._run(_PLACES.format(**words))
        self._stage.run(f"analyze {into}, {places}")
        self._stage.run("drop table pg_temp.chunk_change, pg_temp.chunk_landed")

    def _run(self, statement: str) -> None:
        used = {name: value for name, value in self._where.items() if f":{name}" in statement}
        self._stage.connection.execute(text(statement), used)

    @property
    def _where(self) -> dict[str, str]:
        return {"authority_code": self._stage.authority_code, "table_name": self._entry.name}

    def _load(self) -> None:
        connection = self._stage.connection
        if connection.scalar(text(_ROWS), self._where) != self._versions.count_open():
            return
        found = connection.execute(
            text(f"select digest, total, bytes from landing.chunk where {_MINE}"), self._where
        )
        for row in found:
            self._sums[bytes(row.digest)] = Sums(int.from_bytes(row.total, "big"), row.bytes)
            self._left[bytes(row.digest)] += 1


def land_chunks(stage: Stage, entry: Table, is_difference: bool) -> None:
    """Make the chunks of the staged extract those of the newest picture."""
    where = {"authority_code": stage.authority_code, "table_name": entry.name}
    forget = _FORGET_GONE if is_difference else f"delete from landing.chunk where {_MINE}"
    stage.connection.execute(text(forget.format(gone=stage.name(entry.name, GONE))), where)
    stage.connection.execute(text(_KEEP_NEW.format(staged=stage.name(entry.name, CHUNK))), where)
