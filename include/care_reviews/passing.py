"""Which failures of a database may pass by themselves, so that trying again can help."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError

# SQLSTATE classes: connection, rollback (deadlock), resources, lock, intervention.
PASSING = ("08", "40", "53", "55", "57")


def origin_of(error: BaseException) -> BaseException:
    """The driver's own error."""
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE that a driver gave its error, if it gave one."""
    origin = origin_of(error)
    return getattr(origin, "sqlstate", None) or getattr(origin, "pgcode", None)


def may_pass(error: BaseException) -> bool:
    """Whether a later try may succeed: the SQLSTATE says so, or the connection was lost without one."""
    state = sqlstate(error)
    return state is None or state.startswith(PASSING)


def was_interrupted(error: BaseException | None) -> bool:
    """Whether an error came of a fault of the warehouse that may pass, whatever was made of it on the way."""
    while error is not None:
        if isinstance(origin_of(error), psycopg.OperationalError) and may_pass(error):
            return True
        error = error.__cause__ or error.__context__
    return False
