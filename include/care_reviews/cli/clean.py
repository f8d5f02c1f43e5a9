"""Removing an installation's state, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from care_reviews.errors import ConfigurationError

# What this program makes in its home. A folder that holds anything else is somebody's, and stays.
# So does one with the service's own commentary.
MADE = {
    "server",
    "server.lock",
    "secrets",
    "airflow",
    "airflow.lock",
    "logs",
    "dbt",
    "data-docs",
    "site",
    "report",
    "board",
    "evidence",
    "compose",
}


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("clean")(clean)


def clean() -> None:
    """Stop everything and remove its state: data, secrets, logs. There is no way back."""
    from care_reviews import services
    from care_reviews.server import embedded
    from care_reviews.settings import get_settings

    home = get_settings().home
    if not home.exists():
        return
    refuse_foreign(home)
    services.stop_running()
    embedded.stop()
    shutil.rmtree(home)
    typer.echo(f"Removed {home}.")


def refuse_foreign(home: Path) -> None:
    """Raise ConfigurationError when a folder holds something that this program does not make."""
    if foreign := sorted({path.name for path in home.iterdir()} - MADE):
        names = ", ".join(foreign[:3])
        raise ConfigurationError(f"{home} holds {names}, which is not ours: nothing was removed")
