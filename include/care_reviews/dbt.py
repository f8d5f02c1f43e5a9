"""Run dbt in a process of its own and say what it built, in words that hold no value of the data.

dbt writes what a database says into its output and its results, a value that a cast refused among it. So both
stay in a directory that only the owner may read, and what is passed on is reworded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL

from care_reviews.dbt_messages import reason, worth_another_try
from care_reviews.errors import BuildError
from care_reviews.secret_files import private
from care_reviews.settings import PROJECT_ROOT

PROJECT = PROJECT_ROOT / "dbt_project"
# What dbt's process may see of this one's environment: no connection and no secret.
PASSED_ON = {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "SYSTEMROOT"}
LIBPQ = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
# A night gives these through the environment, which dbt reads while it builds: were they vars, dbt would
# parse the whole project anew every night.
NIGHTLY = {"as_known": "DBT_AS_KNOWN", "extract_id": "DBT_EXTRACT_ID"}
SESSION = {
    # A killed run must not leave its backend working and holding locks.
    "client_connection_check_interval": "2000",
    # What has just landed has no statistics yet: the planner takes it for a few rows and loops over them.
    "enable_nestloop": "off",
    "jit": "off",
    "work_mem": "64MB",
}
BUILT = {"success", "pass", "warn", "no-op"}
FAILED = {"error", "fail", "runtime error"}


@dataclass(frozen=True)
class BuildResult:
    """What a run of dbt did: its id, how many nodes (models, seeds, tests) it finished, its seconds."""

    invocation_id: str
    nodes: int
    seconds: float


def build(
    url: URL,
    schema: str,
    variables: Mapping[str, Any],
    work_dir: Path,
    select: tuple[str, ...] = (),
    on_line: Callable[[str], None] = lambda line: None,
    tests: bool = True,
) -> BuildResult:
    """`dbt build` of the project (seeds, models and, unless told otherwise, their data tests, no unit tests)
    into `schema`.

    `variables` are dbt's vars, and what the night gives (NIGHTLY); `select` narrows what is built; `on_line`
    is told of each finished node. `work_dir` keeps what dbt writes and is made private. Raises BuildError
    naming the models that failed and why.
    """
    words = ["build", "--exclude-resource-type", "unit_test", "--fail-fast"]
    if not tests:
        words += ["--exclude-resource-type", "test"]
    if select:
        words += ["--select", *select]
    return run(url, schema, words, variables, work_dir, on_line)


def run(
    url: URL,
    schema: str,
    words: list[str],
    variables: Mapping[str, Any],
    work_dir: Path,
    on_line: Callable[[str], None] = lambda line: None,
) -> BuildResult:
    """Any command of dbt that leaves results (`build`, `run`, `test`, `seed`), otherwise as `build`."""
    private(work_dir)
    target = private(work_dir / "target")
    results = target / "run_results.json"
    results.unlink(missing_ok=True)
    started = time.monotonic()
    lasting = {name: value for name, value in variables.items() if name not in NIGHTLY}
    command = [
        *(sys.executable, "-P", "-m", "care_reviews.guarded_dbt", *words),
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(target), "--log-path", str(private(work_dir / "logs"))),
        *("--vars", json.dumps(lasting, default=str)),
        *("--log-format", "json", "--log-level", "info", "--log-level-file", "none"),
        *("--no-use-colors", "--no-version-check", "--no-send-anonymous-usage-stats"),
    ]
    errors = []
    environment = _environment(url, schema) | {
        NIGHTLY[name]: str(value) for name, value in variables.items() if name in NIGHTLY
    }
    with _process(command, environment, work_dir) as process:
        for line in process.stdout or ():
            event = _event(line)
            if event["level"] == "error":
                errors.append(event["message"])
            if event["progress"]:
                on_line(event["progress"])
        status = process.wait()
    return _outcome(results, status, errors, round(time.monotonic() - started, 3))


def manifest(work_dir: Path) -> Path:
    """The file in which dbt says what the project held when it last ran in `work_dir`."""
    return work_dir / "target" / "manifest.json"


def _outcome(results: Path, status: int, errors: list[str], seconds: float) -> BuildResult:
    """The result, or the error: without results dbt stopped before it built anything, or was killed."""
    if status < 0:
        error = BuildError(
            f"dbt was ended by signal {-status}: if nobody did it, the machine ran out of memory; try again"
        )
        error.retry = True
        raise error
    if not results.exists():
        why = reason(" ".join(errors))
        raise _error(f"dbt stopped before it built anything (status {status}): {why}", errors)
    found = json.loads(results.read_text())
    failed = {
        each["unique_id"].split(".")[2]: each["message"] or ""
        for each in found["results"]
        if each["status"] in FAILED
    }
    if failed:
        named = ", ".join(f"{name} ({reason(message)})" for name, message in failed.items())
        raise _error(f"dbt could not build {named}", list(failed.values()))
    if status:
        raise _error(f"dbt ended with status {status}: {reason(' '.join(errors))}", errors)
    done = sum(each["status"] in BUILT for each in found["results"])
    return BuildResult(found["metadata"]["invocation_id"], done, seconds)


def _error(message: str, raw: list[str]) -> BuildError:
    error = BuildError(message)
    error.retry = any(worth_another_try(each) for each in raw)
    return error


def _environment(url: URL, schema: str) -> dict[str, str]:
    passed = {name: value for name, value in os.environ.items() if name in PASSED_ON}
    tls = {LIBPQ[name]: str(value) for name, value in url.query.items() if name in LIBPQ}
    return {
        **passed,
        **tls,
        "DBT_HOST": url.host or "localhost",
        "DBT_PORT": str(url.port or 5432),
        "DBT_USER": url.username or "",
        "DBT_ENV_SECRET_PASSWORD": str(url.password or ""),
        "DBT_DBNAME": url.database or "",
        "DBT_SCHEMA": schema,
        "DO_NOT_TRACK": "1",
        "PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in SESSION.items()),
    }


@contextmanager
def _process(
    command: list[str], environment: dict[str, str], work_dir: Path
) -> Iterator[subprocess.Popen[str]]:
    """dbt's process; whatever ends the work here ends it too."""
    with (work_dir / "logs" / "stderr.log").open("w") as stderr:
        process = start(command, environment, work_dir, stderr)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def start(
    command: list[str], environment: dict[str, str], folder: Path, stderr: IO[str]
) -> subprocess.Popen[str]:
    """A process of dbt in `folder`, which has pipes for its input and output and nothing else of this one."""
    return subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def _event(line: str) -> dict[str, str]:
    """A line of dbt's output: its level, its message, and the progress that it tells, if it does."""
    try:
        event = json.loads(line)
    except ValueError:
        return {"level": "", "message": "", "progress": ""}
    info, data = event.get("info", {}), event.get("data", {})
    progress = ""
    if info.get("name") in ("LogModelResult", "LogSeedResult", "LogTestResult"):
        name = data.get("node_info", {}).get("node_name", "")
        progress = f"{data.get('index')} of {data.get('total', data.get('num_models'))} {name}"
    return {"level": info.get("level", ""), "message": info.get("msg", ""), "progress": progress}
