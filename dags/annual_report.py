"""The annual report of a reporting year, made anew after each publication, or by hand for any year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from care_reviews.airflow_tasks import PUBLICATION, write_report
from care_reviews.settings import PROJECT_ROOT


@dag(
    schedule=[PUBLICATION],
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=30),
    },
    params={
        "year": Param(
            None,
            type=["null", "string"],
            pattern="^[0-9]{4}-[0-9]{2}$",
            description="Reporting year, such as 2019-20; empty: the newest that was over by the night that "
            "the publication is of",
        ),
        "as_known": Param(
            None,
            type=["null", "string"],
            format="date",
            description="The night whose publication it is made of; empty: the newest",
        ),
    },
    description="Write the annual report from one publication, as a page and as a PDF",
    doc_md=(PROJECT_ROOT / "docs" / "annual-report.md").read_text(),
    tags=["care reviews"],
)
def annual_report() -> None:
    @task
    def write(**context: Any) -> dict[str, Any]:
        return write_report(context)

    write()


annual_report()
