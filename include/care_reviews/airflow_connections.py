"""The connections that Airflow itself keeps, since somebody set them in its user interface.

The environment goes before them in Airflow's own order. So what this installation names for want of anything
else, the embedded server's databases, is left out where Airflow knows better.
"""

from __future__ import annotations

import os

from sqlalchemy import create_engine, make_url, text

from care_reviews.airflow_env import metadata_url
from care_reviews.connections import SOURCE, WAREHOUSE, WAREHOUSE_ADMIN, variable
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings

_STORED = text("select conn_id from connection where conn_id in (:source, :warehouse)")
# Where a secrets backend is named, it may hold the record system.
_BACKEND = "AIRFLOW__SECRETS__BACKEND"


def served(variables: dict[str, str]) -> dict[str, str]:
    """The environment of Airflow's services: `variables` without the databases that Airflow keeps itself.

    What this process's environment names stays. Airflow's database must be migrated. Raises
    ConfigurationError when a record system is not the embedded server's and nothing says whose it is.
    """
    kept = _kept() - _named()
    if (SOURCE in kept or os.environ.get(_BACKEND)) and not get_settings().authority_code:
        raise ConfigurationError(
            "Airflow keeps the connection of a record system, but nothing says whose it is: set "
            "CARE_REVIEWS_AUTHORITY_CODE to the council's ONS code"
        )
    left_out = {variable(name) for name in kept}
    return {name: value for name, value in variables.items() if name not in left_out}


def _kept() -> set[str]:
    engine = create_engine(make_url(metadata_url()), hide_parameters=True)
    try:
        with engine.connect() as connection:
            return {*connection.scalars(_STORED, {"source": SOURCE, "warehouse": WAREHOUSE})}
    finally:
        engine.dispose()


def _named() -> set[str]:
    """The connections that the environment names; the warehouse's owner stands for the warehouse."""
    there = {name for name in (SOURCE, WAREHOUSE, WAREHOUSE_ADMIN) if os.environ.get(variable(name))}
    return there | ({WAREHOUSE} if WAREHOUSE_ADMIN in there else set())
