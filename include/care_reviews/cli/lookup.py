"""Looking up a case on the command line."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("lookup")(lookup)


def lookup(
    pseudonyms: Annotated[
        list[str], typer.Argument(metavar="PSEUDONYM...", help="Of a child, chair, period of care or alert.")
    ],
    reason: Annotated[str, typer.Option(help="What it is for, naming nobody; the auditor reads it.")],
    warehouse_url: Annotated[
        str | None,
        typer.Option(
            "--warehouse-url",
            help="URL of the warehouse with a login of your own that is a member of case_lookup; default: "
            "the role case_lookup with the password kept here.",
        ),
    ] = None,
) -> None:
    """Print the record system's identifier behind each pseudonym. Every look-up is logged."""
    from care_reviews import connections
    from care_reviews.case_lookup import look_up
    from care_reviews.database_errors import in_words

    if warehouse_url:
        engine = connections.warehouse_engine(warehouse_url)
    else:
        engine = connections.make_engine(connections.role_url("case_lookup"))
    with in_words(engine, "looking up"):
        cases = look_up(engine, pseudonyms, reason, asked_by=getpass.getuser())
    for case in cases:
        typer.echo(f"{case.pseudonym}  {case.kind or 'not known'}  {case.identifier or ''}".rstrip())
    if any(case.identifier is None for case in cases):
        raise typer.Exit(1)
