"""The ledger on the command line: what was published, and withdrawing it."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

WAREHOUSE_HELP = "URL of the warehouse; default: the connection `warehouse`, else the embedded server."
Warehouse = Annotated[str | None, typer.Option("--warehouse-url", help=WAREHOUSE_HELP)]


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("publications")(publications)
    app.command("withdraw")(withdraw)


def publications(warehouse_url: Warehouse = None) -> None:
    """List what was published, oldest first. The current publication of each council is marked."""
    from rich.console import Console

    from care_reviews import ledger
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words

    engine = warehouse_engine(warehouse_url)
    with in_words(engine, "listing publications"):
        rows = ledger.publications(engine)
    if rows:
        # A line that is cut says the wrong thing: beside a terminal lines may be as long as they are.
        Console(width=None if sys.stdout.isatty() else 200).print(_table(rows))
    else:
        typer.echo("Nothing has been published yet.")


def withdraw(
    publication_id: Annotated[
        int, typer.Argument(help="The publication, as `care-reviews publications` lists it.")
    ],
    reason: Annotated[str, typer.Option(help="Why; readers of the ledger see it.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Also when no other stands, which leaves readers with nothing.")
    ] = False,
    warehouse_url: Warehouse = None,
) -> None:
    """Withdraw a publication: the one before is current again. Nothing is deleted."""
    from care_reviews import board, ledger, report, site
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words
    from care_reviews.settings import get_settings

    engine = warehouse_engine(warehouse_url)
    with in_words(engine, "withdrawing"):
        current = ledger.withdraw(engine, publication_id, reason, by=getpass.getuser(), may_be_last=yes)
    site.refresh(engine, get_settings())
    board.refresh(engine, get_settings())
    report.refresh(engine, get_settings())
    typer.echo(f"Publication {publication_id} is withdrawn.")
    if current is None:
        typer.echo("No publication of its council stands any more: the views on it are empty.")
    else:
        typer.echo(f"Current is publication {current.publication_id}, as known on {current.as_known}.")


def _table(rows: list) -> object:  # type: ignore[type-arg]
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in (
        "id",
        "council",
        "as known",
        "published",
        "source",
        "care",
        "marts",
        "passed / warned",
        "released by",
        "state",
    ):
        table.add_column(title, no_wrap=title != "state", overflow="fold")
    current = {row.authority_code: row.publication_id for row in rows if row.withdrawn_at is None}
    for row in rows:
        table.add_row(
            str(row.publication_id),
            row.authority_code,
            str(row.as_known),
            f"{row.published_at.astimezone():%Y-%m-%d %H:%M}",
            row.source_gate,
            row.care_gate or "",
            row.marts_gate,
            f"{row.expectations_passed} / {row.expectations_warned}",
            f"{row.released_by} ({row.return_name})" if row.return_name else row.released_by or "",
            _state(row, current),
        )
    return table


def _state(row, current: dict[str, int]) -> str:  # type: ignore[no-untyped-def]
    if row.withdrawn_at is not None:
        return f"withdrawn by {row.withdrawn_by} on {row.withdrawn_at.astimezone():%Y-%m-%d}: {row.reason}"
    return "current" if current[row.authority_code] == row.publication_id else ""
