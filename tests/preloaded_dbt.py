"""dbt's processes, forked from that of the tests, which has loaded dbt: to load it takes a third of a small
build, and the tests build more than a hundred times.

Nothing else differs: each dbt is a process of its own, with an environment, a folder and pipes of its own,
and runs `care_reviews.guarded_dbt`. Nights under Airflow, and tests of dbt's process itself, start it anew.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO

import pytest

from care_reviews import dbt

STDIN, STDOUT, STDERR = range(3)
LOADED = ("care_reviews.guarded_dbt", "dbt.adapters.postgres", "dbt.cli.main")
STARTED_ANEW = ("-P", "-m", "care_reviews.guarded_dbt")
AS_NIGHTS_DO = dbt.start


class ForkedDbt:
    """A forked dbt as `subprocess.Popen` shows a process, as far as `care_reviews.dbt` asks."""

    def __init__(
        self, command: list[str], environment: dict[str, str], folder: Path, stderr: IO[str]
    ) -> None:
        assert tuple(command[1:4]) == STARTED_ANEW, command
        for module in LOADED:
            import_module(module)

        reads, given = os.pipe()
        told, writes = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _become_dbt(command[4:], environment, folder, (reads, writes, stderr.fileno()))
        os.close(reads)
        os.close(writes)
        self.stdin, self.stdout = os.fdopen(given, "w"), os.fdopen(told)

    def poll(self) -> int | None:
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        return self._ended(0)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def _ended(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def _become_dbt(words: list[str], environment: dict[str, str], folder: Path, pipes: tuple[int, ...]) -> None:
    """Run dbt in a process just forked, with nothing of its parent but what is loaded; never returns."""
    status = 1
    try:
        gc.disable()  # it would look through all that its parent has loaded
        for number, pipe in enumerate(pipes):
            os.dup2(pipe, number)
        os.closerange(STDERR + 1, os.sysconf("SC_OPEN_MAX"))
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(STDIN), os.fdopen(STDOUT, "w"), os.fdopen(STDERR, "w")
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        os.chdir(folder)
        sys.argv = ["dbt", *words]
        from care_reviews.guarded_dbt import main

        main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


@pytest.fixture(scope="session", autouse=True)
def preloaded_dbt() -> Iterator[None]:
    """Every build of this process forks its dbt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dbt, "start", ForkedDbt)
        yield


@pytest.fixture
def dbt_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of this test start dbt as nights do."""
    monkeypatch.setattr(dbt, "start", AS_NIGHTS_DO)
