"""Nights on the command line."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("night")(night)
    app.command("discard-night")(discard_night)


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


def discard_night(
    date: Annotated[str, typer.Argument(help="The night, YYYY-MM-DD: the newest that has landed.")],
    reason: Annotated[str, typer.Option(help="Why; readers of the audit see it.")],
    warehouse_url: Warehouse = None,
) -> None:
    """Discard the newest landed night, if no publication of it stands: nights before it can run again."""
    from care_reviews import site
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words
    from care_reviews.discarding import discard
    from care_reviews.night import day_named
    from care_reviews.settings import get_settings

    day, engine = day_named(date), warehouse_engine(warehouse_url)
    with in_words(engine, "discarding a night"):
        newest = discard(engine, get_settings().authority, day, reason, by=getpass.getuser())
    site.refresh(engine, get_settings())
    typer.echo(f"Night {day} is discarded: its rows stay in landing, and no later night builds on it.")
    typer.echo(f"The newest landed night is {newest}." if newest else "No night has landed now.")
