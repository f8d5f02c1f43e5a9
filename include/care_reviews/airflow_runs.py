"""One Airflow at a time on an installation: a night at the console, or the services.

A scheduler would take up a run that `airflow dags test` is at work on, or that a killed one left behind, and
do its steps a second time.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from care_reviews.airflow_env import metadata
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings

_RUNS = """
update dag_run set state = 'failed', end_date = current_timestamp
where triggered_by = 'TEST' and state in ('queued', 'running')"""
_TASKS = """
update task_instance set state = 'failed', end_date = current_timestamp
where state is not null and state not in ('success', 'failed', 'skipped', 'upstream_failed', 'removed')
and exists (
    select 1 from dag_run
    where dag_run.dag_id = task_instance.dag_id and dag_run.run_id = task_instance.run_id
    and dag_run.triggered_by = 'TEST' and dag_run.state = 'failed')"""


@contextmanager
def alone() -> Iterator[int]:
    """Hold this installation's Airflow, and close console runs that a killed process left open.

    Gives the lock's file descriptor: processes that inherit it (`pass_fds`) hold the lock while they live,
    even when the one that started them is killed.

    Raises ConfigurationError when a night or the services run.
    """
    path = get_settings().home / "airflow.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                "Airflow is at work here already: wait for the night that runs, or, where the services run, "
                "trigger the night in their user interface (parameter as_known) or end them with `make stop`"
            ) from None
        _close_abandoned_runs()
        yield lock.fileno()


def _close_abandoned_runs() -> None:
    with metadata() as connection:
        connection.execute(text(_RUNS))
        connection.execute(text(_TASKS))
