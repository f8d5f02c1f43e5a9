"""What a person sees while work goes on."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from care_reviews import console
from care_reviews.console import Progress


def a_console(terminal: bool) -> tuple[Console, io.StringIO]:
    paper = io.StringIO()
    return Console(file=paper, force_terminal=terminal, width=100, highlight=False), paper


def test_a_line_is_printed_as_it_is() -> None:
    made, paper = a_console(terminal=False)
    Progress(made).line("rows [bold]not markup[/bold] " + "x" * 200)
    assert paper.getvalue() == "rows [bold]not markup[/bold] " + "x" * 200 + "\n"


def test_without_a_terminal_a_long_piece_says_that_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "STILL_EVERY_SECONDS", 0.6)
    made, paper = a_console(terminal=False)
    with Progress(made).moving() as progress:
        progress.now("build: dbt builds")
        time.sleep(1.8)
        progress.now("")
    lines = paper.getvalue().splitlines()
    assert lines
    assert all(line.startswith("  build: dbt builds … ") for line in lines)


def test_without_a_terminal_a_short_piece_says_nothing() -> None:
    made, paper = a_console(terminal=False)
    with Progress(made).moving() as progress:
        progress.now("short")
        time.sleep(0.7)
    assert paper.getvalue() == ""


def test_on_a_terminal_the_piece_under_way_is_shown_with_its_seconds() -> None:
    made, paper = a_console(terminal=True)
    with Progress(made).moving() as progress:
        progress.now("starting Airflow")
        time.sleep(0.8)
    assert "starting Airflow … 0 s" in paper.getvalue()


def test_movement_ends_with_an_error() -> None:
    made, _ = a_console(terminal=False)
    progress = Progress(made)
    with pytest.raises(ValueError, match="x"), progress.moving():
        raise ValueError("x")
    with progress.moving():
        progress.line("and can begin again")
