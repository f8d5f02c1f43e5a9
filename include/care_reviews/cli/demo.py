"""The synthetic council on the command line."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def demo() -> None:
    """The synthetic council and the demonstration. All of its data is synthetic."""


@app.command()
def source(
    profile: Annotated[
        str, typer.Option(help="What drives the council; a wrong name lists those there are.")
    ],
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The night to show, such as 2020-03-31.")
    ],
    seed: Annotated[int, typer.Option(help="Another seed, another council by the same numbers.")] = 1,
    source_url: Annotated[
        str | None, typer.Option(help="Database to fill, as a URL; otherwise the connection lcs_source.")
    ] = None,
) -> None:
    """Fill the source database with a synthetic council, as its record system stood on a night."""
    from care_reviews import connections
    from care_reviews.database_errors import in_words
    from care_reviews.demo import SYNTHETIC, fill_source
    from care_reviews.settings import get_settings

    if not source_url and not connections.is_named(connections.SOURCE):
        _start_embedded_server()
    engine = connections.source_owner_engine(source_url)
    # SQLite has no schemas; everywhere else the schema is a setting, and empty means none.
    schema = None if engine.dialect.name == "sqlite" else get_settings().source_schema or None
    try:
        with in_words(engine, "filling the source"):
            counts = fill_source(
                engine, profile=profile, seed=seed, until=until.date(), schema=schema, progress=typer.echo
            )
    finally:
        engine.dispose()
    total = sum(counts.values())
    typer.echo(f"{profile}, seed {seed}, as at {until:%Y-%m-%d}: {total:,} rows in {len(counts)} tables")
    if hint := _whose_nights(profile, until):
        typer.echo(hint)
    typer.echo(SYNTHETIC)


def _whose_nights(profile: str, until: datetime) -> str:
    """What to say where nights would take this council for another: no table says whose it is."""
    from care_reviews.demo.profiles import load_profile
    from care_reviews.errors import ConfigurationError
    from care_reviews.settings import get_settings

    council = load_profile(profile).authority
    with suppress(ConfigurationError):
        if get_settings().authority == council.code:
            return ""
    return (
        f"This is {council.name}, and the nights of another council are configured: run its own as "
        f"`CARE_REVIEWS_AUTHORITY_CODE={council.code} make night DATE={until:%Y-%m-%d}`"
    )


def _start_embedded_server() -> None:
    from care_reviews.server import embedded

    if not embedded.is_running():
        typer.echo("starting the embedded PostgreSQL server")
        embedded.start()
