"""Airflow's services on the command line."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands to the application."""
    app.command("airflow")(airflow)


def airflow(
    port: Annotated[
        int | None, typer.Option(help="Loopback port of the user interface; default: 8080, or another when it is taken.")
    ] = None,
    stop: Annotated[bool, typer.Option("--stop", help="End the services that run, and return.")] = False,
) -> None:
    """Start API server, scheduler, DAG processor and triggerer; Ctrl-C ends them all."""
    from care_reviews import airflow_env, secret_files, services
    from care_reviews.console import Progress
    from care_reviews.preparation import prepare

    if stop:
        if services.stop_running():
            typer.echo("Airflow has stopped.")
        return
    chosen = services.choose_port(port)
    with Progress().moving() as progress:
        variables = prepare(progress.now)
        announce = (
            f"Airflow is ready at http://{services.HOST}:{chosen} · user {airflow_env.USER}, password in "
            f"{secret_files.folder() / airflow_env.PASSWORDS_FILE} · Ctrl-C ends it"
        )
        services.supervise(variables, chosen, progress, announce)
