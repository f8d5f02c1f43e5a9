"""What differs between the engines of a source: consistent reads, and values that Python has no type for."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection, types

from care_reviews.connections import ANSWER_WAIT_SECONDS

log = logging.getLogger(__name__)

# PostgreSQL holds dates that Python cannot (infinity, before Christ, after year 9999): they are read as
# text. So are whole numbers, which are only passed on.
_READ_AS_TEXT = ("date", "timestamp", "timestamptz", "int2", "int4", "int8")
_LONDON = "Europe/London"

# How long the source may keep a table locked before the read is given up.
LOCK_WAIT_SECONDS = 60.0
NO_SNAPSHOT = "the source gives no snapshot: tables are read one after the other as they stand"


def begin_snapshot(connection: Connection) -> None:
    """Start one transaction whose reads agree with each other, where the engine can give that."""
    name = connection.dialect.name
    if name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        settings = {
            "datestyle": "ISO, YMD",
            "timezone": _LONDON,
            "lock_timeout": f"{LOCK_WAIT_SECONDS}s",
            "statement_timeout": f"{ANSWER_WAIT_SECONDS}s",
        }
        for name, value in settings.items():
            connection.exec_driver_sql(f"set local {name} = '{value}'")
        _read_as_text(connection.connection.driver_connection)
    elif name == "sqlite":
        # Bytes that are no text must reach the quarantine, not stop the read.
        raw: Any = connection.connection.driver_connection
        raw.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
        connection.exec_driver_sql("BEGIN")
    elif name == "mssql":
        _begin_snapshot_mssql(connection)
    else:
        log.info(NO_SNAPSHOT)


def is_typed(connection: Connection, column_type: types.TypeEngine[Any]) -> bool:
    """Whether every text that comes from such a column is a well-formed whole number or date of the
    engine's.
    """
    return connection.dialect.name == "postgresql" and isinstance(
        column_type, types.Integer | types.DateTime | types.Date
    )


def can_read_ahead(connection: Connection) -> bool:
    """Whether another thread may fetch the next rows of a cursor while this one works."""
    dialect = connection.dialect
    return dialect.supports_server_side_cursors and getattr(dialect.dbapi, "threadsafety", 0) >= 2


def _read_as_text(raw: Any) -> None:
    from psycopg.types.string import TextLoader

    for name in _READ_AS_TEXT:
        raw.adapters.register_loader(name, TextLoader)


def _begin_snapshot_mssql(connection: Connection) -> None:
    state = connection.exec_driver_sql(
        "select snapshot_isolation_state from sys.databases where name = db_name()"
    ).scalar()
    connection.rollback()
    if state == 1:
        connection.execution_options(isolation_level="SNAPSHOT")
    else:
        log.info(NO_SNAPSHOT)
    connection.exec_driver_sql(f"set lock_timeout {LOCK_WAIT_SECONDS * 1000:.0f}")
