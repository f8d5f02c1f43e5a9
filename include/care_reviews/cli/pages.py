"""The pages that a web server shows, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("pages")(write_pages)


def write_pages(
    folder: Annotated[Path, typer.Argument(help="Folder that a web server shows; made when missing.")],
) -> None:
    """Write dbt's pages on every model and column, and a first page. No database is asked."""
    from care_reviews import pages

    typer.echo(f"Written: {pages.write(folder)}")
