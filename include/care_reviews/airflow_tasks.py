"""A step of a night as a task of Airflow: its night, its connections, and what a refusal is to Airflow."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, TypeVar

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowFailException

from care_reviews import night
from care_reviews.connections import SOURCE, WAREHOUSE
from care_reviews.errors import CareReviewsError

Result = TypeVar("Result")


def perform(step: Callable[[night.Night], Result], context: dict[str, Any]) -> Result:
    """Do one step of this run's night; a refusal that no retry can help fails the task at once."""
    hand_over_connections()
    run = context["dag_run"]
    try:
        tonight = night.night_of(run.run_id, run.run_after, context["params"]["as_known"])
        return step(tonight)
    except CareReviewsError as refusal:
        if refusal.retry:
            raise
        raise AirflowFailException(str(refusal)) from None


def hand_over_connections() -> None:
    """Give the steps Airflow's two connections, from whichever secrets backend holds them."""
    for name in (SOURCE, WAREHOUSE):
        found = Connection.get(name)
        os.environ[f"AIRFLOW_CONN_{name.upper()}"] = json.dumps(
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
