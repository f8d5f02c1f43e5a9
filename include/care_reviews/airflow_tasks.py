"""A step of a night as a task of Airflow: its night, its connections, and what a refusal is to Airflow."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from airflow.sdk import Asset, Connection
from airflow.sdk.exceptions import AirflowFailException
from sqlalchemy import Engine

from care_reviews import night
from care_reviews.connections import SOURCE, WAREHOUSE, variable, warehouse_engine
from care_reviews.errors import CareReviewsError, NightRefusedError
from care_reviews.settings import get_settings

Result = TypeVar("Result")

log = logging.getLogger(__name__)

# What a run of the night may be given. Airflow takes any word: a mistyped one would run another night.
PARAMETERS = frozenset({"as_known", "return_name"})
PUBLICATION = Asset(name="care_reviews_publication", uri="care-reviews://warehouse/published")


def perform(step: Callable[[night.Night], Result], context: dict[str, Any]) -> Result:
    """Do one step of this run's night; a refusal that no retry can help fails the task at once."""
    hand_over_connections()
    run = context["dag_run"]
    try:
        _refuse_unknown(run.conf or {})
        as_known = context["params"]["as_known"]
        tonight = night.night_of(run.run_id, run.run_after, as_known)
        if step is night.extract and not as_known:
            night.refuse_late(tonight, dt.datetime.now(dt.UTC))
        return step(tonight)
    except CareReviewsError as refusal:
        if refusal.retry:
            raise
        raise AirflowFailException(str(refusal)) from None


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - PARAMETERS:
        raise NightRefusedError(
            f"the run was given {', '.join(sorted(unknown))}, which is no parameter of a night: trigger it "
            f"again with {' and '.join(sorted(PARAMETERS))} alone"
        )


def write_report(context: dict[str, Any]) -> dict[str, Any]:
    """Write the annual report that a run asks for; gives its publication, year and the files' SHA-256."""
    from care_reviews import report
    from care_reviews.report.year import Year

    year, as_known = context["params"]["year"], context["params"]["as_known"]
    with _reading_warehouse() as engine:
        asked = Year.of(year) if year else None
        night_of = night.day_named(as_known) if as_known else None
        pack = report.make(engine, get_settings(), get_settings().authority, asked, night_of)
        report.vouch(engine, get_settings(), pack)
    log.info("the report of %s, publication %d: %s", pack.year.label, pack.publication_id, pack.page)
    return {"publication_id": pack.publication_id, "year": pack.year.label, "sha256": pack.digests}


def write_board() -> dict[str, Any]:
    """Write the board's pages of the newest publication; gives it and the files' SHA-256."""
    from care_reviews import board

    with _reading_warehouse() as engine:
        made = board.make(engine, get_settings(), get_settings().authority)
    log.info("the board's pages, publication %d: %s", made.publication_id, made.page)
    return {"publication_id": made.publication_id, "sha256": made.digests}


@contextmanager
def _reading_warehouse() -> Iterator[Engine]:
    """The warehouse for a task that reads what was published; a refusal that no retry can help fails it."""
    hand_over_connections()
    engine = warehouse_engine()
    try:
        yield engine
    except CareReviewsError as refusal:
        if refusal.retry:
            raise
        raise AirflowFailException(str(refusal)) from None
    finally:
        engine.dispose()


def hand_over_connections() -> None:
    """Give the steps Airflow's two connections, from whichever secrets backend holds them."""
    for name in (SOURCE, WAREHOUSE):
        found = Connection.get(name)
        os.environ[variable(name)] = json.dumps(
            {
                "conn_type": found.conn_type,
                "host": found.host,
                "port": found.port,
                "login": found.login,
                "password": found.password,
                "schema": found.schema,
                "extra": found.extra_dejson,
            }
        )
