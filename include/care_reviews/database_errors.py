"""What a database refused, in words: SQLSTATE and names of objects, never a value of the data or a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from care_reviews.errors import CareReviewsError, ConfigurationError, DatabaseFailedError
from care_reviews.passing import sqlstate
from care_reviews.server import embedded

NO_CONNECTION = ("08", "28", "3D", "53", "57")  # classes of SQLSTATE
NOT_DEPLOYED = ("42P01", "3F000", "42703")
NO_RIGHT = ("42501", "25006")


@contextmanager
def in_words(engine: Engine, doing: str) -> Iterator[None]:
    """Turn a driver's error into one that says what to do; `doing` is what was tried, as in "withdrawing".

    Raises ConfigurationError where the connection or its rights are wrong or nothing was deployed, else
    DatabaseFailedError.
    """
    try:
        yield
    except DBAPIError as error:
        raise _worded(engine, doing, error) from None


def _worded(engine: Engine, doing: str, error: DBAPIError) -> CareReviewsError:
    state, url = sqlstate(error), engine.url
    where = f"the database {url.host}:{url.port or 5432}/{url.database}"
    if state is None and embedded.is_stopped_at(url):
        return ConfigurationError(f"{doing}: the embedded server does not run: `care-reviews start`")
    if state is None or state.startswith(NO_CONNECTION):
        return ConfigurationError(
            f"{doing}: {where} does not answer or does not let {url.username} in "
            f"({type(error.orig).__name__}, SQLSTATE {state or 'none'}): check server and connection"
        )
    if state in NOT_DEPLOYED:
        return ConfigurationError(f"{doing}: {where} is not deployed yet: run `care-reviews deploy`")
    if state in NO_RIGHT:
        return ConfigurationError(f"{doing}: {url.username} may not do that in {where} (SQLSTATE {state})")
    return DatabaseFailedError(f"{doing}: {where} refused: {type(error.orig).__name__}, SQLSTATE {state}")
