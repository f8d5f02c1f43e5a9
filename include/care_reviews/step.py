"""Around each step of a night: say that it started, what it did, how long it took, and what went wrong.

The lines go to the log, where Airflow shows them and the command line picks them out.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from care_reviews.connections import warehouse_engine
from care_reviews.errors import CareReviewsError, DatabaseFailedError
from care_reviews.passing import may_pass, origin_of, sqlstate

if TYPE_CHECKING:
    from care_reviews.night import Night

MARK = "care-reviews step: "

# What to say of each finished step, read from the tables that it leaves behind.
TELLING = {
    "extract": """
        select extract_id from audit.extract where extract_id = :extract_id""",
    "land": """
        select sum(rows_read) as rows_read, sum(rows_new) as new, sum(rows_changed) as changed,
            sum(rows_vanished) as vanished, sum(rows_quarantined) as quarantined
        from audit.manifest where extract_id = :extract_id""",
    "build": """
        select count(*) as tables from information_schema.tables
        where table_schema = :candidate and table_type = 'BASE TABLE'""",
    "validate": """
        select gate, verdict, passed, expectations - passed - warned - stopped as not_applicable,
            warned, stopped
        from audit.validation
        where validation_id in (
            select max(validation_id) from audit.validation where extract_id = :extract_id group by gate)
        order by validation_id""",
    "propose": """
        select extract_id from audit.extract where extract_id = :extract_id""",
    "publish": """
        select publication_id as publication from published.publication
        where extract_id = :extract_id order by publication_id desc limit 1""",
}

log = logging.getLogger(__name__)


@contextmanager
def step(name: str, night: Night) -> Iterator[None]:
    """Run a step's work, telling of it. Database errors become DatabaseFailedError, without any value."""
    _tell(name, "started", as_known=str(night.as_known), authority=night.authority_code)
    started = time.monotonic()
    try:
        yield
    except CareReviewsError as error:
        _tell(name, "failed", seconds=_since(started), facts=_facts(name, night), message=str(error))
        raise
    except (SQLAlchemyError, psycopg.Error) as error:
        worded = _worded(name, error)
        _tell(name, "failed", seconds=_since(started), message=str(worded))
        raise worded from None
    except Exception as error:
        _tell(name, "failed", seconds=_since(started), message=f"{type(error).__name__}: see the log")
        raise
    _tell(name, "finished", seconds=_since(started), facts=_facts(name, night))


def _since(started: float) -> float:
    return round(time.monotonic() - started, 1)


def _tell(name: str, state: str, **more: Any) -> None:
    log.info("%s%s", MARK, json.dumps({"step": name, "state": state, **more}))


def _worded(name: str, error: Exception) -> DatabaseFailedError:
    """A driver's message may hold values of the data: keep its SQLSTATE and kind alone."""
    origin, state = origin_of(error), sqlstate(error)
    kind = type(origin).__name__
    # A login that was refused carries no SQLSTATE in its exception, and no later try will mend it.
    login = "authentication failed" in str(origin)
    passing = not login and may_pass(error)
    if login:
        reason = "the login was refused: check user and password of AIRFLOW_CONN_WAREHOUSE"
    elif state is None:
        reason = f"it cannot be reached or ended the connection ({kind}): try again when it is up"
    elif passing:
        reason = f"{kind}, SQLSTATE {state}: try again"
    else:
        reason = f"{kind}, SQLSTATE {state}: run `care-reviews deploy`, and if that is no help, report it"
    worded = DatabaseFailedError(f"{name}: the warehouse failed: {reason}")
    worded.retry = passing
    return worded


def _facts(name: str, night: Night) -> list[dict[str, Any]]:
    """The numbers of a step. They are for reading only: failing to fetch them never fails a night."""
    with suppress(SQLAlchemyError, CareReviewsError):
        engine = warehouse_engine()
        try:
            return _read(engine, name, night)
        finally:
            engine.dispose()
    return []


def _read(engine: Engine, name: str, night: Night) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        rows = connection.execute(
            text(TELLING[name]),
            {
                "extract_id": connection.scalar(
                    text(
                        "select max(extract_id) from audit.extract"
                        " where authority_code = :authority and run_id = :run_id"
                    ),
                    {"authority": night.authority_code, "run_id": night.run_id},
                ),
                "candidate": f"candidate_{night.authority_code.lower()}",
            },
        )
        return [
            {key: value if isinstance(value, str) else int(value or 0) for key, value in row.items()}
            for row in rows.mappings()
        ]
