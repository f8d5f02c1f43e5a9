"""The board's pages, made anew after each publication."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, task

from care_reviews.airflow_tasks import PUBLICATION, write_board
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
    description="Write the board's pages of the newest publication",
    doc_md=(PROJECT_ROOT / "docs" / "board-pages.md").read_text(),
    tags=["care reviews"],
)
def board_pages() -> None:
    @task
    def write() -> dict[str, Any]:
        return write_board()

    write()


board_pages()
