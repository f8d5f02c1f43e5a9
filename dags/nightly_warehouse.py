"""One night: from the council's record system to published review measures.

Order and time only. What each step does is in `care_reviews.night`; what a child, a review or a measure is,
in `dbt_project`; what stops a night, in `expectations`.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from airflow.sdk.execution_time.hitl import HITLUser

from care_reviews import night
from care_reviews.airflow_tasks import PUBLICATION, perform
from care_reviews.release import LONGEST_COMMENT, REFUSE, RELEASE
from care_reviews.settings import PROJECT_ROOT, get_settings


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
        ),
        "return_name": Param(
            None,
            type=["null", "string"],
            pattern="^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,59}$",
            description="Marks the publication as a return, such as Annual report 2019-20: a named person "
            "releases it; empty: it releases itself when no gate says stop",
        ),
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

    @task.branch
    def propose(**context: Any) -> str:
        asked = perform(partial(night.propose, return_name=context["params"]["return_name"]), context)
        if asked is None:
            return "publish"
        context["ti"].xcom_push("question", asked)
        return "release"

    release = HITLOperator(
        task_id="release",
        subject="{{ ti.xcom_pull('propose', key='question').subject }}",
        body="{{ ti.xcom_pull('propose', key='question').body }}",
        options=[RELEASE, REFUSE],
        defaults=REFUSE,
        params={"comment": Param("", type="string", maxLength=LONGEST_COMMENT)},
        assigned_users=[HITLUser(id=name, name=name) for name in get_settings().approver_names] or None,
        response_timeout=timedelta(hours=get_settings().release_hours),
        # Airflow loses an answer of the first seconds, and has to ask again.
        retry_delay=timedelta(seconds=15),
    )

    @task(outlets=[PUBLICATION], trigger_rule="none_failed_min_one_success")
    def publish(**context: Any) -> None:
        answer = context["ti"].xcom_pull("release")
        step = partial(night.publish, return_name=context["params"]["return_name"], answer=answer)
        published = perform(step, context)
        if published is None:
            raise AirflowSkipException("the return was refused: the last publication stands")
        context["outlet_events"][PUBLICATION].extra = published

    proposed, published = propose(), publish()
    extract() >> land() >> build() >> validate() >> proposed >> [release, published]
    release >> published


nightly_warehouse()
