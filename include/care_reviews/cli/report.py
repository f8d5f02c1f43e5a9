"""The annual report on the command line."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("report")(report)


def report(
    year: Annotated[str, typer.Option(help="The reporting year, as in 2019-20.")],
    as_known: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The night whose publication it is made of; default: the newest."
        ),
    ] = None,
    authority: Annotated[
        str | None, typer.Option(help="ONS code of the council; default: the one configured.")
    ] = None,
    warehouse_url: Warehouse = None,
) -> None:
    """Write the annual report of a year, as a page and as a PDF, from one publication.

    It reads what readers may see (role bi_reader), and the evidence keeps its digests (role pipeline). The
    service's own words come from Markdown files.
    """
    from care_reviews import report as reports
    from care_reviews.connections import WAREHOUSE, make_engine, role_url, url_of
    from care_reviews.database_errors import in_words
    from care_reviews.errors import ConfigurationError
    from care_reviews.report.year import Year
    from care_reviews.settings import get_settings

    settings, asked = get_settings(), Year.of(year)
    engine = make_engine(role_url("bi_reader", url_of(WAREHOUSE, warehouse_url)))
    with in_words(engine, "making the report"):
        pack = reports.make(
            engine,
            settings,
            (authority or settings.authority).upper(),
            asked,
            as_known.date() if as_known else None,
        )
    try:
        recorder = make_engine(role_url("pipeline", url_of(WAREHOUSE, warehouse_url)))
    except ConfigurationError as missing:
        typer.echo(f"Not put into the evidence, which the role pipeline writes: {missing}")
    else:
        with in_words(recorder, "putting the report into the evidence"):
            reports.vouch(recorder, settings, pack)
    typer.echo(
        f"Wrote the report of {asked.label} from publication {pack.publication_id}, "
        f"as known on {pack.as_known}."
    )
    said = ", ".join(pack.commented) or "none yet"
    typer.echo(f"Commentary on sections: {said}; its files belong in {pack.commentary}")
    if pack.aside is not None:
        typer.echo(f"The edition before, which had other bytes, is kept in {pack.aside}")
    typer.echo(f"PDF: {pack.pdf}")
    typer.echo(f"Open it in a browser: {pack.page.resolve().as_uri()}")
