"""The board's pages on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("board")(board)


def board(
    authority: Annotated[
        str | None, typer.Option(help="ONS code of the council; default: the one configured.")
    ] = None,
    warehouse_url: Warehouse = None,
) -> None:
    """Write the board's pages of the newest publication that stands, and say how to open them.

    It reads what readers may see (role bi_reader). Where nothing changed the pages stay as they are.
    """
    from care_reviews import board as boards
    from care_reviews.connections import WAREHOUSE, make_engine, role_url, url_of
    from care_reviews.database_errors import in_words
    from care_reviews.settings import get_settings

    settings = get_settings()
    engine = make_engine(role_url("bi_reader", url_of(WAREHOUSE, warehouse_url)))
    with in_words(engine, "making the board's pages"):
        made = boards.make(engine, settings, (authority or settings.authority).upper())
    typer.echo(f"The board's pages are of publication {made.publication_id}, as known on {made.as_known}.")
    typer.echo(f"Open them in a browser: {made.page.resolve().as_uri()}")
