"""The manifest: for each table and extract, what was read and what came of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, text

from care_reviews.versions import Versions


@dataclass(frozen=True)
class ManifestRow:
    """One table of one extract. `rows_read` is the sum of new, changed, unchanged and quarantined."""

    extract_id: int
    authority_code: str
    as_known: dt.date
    table_name: str
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_vanished: int
    rows_unchanged: int
    rows_quarantined: int
    bytes: int
    seconds: float
    content_digest: str


_NAMES = [field.name for field in fields(ManifestRow)]

_CHANGED = """
select
    (select count(*) from arrived where exists (select from gone where gone.key = arrived.key)) as changed,
    (
        select count(*) from gone
        where not exists (select from arrived where arrived.key = gone.key)
          and not exists (
              select from {quarantine} as q where q.table_name = :table_name and q.record_key = gone.key
          )
    ) as vanished
"""


def changed_and_vanished(
    versions: Versions, identity: Sequence[str], arrived: str, gone: str, quarantine: str, table_name: str
) -> tuple[int, int]:
    """How many of the rows that were opened had their identity before, and of those closed, how many have
    theirs no more.

    `identity`: the columns that say which row it is. `arrived` and `gone` are relations with those of every
    row that was opened, and that was closed. A row that went into quarantine has not vanished.
    """
    words = {"table_name": table_name, **{f"where_{k}": v for k, v in versions.where.items()}}
    # An array as text keeps a null apart from a text, and one column apart from the next.
    key = identity[0] if len(identity) == 1 else f"array[{', '.join(identity)}]::text"
    sql = text(
        f"with arrived as (select {key} as key from {arrived}), gone as (select {key} as key from {gone})"
        + _CHANGED.format(quarantine=quarantine)
    )
    used = {name: value for name, value in words.items() if f":{name}" in sql.text}
    row = versions.connection.execute(sql, used).one()
    return row.changed, row.vanished


def write(connection: Connection, rows: Sequence[ManifestRow]) -> None:
    """Add rows to `audit.manifest`."""
    connection.execute(
        text(
            f"insert into audit.manifest ({', '.join(_NAMES)}) values ({', '.join(f':{n}' for n in _NAMES)})"
        ),
        [vars(row) for row in rows],
    )


def read(connection: Connection, extract_id: int) -> list[ManifestRow]:
    """The manifest of an extract."""
    found = connection.execute(
        text(f"select {', '.join(_NAMES)} from audit.manifest where extract_id = :id order by table_name"),
        {"id": extract_id},
    )
    return [ManifestRow(**row) for row in found.mappings()]


def source_digest(rows: Sequence[ManifestRow]) -> str:
    """One digest over all tables: alike means that the source had not changed."""
    digests = sorted(f"{row.table_name} {row.content_digest}" for row in rows)
    return hashlib.blake2s("\n".join(digests).encode(), digest_size=16).hexdigest()
