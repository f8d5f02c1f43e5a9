"""The embedded server, deployment, and the URLs of the warehouse, on the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

Warehouse = Annotated[
    str | None,
    typer.Option(
        "--warehouse-url",
        help="URL of the warehouse's owner; default: the connection `warehouse_admin`, else `warehouse`, "
        "else the embedded server.",
    ),
]


class Role(StrEnum):
    """Who a URL is for."""

    bi_reader = "bi_reader"
    analyst = "analyst"
    auditor = "auditor"
    case_lookup = "case_lookup"
    pipeline = "pipeline"
    admin = "admin"


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    for command in (start, stop, status, deploy, url):
        app.command()(command)


def start() -> None:
    """Start the embedded PostgreSQL server, making it on first use."""
    from care_reviews.server import embedded

    embedded.start()
    typer.echo(f"The embedded server is running on {embedded.HOST}, port {embedded.port()}.")


def stop() -> None:
    """Stop the embedded server; what it holds stays."""
    from care_reviews.server import embedded

    typer.echo(
        "The embedded server has stopped." if embedded.stop() else "The embedded server was not running."
    )


def status() -> None:
    """Say whether the embedded server runs, and where."""
    from care_reviews.server import embedded

    if embedded.is_running():
        typer.echo(f"The embedded server is running on {embedded.HOST}, port {embedded.port()}.")
    else:
        typer.echo("The embedded server is not running: `care-reviews start` starts it.")
        raise typer.Exit(3)


def deploy(
    warehouse_url: Warehouse = None,
    authority: Annotated[
        list[str] | None, typer.Option(help="ONS code of a council to make room for; may be repeated.")
    ] = None,
    reset_passwords: Annotated[
        bool,
        typer.Option(
            help="Set every role's password to the one kept in the secrets folder, made where missing."
        ),
    ] = False,
) -> None:
    """Make or migrate schemas, tables, views, roles and grants of the warehouse. Safe to run again."""
    from care_reviews.connections import admin_engine
    from care_reviews.warehouse import deploy

    deployment = deploy(admin_engine(warehouse_url), authority, reset_passwords=reset_passwords)
    for change in deployment.changes:
        typer.echo(f"  {change}")
    for warning in deployment.warnings:
        typer.echo(f"care-reviews: warning: {warning}", err=True)
    done = f"{len(deployment.changes)} changes" if deployment.changes else "nothing had to change"
    typer.echo(f"The warehouse is deployed: {done}.")


def url(
    role: Annotated[Role, typer.Option(help="Who will connect.")] = Role.bi_reader,
    warehouse_url: Warehouse = None,
) -> None:
    """Print a ready postgresql:// URL, password included: treat what it prints as a secret."""
    from care_reviews import connections

    base = connections.admin_url(warehouse_url)
    typer.echo(connections.airflow_uri(connections.role_url(role.value, base)))
