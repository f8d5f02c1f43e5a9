"""The bundle for Apache Superset on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("superset")(superset)


def superset(
    to: Annotated[Path, typer.Option(help="The ZIP file to write.")] = Path("care-reviews-superset.zip"),
    authority: Annotated[
        str | None, typer.Option(help="ONS code of the council; default: the one configured.")
    ] = None,
    warehouse_url: Warehouse = None,
) -> None:
    """Write the board's dashboard for Apache Superset, and say how to import it.

    It holds where the warehouse is and who reads it, no password, and no value of the data.
    """
    from care_reviews.connections import WAREHOUSE, role_url, url_of
    from care_reviews.settings import get_settings
    from care_reviews.superset import bundle
    from care_reviews.superset.names import Place
    from care_reviews.web.folders import write_file

    settings = get_settings()
    code = (authority or settings.authority).upper()
    reader = role_url("bi_reader", url_of(WAREHOUSE, warehouse_url))
    place = Place(reader, code, settings.name_of(code))
    write_file(to, bundle(place))
    typer.echo(f"Written: {to}. In Superset, as an administrator:")
    typer.echo(f"  superset import-dashboards --path {to} --username admin")
    typer.echo(
        f'  superset set-database-uri --database_name "{place.database_name}" '
        '--uri "$(care-reviews url --role bi_reader)"'
    )
