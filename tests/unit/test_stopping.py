"""`care-reviews airflow --stop`: ends the supervisor and waits for it, or ends what a killed one left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from care_reviews import services
from care_reviews.errors import ConfigurationError

GONE = 2**22 + 1  # no process has an id as high
COMMAND = [str(Path(sys.executable).with_name("care-reviews")), "airflow", "--stop"]

# A supervisor that takes its time to end its services, or never ends.
SLOW = """
import pathlib, signal, sys, time
def end(*_):
    time.sleep(1.5)
    pathlib.Path(sys.argv[1]).write_text("all ended")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("ready", flush=True)
time.sleep(60)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


def note(home: Path, pid: int, **children: int) -> Path:
    """What a supervisor writes down of itself."""
    path = home / "airflow" / "services.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"pid": pid, "port": 1, "services": children}))
    return path


@contextmanager
def supervising(home: Path, script: str) -> Iterator[subprocess.Popen[str]]:
    """A process that passes for this installation's supervisor, once it is ready for signals."""
    words = [sys.executable, "-c", script, str(home / "ended"), "care-reviews"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            note(home, process.pid)
            yield process
        finally:
            process.kill()


def stop(home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CARE_REVIEWS_HOME": str(home)}
    return subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60)


def test_it_returns_when_the_supervisor_has_ended_not_before(home: Path) -> None:
    with supervising(home, SLOW) as supervisor:
        done = stop(home)
        assert (home / "ended").read_text() == "all ended"
        assert supervisor.wait(5) == 0
    assert (done.returncode, done.stdout) == (0, "Airflow has stopped.\n")


def test_a_supervisor_that_goes_on_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "STOP_SECONDS", 0.5)
    with supervising(home, DEAF) as supervisor:
        with pytest.raises(ConfigurationError, match=f"process {supervisor.pid}, does not end: see .*logs"):
            services.stop_running()
        assert supervisor.poll() is None


def test_a_supervisor_that_ends_by_itself_meanwhile_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "running", lambda: {"pid": GONE})
    assert services.stop_running() is True


def test_where_nothing_runs_there_is_nothing_to_say(home: Path) -> None:
    done = stop(home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_process_that_got_a_supervisors_number_is_left_alone(home: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        note(home, stranger.pid)
        assert services.running() is None
        assert services.stop_running() is False
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_supervisor_that_is_gone_is_none(home: Path) -> None:
    assert services.running() is None
    written = note(home, GONE, scheduler=GONE)
    assert services.running() is None
    assert services.stop_running() is False
    assert not written.exists()


def test_services_that_a_killed_supervisor_left_are_ended_and_nobody_elses(home: Path) -> None:
    script = "import time; time.sleep(60)"
    ours = subprocess.Popen([sys.executable, "-c", script, "airflow"], start_new_session=True)
    other = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
    note(home, GONE, scheduler=ours.pid, triggerer=other.pid)
    try:
        assert services.stop_running() is True
        assert ours.wait(10) == -signal.SIGTERM
        assert other.poll() is None
    finally:
        for process in (ours, other):
            process.kill()
            process.wait()
