"""Airflow's services on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("airflow")(airflow)
    app.command("compose-secrets")(compose_secrets)


def airflow(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Loopback port; default: 8080, or another when it is taken."),
    ] = None,
    stop: Annotated[bool, typer.Option("--stop", help="End the services that run, and return.")] = False,
) -> None:
    """Start API server, scheduler, DAG processor and triggerer; Ctrl-C ends them all."""
    from care_reviews import airflow_env, secret_files, services
    from care_reviews.airflow_connections import served
    from care_reviews.console import Progress
    from care_reviews.preparation import prepare

    if stop:
        if services.stop_running():
            typer.echo("Airflow has stopped.")
        return
    chosen = services.choose_port(port)
    with Progress().moving() as progress:
        variables = served(prepare(progress.now))
        announce = (
            f"Airflow is ready at http://{services.HOST}:{chosen} · user {airflow_env.USER}, password in "
            f"{secret_files.folder() / airflow_env.PASSWORDS_FILE} · Ctrl-C ends it"
        )
        services.supervise(variables, chosen, progress, announce)


def compose_secrets(
    into: Annotated[
        Path | None, typer.Option(help="Folder for the secrets; default: compose in the home.")
    ] = None,
) -> None:
    """Write the secrets that docker-compose.yaml expects; what is there stays."""
    from care_reviews.compose_secrets import write_compose_secrets
    from care_reviews.settings import get_settings

    folder = into or get_settings().home / "compose"
    written = write_compose_secrets(folder)
    typer.echo(f"{len(written)} files written into {folder}; what was there stays.")
    typer.echo(
        "Before the first night, name the record system in its connections.env (AIRFLOW_CONN_LCS_SOURCE)."
    )
