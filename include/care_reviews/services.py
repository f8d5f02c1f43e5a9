"""Airflow's four services as children of one supervisor: started together, watched, and ended together."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from care_reviews.airflow_env import airflow_command
from care_reviews.airflow_runs import alone
from care_reviews.console import Progress
from care_reviews.errors import ConfigurationError
from care_reviews.secret_files import private
from care_reviews.settings import PROJECT_ROOT, get_settings

HOST = "127.0.0.1"
USUAL_PORT = 8080
# Logs are read from the shared folder, so no service serves them on a port of its own.
SERVICES = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
START_SECONDS = 180
END_SECONDS = 30
# The supervisor gives its services that long; it needs a moment more itself.
STOP_SECONDS = END_SECONDS + 10


def addresses(
    host: str, port: int, base_url: str, api_host: str, health_host: str, health_port: int
) -> dict[str, str]:
    """Where the services listen and how they reach each other.

    `host`: what the API server binds; `api_host`: the name that tasks reach it by; `health_*`: the
    scheduler's own health server.
    """
    return {
        "AIRFLOW__API__HOST": host,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": base_url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{api_host}:{port}/execution/",
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": health_host,
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(health_port),
    }


def service_environment(variables: dict[str, str], port: int) -> dict[str, str]:
    """The services' environment on this machine: everything on loopback."""
    return {**variables, **addresses(HOST, port, f"http://{HOST}:{port}", HOST, HOST, free_port())}


def supervise(variables: dict[str, str], port: int, progress: Progress, announce: str) -> None:
    """Run the services until a signal (INT, TERM), then end them all.

    Prints `announce` once all four are healthy. Raises ConfigurationError when Airflow is at work here
    already, and when a service ends by itself, naming its log.
    """
    wanted = threading.Event()

    def ask_to_end(number: int, frame: FrameType | None) -> None:
        wanted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_end)
    with (
        alone() as lock,
        _children(service_environment(variables, port), lock) as children,
        _noted(port, children),
    ):
        progress.now("starting Airflow: API server, scheduler, DAG processor, triggerer")
        deadline = time.monotonic() + START_SECONDS
        while not wanted.wait(0.5) and not is_healthy(port):
            _check(children)
            if time.monotonic() > deadline:
                raise ConfigurationError(f"Airflow was not healthy after {START_SECONDS} s: see {logs()}")
        progress.now("")
        if not wanted.is_set():
            progress.line(announce)
        while not wanted.wait(1):
            _check(children)
        progress.now("ending Airflow")


def running() -> dict[str, Any] | None:
    """The supervisor of this installation, if one runs: `pid`, `port`, and `services`, a pid by name."""
    try:
        known: dict[str, Any] = json.loads(_note().read_text())
    except (FileNotFoundError, ValueError):
        return None
    # Its process id may belong to somebody else by now.
    return known if "care-reviews" in _words_of(known["pid"]) else None


def stop_running() -> bool:
    """Ask a running supervisor of this installation to end and wait for it; says whether anything ran.

    Where the supervisor was killed, its services are asked themselves. Raises ConfigurationError, naming the
    logs, when the supervisor goes on all the same.
    """
    known = running()
    if known is None:
        return _stop_left_behind()
    with suppress(ProcessLookupError):
        os.kill(known["pid"], signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _words_of(known["pid"]) and time.monotonic() < deadline:
        time.sleep(0.2)
    if _words_of(known["pid"]):
        raise ConfigurationError(f"Airflow's supervisor, process {known['pid']}, does not end: see {logs()}")
    return True


def _stop_left_behind() -> bool:
    """End the services that a killed supervisor left; says whether there were any."""
    try:
        pids = json.loads(_note().read_text())["services"].values()
    except (FileNotFoundError, ValueError):
        return False
    # A process id may belong to somebody else by now: only Airflow is ended.
    left = [pid for pid in pids if "airflow" in _words_of(pid)]
    for pid in left:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGTERM)
    deadline = time.monotonic() + END_SECONDS
    while any(_words_of(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.2)
    _note().unlink()
    return bool(left)


def _words_of(pid: int) -> str:
    """The command line of a process, empty when there is none (or it has ended and waits to be reaped)."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def choose_port(asked: int | None) -> int:
    """The port asked for, else the usual one when free, else any free one. Raises ConfigurationError."""
    if asked is not None:
        if not _is_free(asked):
            raise ConfigurationError(
                f"port {asked} is in use: name another with --port, or stop what uses it"
            )
        return asked
    return USUAL_PORT if _is_free(USUAL_PORT) else free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((HOST, port))
            return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_healthy(port: int) -> bool:
    """Whether API server, database, scheduler, DAG processor and triggerer all say so."""
    with suppress(OSError, ValueError):
        with urllib.request.urlopen(f"http://{HOST}:{port}/api/v2/monitor/health", timeout=5) as answer:
            states = json.load(answer)
        parts = ("metadatabase", "scheduler", "dag_processor", "triggerer")
        return all(states[part]["status"] == "healthy" for part in parts)
    return False


def logs() -> Path:
    return get_settings().home / "logs"


def _note() -> Path:
    return get_settings().home / "airflow" / "services.json"


@contextmanager
def _noted(port: int, children: dict[str, subprocess.Popen[bytes]]) -> Iterator[None]:
    """Keep who supervises what and where, so that `make stop` finds it."""
    services = {name: child.pid for name, child in children.items()}
    _note().parent.mkdir(parents=True, exist_ok=True)
    _note().write_text(json.dumps({"pid": os.getpid(), "port": port, "services": services}))
    try:
        yield
    finally:
        _note().unlink(missing_ok=True)


@contextmanager
def _children(variables: dict[str, str], lock: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    private(logs())
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in SERVICES.items():
            with (logs() / f"airflow-{name}.log").open("ab") as sink:
                children[name] = subprocess.Popen(
                    [airflow_command(), *words],
                    env=variables,
                    cwd=PROJECT_ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=sink,
                    # Ctrl-C at the terminal reaches the supervisor alone, which ends the others in order.
                    start_new_session=True,
                    pass_fds=(lock,),
                )
        yield children
    finally:
        _end(children.values())


def _check(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise ConfigurationError(
                f"Airflow's {name} ended by itself, status {child.returncode}: "
                f"see {logs()}/airflow-{name}.log"
            )


def _end(children: Collection[subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, wait, then end what is left of each one's process group."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + END_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
