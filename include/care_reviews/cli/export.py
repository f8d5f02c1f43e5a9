"""Exporting on the command line: one publication as open data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("export")(export)


def export(
    publication_id: Annotated[
        int | None, typer.Option("--publication", help="This publication; default: the current one.")
    ] = None,
    as_known: Annotated[
        dt.datetime | None,
        typer.Option("--as-known", formats=["%Y-%m-%d"], help="The newest publication of this night."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Where the publication's folder goes; default: the installation's.")
    ] = None,
    annex_a: Annotated[
        bool,
        typer.Option(
            "--annex-a", help="The review columns of Annex A List 8 instead, a row a child, as analyst."
        ),
    ] = False,
    warehouse_url: Annotated[
        str | None,
        typer.Option(
            "--warehouse-url",
            help="URL of the warehouse with a login of your own that may read it; default: the role "
            "bi_reader (--annex-a: analyst) with the password kept here.",
        ),
    ] = None,
) -> None:
    """Write one publication as CSV with descriptions and as a workbook: the same bytes each time."""
    from care_reviews import connections, open_data
    from care_reviews.database_errors import in_words
    from care_reviews.open_data import annex_a as list_8
    from care_reviews.settings import get_settings

    if publication_id is not None and as_known is not None:
        raise typer.BadParameter("name a publication or a night, not both")
    settings = get_settings()
    role = "analyst" if annex_a else "bi_reader"
    engine = (
        connections.warehouse_engine(warehouse_url)
        if warehouse_url
        else connections.make_engine(connections.role_url(role))
    )
    home = to or settings.home / ("annex-a" if annex_a else "open-data")
    night = as_known.date() if as_known else None
    write = list_8.export if annex_a else open_data.export
    with in_words(engine, "exporting"):
        folder = write(engine, settings.authority, home, publication_id, night)
    typer.echo(f"Written: {folder}")
