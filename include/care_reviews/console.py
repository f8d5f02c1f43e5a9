"""What a person sees while work goes on: one line a finished piece, and that the present one moves."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

# Where the output is no terminal, a line says now and then that a piece is still under way.
STILL_EVERY_SECONDS = 15.0
PLAIN_WIDTH = 120


def table(title: str, left: list[str], right: list[str] | None = None) -> Table:
    """An empty table: columns of words first, then columns of numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in left:
        made.add_column(name, no_wrap=True)
    for name in right or ():
        made.add_column(name, justify="right")
    return made


def _console() -> Console:
    """The console; where it is no terminal its lines are wide enough for every table, and plain."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)


class Progress:
    """Lines for finished pieces; between them a spinner, or plain lines where there is no terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or _console()
        self._piece = ""
        self._started = self._told = time.monotonic()
        self._status = self.console.status("") if self.console.is_terminal else None
        self._over = threading.Event()

    def line(self, words: str) -> None:
        """Print a line of plain words."""
        self.console.print(escape(words), soft_wrap=True)

    def now(self, piece: str) -> None:
        """Say what is under way from now on; empty: nothing."""
        self._piece, self._started, self._told = piece, time.monotonic(), time.monotonic()
        self._show()

    @contextmanager
    def moving(self) -> Iterator[Progress]:
        """Show movement until the block ends."""
        thread = threading.Thread(target=self._move, daemon=True)
        thread.start()
        if self._status:
            self._status.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()
            if self._status:
                self._status.stop()
            self._over.clear()

    def _move(self) -> None:
        while not self._over.wait(0.5):
            self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if self._status:
            self._status.update(escape(f"{self._piece} … {now - self._started:.0f} s") if self._piece else "")
        elif self._piece and now - self._told >= STILL_EVERY_SECONDS:
            self._told = now
            self.line(f"  {self._piece} … {now - self._started:.0f} s")
            sys.stdout.flush()
