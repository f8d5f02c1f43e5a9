"""Something happens in the middle of a step: at the n-th thing that it does.

Counted are the statements and commits of this process and what its steps say: together they reach every part
of a step without knowing how it is written.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Engine, event, text

from tests.faults.small_council import engine

PIPELINE = logging.getLogger("care_reviews")


class Tripwire(logging.Handler):
    """Calls `spring` once, at the `at`-th event; without it only counts them."""

    def __init__(self, at: int = 0, spring: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.at, self.spring, self.events = at, spring, 0
        self.level_before = PIPELINE.level

    @property
    def is_sprung(self) -> bool:
        return self.spring is not None and self.events >= self.at

    def emit(self, record: logging.LogRecord) -> None:
        self._count()

    def _count(self, *_: Any) -> None:
        self.events += 1
        if self.events == self.at and self.spring:
            self.spring()

    def __enter__(self) -> Tripwire:
        event.listen(Engine, "before_cursor_execute", self._count)
        event.listen(Engine, "commit", self._count)
        PIPELINE.addHandler(self)
        PIPELINE.setLevel(logging.INFO)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        event.remove(Engine, "before_cursor_execute", self._count)
        event.remove(Engine, "commit", self._count)
        PIPELINE.removeHandler(self)
        PIPELINE.setLevel(self.level_before)


def forked(work: Callable[[], None]) -> int:
    """Start some work in a process of its own, with everything loaded; gives the process's id for `ended`."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def ended(child: int) -> int:
    """Wait for a process: its exit code, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_dbt() -> None:
    """End the dbt process that this process started."""
    for child in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for pid in child.read_text().split():
            if b"care_reviews.guarded_dbt" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(int(pid), signal.SIGKILL)


def end_sessions(admin: Engine, database: URL) -> None:
    """What a database administrator, a failover or a restart does to every session of a database."""
    with engine(admin.url).connect() as connection:
        connection.execute(
            text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"),
            {"name": database.database},
        )
