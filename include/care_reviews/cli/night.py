"""Nights on the command line."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("night")(night)


def night(
    date: Annotated[str, typer.Option(help="Last whole day that the extract covers, YYYY-MM-DD.")],
    verbose: Annotated[bool, typer.Option(help="Show everything that Airflow logs.")] = False,
) -> None:
    """Run the DAG for one night, on the configured source as it stands, into the configured warehouse."""
    from care_reviews.console import Progress
    from care_reviews.errors import NightRefusedError
    from care_reviews.night import LONDON, night_of
    from care_reviews.night_console import show_night
    from care_reviews.preparation import prepare

    if not date:
        # A night cannot be taken back to an earlier one, so none is guessed at the console.
        raise NightRefusedError("name the night: make night DATE=YYYY-MM-DD, the last day the extract covers")
    day = night_of("command line", dt.datetime.now(LONDON), date).as_known
    with Progress().moving() as progress:
        variables = prepare(progress.now)
        if not show_night(day, variables, progress, verbose):
            raise typer.Exit(1)
