"""Whole nights on real Airflow, dbt, Great Expectations and PostgreSQL."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from rich.console import Console

from care_reviews.console import Progress


@dataclass
class Said:
    """What a command printed, and whether it succeeded."""

    succeeded: bool
    words: str


@pytest.fixture(scope="session")
def say() -> Callable[[Callable[[Progress], bool]], Said]:
    """A function that runs a command of the console and keeps what it prints."""

    def run(command: Callable[[Progress], bool]) -> Said:
        paper = io.StringIO()
        with Progress(Console(file=paper, width=120)).moving() as progress:
            succeeded = command(progress)
        return Said(succeeded, paper.getvalue())

    return run


@pytest.fixture(scope="session")
def demonstration(server: object, say: Callable[[Callable[[Progress], bool]], Said]) -> Said:
    """Both nights of the demonstration, run once."""
    from care_reviews.demonstration import run_demonstration

    return say(run_demonstration)
