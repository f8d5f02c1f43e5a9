"""The connections that Airflow itself keeps, since somebody set them in its user interface.

The environment goes before them in Airflow's own order. So what this installation names for want of anything
else, the embedded server's databases, is left out where Airflow knows better.
"""

from __future__ import annotations

import os

from sqlalchemy import text

from care_reviews.airflow_env import metadata
from care_reviews.connections import SOURCE, WAREHOUSE, is_named, variable
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
    kept = {name for name in _stored() if not is_named(name)}
    if (SOURCE in kept or os.environ.get(_BACKEND)) and not get_settings().authority_code:
        raise ConfigurationError(
            "Airflow keeps the connection of a record system, but nothing says whose it is: set "
            "CARE_REVIEWS_AUTHORITY_CODE to the council's ONS code"
        )
    left_out = {variable(name) for name in kept}
    return {name: value for name, value in variables.items() if name not in left_out}


def _stored() -> set[str]:
    with metadata() as connection:
        return {*connection.scalars(_STORED, {"source": SOURCE, "warehouse": WAREHOUSE})}
