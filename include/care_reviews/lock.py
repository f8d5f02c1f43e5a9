"""One run at a time for each authority, and fencing: only the newest run's steps may go on."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from care_reviews.errors import NightRefusedError, WarehouseBusyError
from care_reviews.night import Night

_LOCK = text("select pg_try_advisory_lock(hashtextextended('care-reviews ' || :subject, 0))")
_UNLOCK = text("select pg_advisory_unlock(hashtextextended('care-reviews ' || :subject, 0))")


@dataclass(frozen=True)
class Extract:
    """An authority's current row of `audit.extract`. `status` is extracting, extracted, landed or
    discarded.
    """

    extract_id: int
    authority_code: str
    as_known: dt.date
    run_id: str
    status: str
    source_digest: str | None
    dbt_invocation_id: str | None


@contextmanager
def authority_lock(connection: Connection, authority_code: str, wait_seconds: float = 10) -> Iterator[None]:
    """Hold the authority's lock on this connection's session; transactions may begin and end within.

    The wait lets the session of a run that was killed a moment ago end. Raises WarehouseBusyError when
    another run holds the lock longer. The connection must have no transaction under way, and has none
    afterwards.
    """
    _acquire(
        connection,
        authority_code,
        wait_seconds,
        f"another run is at work on authority {authority_code}: wait until it has ended, then try again",
    )
    try:
        yield
    finally:
        _release(connection, authority_code)


@contextmanager
def deploy_lock(connection: Connection, wait_seconds: float = 60) -> Iterator[None]:
    """Hold the lock of deployments, likewise. Raises WarehouseBusyError."""
    _acquire(
        connection,
        "deploy",
        wait_seconds,
        "another deployment of this warehouse is under way: try again later",
    )
    try:
        yield
    finally:
        _release(connection, "deploy")


@contextmanager
def scratch_lock(connection: Connection, authority_code: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the authority's scratch schema, likewise; a night goes on meanwhile. Raises WarehouseBusyError."""
    subject = f"scratch {authority_code}"
    busy = f"another publication of {authority_code} is being built again: wait until that has ended"
    _acquire(connection, subject, wait_seconds, busy)
    try:
        yield
    finally:
        _release(connection, subject)


def current_extract(connection: Connection, night: Night) -> Extract:
    """The authority's current extract, which must be this run's.

    Raises NightRefusedError when nothing was extracted, when another run has taken over since, or when the
    night was discarded.
    """
    row = connection.execute(
        text(
            "select extract_id, authority_code, as_known, run_id, status, source_digest, dbt_invocation_id "
            "from audit.extract where authority_code = :authority_code order by extract_id desc limit 1"
        ),
        {"authority_code": night.authority_code},
    ).one_or_none()
    if row is None:
        raise NightRefusedError(
            f"nothing was extracted for authority {night.authority_code}: run extract first"
        )
    current = Extract(**row._mapping)
    if (current.run_id, current.as_known) != (night.run_id, night.as_known):
        raise NightRefusedError(
            f"run {night.run_id} for {night.as_known} is not the current one of authority "
            f"{night.authority_code}: run {current.run_id} for {current.as_known} has started since and goes "
            "on alone"
        )
    if current.status == "discarded":
        raise NightRefusedError(
            f"the night of {night.as_known} was discarded: if it is to run after all, begin with extract"
        )
    return current


def newest_landed(connection: Connection, authority_code: str) -> dt.date | None:
    """The authority's newest night that has landed and was not discarded."""
    newest: dt.date | None = connection.scalar(
        text(
            "select max(as_known) from audit.extract "
            "where authority_code = :authority_code and status = 'landed'"
        ),
        {"authority_code": authority_code},
    )
    return newest


def _acquire(connection: Connection, subject: str, wait_seconds: float, busy: str) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        with connection.begin():
            if connection.scalar(_LOCK, {"subject": subject}):
                return
        if time.monotonic() >= deadline:
            raise WarehouseBusyError(busy)
        time.sleep(0.2)


def _release(connection: Connection, subject: str) -> None:
    # A session that is gone has released its locks already; its error would hide the one that ended the work.
    with suppress(DBAPIError):
        if connection.in_transaction():
            connection.rollback()
        if not connection.closed and not connection.invalidated:
            with connection.begin():
                connection.execute(_UNLOCK, {"subject": subject})
