"""Run the DAG for one night in a process of its own, and tell what its steps say as they say it."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from care_reviews.airflow_env import airflow_command
from care_reviews.airflow_runs import alone
from care_reviews.secret_files import private
from care_reviews.settings import PROJECT_ROOT, get_settings
from care_reviews.step import MARK

DAG = "nightly_warehouse"
# A person waits at the console: a passing failure is tried again after seconds, not minutes.
RETRY_SECONDS = "5"


@dataclass(frozen=True)
class StepEvent:
    """A step started, finished or failed. `facts` are its numbers, `message` what went wrong."""

    step: str
    state: str
    seconds: float = 0.0
    facts: list[dict[str, Any]] = field(default_factory=list)
    message: str = ""


def run_night(
    day: dt.date,
    variables: dict[str, str],
    on_event: Callable[[StepEvent], None],
    on_line: Callable[[str], None],
) -> tuple[bool, Path]:
    """Run `airflow dags test` for the night of `day`; whether it succeeded, and where its full log is.

    `on_event` gets each step's events, `on_line` each line of the log. Ends Airflow when interrupted. Raises
    ConfigurationError when Airflow is at work here already.
    """
    log = get_settings().home / "logs" / f"night-{day}-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.log"
    private(log.parent)
    command = [airflow_command(), "dags", "test", DAG, "--conf", json.dumps({"as_known": str(day)})]
    variables = {
        **variables,
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": RETRY_SECONDS,
        "PYTHONUNBUFFERED": "1",
    }
    with alone() as lock, log.open("w") as sink, _process(command, variables, lock) as process:
        for line in process.stdout or ():
            sink.write(line)
            sink.flush()
            on_line(line.rstrip("\n"))
            if event := event_in(line):
                on_event(event)
    return process.returncode == 0, log


def event_in(line: str) -> StepEvent | None:
    """The event that a line of Airflow's log carries, if any."""
    _, mark, rest = line.partition(MARK)
    if not mark:
        return None
    try:
        said, _ = json.JSONDecoder().raw_decode(rest)
    except json.JSONDecodeError:
        return None
    known = {name: said[name] for name in StepEvent.__dataclass_fields__ if name in said}
    return StepEvent(**known)


@contextmanager
def _process(command: list[str], variables: dict[str, str], lock: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        env=variables,
        cwd=PROJECT_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        pass_fds=(lock,),
    )
    try:
        yield process
    finally:
        # Whatever ended the reading: the steps' own children (dbt) end with the process that started them.
        with suppress(ProcessLookupError):
            if process.poll() is None and process.stdout is not None and not process.stdout.closed:
                _finish(process)
        process.wait()


def _finish(process: subprocess.Popen[str]) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=1)
        return
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
        return
    os.killpg(process.pid, signal.SIGKILL)
