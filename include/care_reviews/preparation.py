"""What has to stand before a night can run: the server, a deployed warehouse, Airflow's database."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from care_reviews import airflow_env
from care_reviews.connections import admin_engine
from care_reviews.database_errors import in_words
from care_reviews.settings import get_settings

Say = Callable[[str], None]


def prepare(say: Say) -> dict[str, str]:
    """Start the embedded server where it is used, deploy an empty warehouse, migrate Airflow's database.

    `say` is told what is under way. Gives the environment for Airflow's processes. Raises ConfigurationError.
    """
    if airflow_env.uses_embedded_server():
        from care_reviews.server import embedded

        if not embedded.is_running():
            say("starting the embedded PostgreSQL server")
            embedded.start()
    if not is_deployed():
        deploy(say)
    variables = airflow_env.environment()
    say("preparing Airflow")
    airflow_env.migrate(variables)
    return variables


def deploy(say: Say) -> None:
    """Deploy the warehouse for the configured council."""
    from care_reviews.warehouse import deploy

    say("deploying the warehouse")
    for warning in deploy(admin_engine(), [get_settings().authority]).warnings:
        say(f"warning: {warning}")


def is_deployed() -> bool:
    """Whether the configured warehouse has room for the configured council. Raises ConfigurationError."""
    engine = admin_engine()
    try:
        with in_words(engine, "looking at the warehouse"), engine.connect() as connection:
            found = connection.scalar(
                text("select count(*) from pg_namespace where nspname in ('audit', :candidate)"),
                {"candidate": get_settings().candidate_schema},
            )
    finally:
        engine.dispose()
    return found == 2
