"""The demonstration on the command line."""

from __future__ import annotations

from typing import Annotated

import typer


def register(demo: typer.Typer) -> None:
    """Add `run` to the sub-application `demo`."""
    demo.command("run")(run)


def run(verbose: Annotated[bool, typer.Option(help="Show everything that Airflow logs.")] = False) -> None:
    """Run two nights on the synthetic council and compare with the annual report."""
    from care_reviews.console import Progress
    from care_reviews.demonstration import run_demonstration

    with Progress().moving() as progress:
        equal = run_demonstration(progress, verbose)
    raise typer.Exit(0 if equal else 1)
