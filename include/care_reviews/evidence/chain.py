"""The chain: records of `audit.evidence`, each sealed by a hash over itself and the one before."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from care_reviews.errors import ConfigurationError

BEGINNING = "0" * 64
# How rows of landing and their digests are hashed. The first record says it for the whole chain.
FORM = 2

# One at a time: of two who add at once the second follows the first. Ends with the transaction.
_LOCK = text("select pg_advisory_xact_lock(hashtextextended('care-reviews evidence', 0))")
_COLUMNS = "evidence_id, record, previous_hash, hash"
_LAST = text(f"select {_COLUMNS} from audit.evidence order by evidence_id desc limit 1")
_ADD = text(
    "insert into audit.evidence (evidence_id, record, previous_hash, hash) "
    "values (:number, cast(:record as jsonb), :previous_hash, :hash)"
)
_OLDER = text(
    "select (select coalesce(max(publication_id), 0) from published.publication), "
    "(select coalesce(max(extract_id), 0) from audit.extract)"
)


@dataclass(frozen=True)
class Link:
    """A record in its place: the first has number 1."""

    number: int
    record: dict[str, Any]
    previous_hash: str
    hash: str

    @property
    def kind(self) -> str:
        return str(self.record.get("kind"))

    def __str__(self) -> str:
        return f"record {self.number} ({self.kind})"


def canonical(record: Mapping[str, Any]) -> str:
    """A record as the one JSON text that is hashed: sorted keys, no spaces, nothing escaped that need not be.

    Whole numbers, texts, truth values and null alone. Raises TypeError on a number with a fraction.
    """
    _refuse_fractions(record)
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def hash_of(previous_hash: str, record: Mapping[str, Any]) -> str:
    """SHA-256 of the previous hash, a line end and the canonical record, 64 hexadecimal digits."""
    return hashlib.sha256(f"{previous_hash}\n{canonical(record)}".encode()).hexdigest()


def begin(connection: Connection) -> None:
    """Add the first record, if there is none: what is older than the chain is not vouched for by it.

    Raises ConfigurationError when the chain was begun in another form.
    """
    connection.execute(_LOCK)
    if first := next(links(connection), None):
        refuse_other_form(first)
        return
    publication_id, extract_id = connection.execute(_OLDER).one()
    older = {"publication": publication_id, "extract": extract_id}
    _add(connection, None, {"kind": "begun", "form": FORM, "older": older})


def refuse_other_form(first: Link) -> None:
    """Raise ConfigurationError unless a chain, by its first record, was begun in this version's form."""
    form = first.record.get("form", 1)
    if form != FORM:
        raise ConfigurationError(
            f"the evidence of this warehouse is in form {form}, and this version knows form {FORM} alone: "
            "verify it with the version that made it, and deploy this one into a database of its own"
        )


def append(connection: Connection, kind: str, authority_code: str, facts: Mapping[str, Any]) -> Link:
    """Add a record, in the caller's transaction and last in it, since others wait until that ends."""
    connection.execute(_LOCK)
    last = head(connection)
    if last is None:
        raise ConfigurationError("the warehouse keeps no evidence yet: run `care-reviews deploy`")
    return _add(connection, last, {**facts, "kind": kind, "authority_code": authority_code})


def append_files(
    connection: Connection,
    kind: str,
    authority_code: str,
    of: Mapping[str, Any],
    files: Mapping[str, str],
    **more: Any,
) -> bool:
    """Add a record of the files of something as they are, unless the newest record of it says the same; says
    whether one was added. `of`: what they are of; `files`: file name → SHA-256; `more`: what else it says.
    """
    last = find(connection, kind, authority_code=authority_code, **of)
    if last is not None and last.record["files"] == files:
        return False
    append(connection, kind, authority_code, {**of, **more, "files": files})
    return True


def head(connection: Connection) -> Link | None:
    """The last record, None when there is none."""
    row = connection.execute(_LAST).one_or_none()
    return None if row is None else _link(row)


def links(connection: Connection) -> Iterator[Link]:
    """All records in their order, in a stream."""
    # For this statement alone: as an option of the connection it would hold for all that follow.
    rows = connection.execute(
        text(f"select {_COLUMNS} from audit.evidence order by evidence_id"),
        execution_options={"yield_per": 500},
    )
    for row in rows:
        yield _link(row)


def find(connection: Connection, kind: str, **facts: object) -> Link | None:
    """The newest record of a kind that holds these facts."""
    row = connection.execute(
        text(
            f"select {_COLUMNS} from audit.evidence where record @> cast(:facts as jsonb) "
            "order by evidence_id desc limit 1"
        ),
        {"facts": canonical({"kind": kind, **facts})},
    ).one_or_none()
    return None if row is None else _link(row)


def _link(row: Row[Any]) -> Link:
    return Link(row.evidence_id, row.record, row.previous_hash, row.hash)


def _add(connection: Connection, last: Link | None, facts: Mapping[str, Any]) -> Link:
    number = 1 if last is None else last.number + 1
    previous_hash = BEGINNING if last is None else last.hash
    record = {**facts, "number": number, "recorded_at": _now(), "by": _by(connection)}
    link = Link(number, record, previous_hash, hash_of(previous_hash, record))
    connection.execute(
        _ADD,
        {
            "number": number,
            "record": canonical(record),
            "previous_hash": previous_hash,
            "hash": link.hash,
        },
    )
    return link


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value} is written in more than one way: give it as a text")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            _refuse_fractions(each)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _by(connection: Connection) -> dict[str, str]:
    """Who: the role that the database knows, and the account that the process runs under."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container's user has no name
        account = str(os.getuid())
    return {"role": str(connection.scalar(text("select session_user"))), "account": account}
