"""One night: from the council's record system to published review measures.

Order and time only. What each step does is in `care_reviews.night`; what a child, a review or a measure is,
in `dbt_project`; what stops a night, in `expectations`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from airflow.sdk import Asset, Connection, CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

from care_reviews import night
from care_reviews.connections import SOURCE, WAREHOUSE
from care_reviews.errors import CareReviewsError
from care_reviews.settings import PROJECT_ROOT

Result = TypeVar("Result")
PUBLICATION = Asset(name="care_reviews_publication", uri="care-reviews://warehouse/published")


@dag(
    # The first run waits for the next 04:30: starting Airflow must not publish a night that nobody asked for.
    schedule=CronTriggerTimetable("30 4 * * *", timezone="Europe/London", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(hours=3),
    },
    params={
        "as_known": Param(
            None,
            type=["null", "string"],
            format="date",
            description="Last whole day that the extract covers; empty: the day before the run",
        )
    },
    description="Extract, land, build, validate and publish one night of the record system",
    doc_md=(PROJECT_ROOT / "docs" / "operations.md").read_text(),
    tags=["care reviews"],
)
def nightly_warehouse() -> None:
    @task
    def extract(**context: Any) -> None:
        perform(night.extract, context)

    @task
    def land(**context: Any) -> None:
        perform(night.land, context)

    @task
    def build(**context: Any) -> None:
        perform(night.build, context)

    @task
    def validate(**context: Any) -> None:
        perform(night.validate, context)

    @task(outlets=[PUBLICATION])
    def publish(**context: Any) -> None:
        context["outlet_events"][PUBLICATION].extra = perform(night.publish, context)

    extract() >> land() >> build() >> validate() >> publish()


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


nightly_warehouse()
