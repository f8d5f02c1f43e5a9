"""The auditor's site on the command line: where it is, and making a night's pages anew."""

from __future__ import annotations

from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("site")(show_site)


def show_site(
    publication_id: Annotated[
        int | None,
        typer.Argument(help="Make the pages of this publication anew, as they were on its night."),
    ] = None,
    warehouse_url: Warehouse = None,
) -> None:
    """Write the first page of the auditor's site as of now, and say how to open it.

    Every night that is decided adds its pages; here those of any publication are made anew.
    """
    from care_reviews import site
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words
    from care_reviews.settings import get_settings

    settings, engine = get_settings(), warehouse_engine(warehouse_url)
    with in_words(engine, "making the auditor's site"):
        if publication_id is None:
            page = site.make(engine, settings, settings.authority)
            typer.echo("Wrote the first page of the auditor's site, as of now.")
        else:
            page = site.remake(engine, settings, publication_id)
            typer.echo(f"Wrote the pages of publication {publication_id}, and the first page.")
    typer.echo(f"Open it in a browser: {page.resolve().as_uri()}")
