"""Reading the source: one consistent read a night, rows in batches, failures in words without a secret."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, Select
from sqlalchemy.exc import SQLAlchemyError

from care_reviews.errors import (
    CareReviewsError,
    ConfigurationError,
    SourceContractError,
    SourceUnavailableError,
)
from care_reviews.passing import may_pass, origin_of, sqlstate
from care_reviews.source.dialects import begin_snapshot, can_read_ahead

BATCH = 10_000
BATCHES_AHEAD = 2
Row = tuple[Any, ...]

# How drivers word a refused login: they give no code for it while connecting.
_REFUSED_LOGIN = ("password authentication failed", "no password supplied", "login failed", "pg_hba.conf")
# SQL Server's driver says "unavailable or does not exist" of a server that is down.
_IS_DOWN = ("is unavailable", "unable to connect")
# SQL Server's driver has no SQLSTATE: its words tell what no later try will mend.
_NO_RIGHT = ("permission was denied",)
_NOT_AS_AGREED = (
    "invalid object name",
    "invalid column name",
    "is invalid for argument",
    "operand type clash",
)
_NO_SUCH_FILE = ("unable to open database file", "file is not a database")
_NO_SUCH_DATABASE = ("does not exist", "unknown database", "cannot open database")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection of its own to the source, in one transaction whose reads agree where the engine can.

    Raises what `in_words` raises.
    """
    with in_words(engine):
        connection = engine.connect()
    try:
        with in_words(engine):
            begin_snapshot(connection)
            # It was told to give some values as text, and so must not serve anyone else.
            connection.detach()
        yield connection
    finally:
        with suppress(Exception):
            connection.close()


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Around work on the source alone: its errors become errors that a person can act on, without a secret.

    ConfigurationError: wrong login or database, trying again is no help. SourceContractError: no right to
    read. SourceUnavailableError: down, interrupted or too slow; a later try may succeed.
    """
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        raise worded(error, engine) from None


def batches(connection: Connection, statement: Select[Any], size: int = BATCH) -> Iterator[list[Row]]:
    """The rows of a statement as tuples of the driver's own values, `size` at a time, never all in memory.

    Raises what `in_words` raises.
    """
    streamed = connection.execution_options(stream_results=True, yield_per=size)
    with in_words(connection.engine), streamed.execute(statement) as result:
        # SQLAlchemy buffers one row of a server-side cursor. After that the driver's own cursor is read,
        # which saves an object for each row.
        first = [tuple(row) for row in result.fetchmany(1)]
        if not first:
            return
        yield first
        cursor: Any = result.cursor
        if can_read_ahead(connection):
            yield from _read_ahead(cursor, size)
        else:
            while rows := cursor.fetchmany(size):
                yield list(rows)


def _read_ahead(cursor: Any, size: int) -> Iterator[list[Row]]:
    """While one batch is worked on the source makes the next ones, one after the other."""
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = deque(ahead.submit(cursor.fetchmany, size) for _ in range(BATCHES_AHEAD))
        while rows := coming.popleft().result():
            coming.append(ahead.submit(cursor.fetchmany, size))
            yield rows


def worded(error: Exception, engine: Engine) -> CareReviewsError:
    """A driver's error as one of ours. Its own message may hold values: only its kind and code are told."""
    where = _place(engine)
    origin, state = origin_of(error), sqlstate(error) or ""
    said = str(origin).lower()
    if state.startswith("28") or any(words in said for words in _REFUSED_LOGIN):
        return ConfigurationError(
            f"the source {where} refused the login: check user and password of AIRFLOW_CONN_LCS_SOURCE"
        )
    if engine.dialect.name == "sqlite" and any(words in said for words in _NO_SUCH_FILE):
        return ConfigurationError(
            f"the source {where} is not there, or is no SQLite file that can be read: "
            "check the path in AIRFLOW_CONN_LCS_SOURCE"
        )
    is_down = any(words in said for words in _IS_DOWN)
    if state == "3D000" or (not state and not is_down and any(words in said for words in _NO_SUCH_DATABASE)):
        return ConfigurationError(
            f"the source {where} has no such database or user: check AIRFLOW_CONN_LCS_SOURCE"
        )
    if state == "42501" or any(words in said for words in _NO_RIGHT):
        return SourceContractError(
            f"this account may not read a table of the source {where}: have SELECT granted on the copy"
        )
    kind = f"{type(origin).__name__}, SQLSTATE {state}" if state else type(origin).__name__
    if not may_pass(error) or any(words in said for words in _NOT_AS_AGREED):
        return SourceContractError(
            f"the source {where} cannot answer what is asked of it ({kind}): compare its tables and the "
            "types of their columns with docs/landing.md, trying again is no help"
        )
    return SourceUnavailableError(
        f"the source {where} cannot be reached or stopped answering ({kind}): try again when it is up"
    )


def _place(engine: Engine) -> str:
    url = engine.url
    host = f"{url.host}:{url.port}" if url.port else url.host
    return f"{host}/{url.database}" if host else unquote(str(url.database).removeprefix("file:"))
