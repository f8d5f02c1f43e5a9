"""docker-compose.yaml as a test reads it, with the defaults of its variables filled in."""

from __future__ import annotations

import re
from typing import Any

import yaml

from care_reviews.settings import PROJECT_ROOT

FILE = PROJECT_ROOT / "docker-compose.yaml"
AIRFLOW = ("api-server", "scheduler", "dag-processor", "triggerer")
# What the files named by env_file give, which are made by `care-reviews compose-secrets`.
CONNECTIONS = ("AIRFLOW_CONN_LCS_SOURCE", "AIRFLOW_CONN_WAREHOUSE")


def composition() -> dict[str, Any]:
    """The whole file; `${NAME:-default}` stands as its default."""
    return dict(yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", FILE.read_text())))


def airflow_services() -> dict[str, dict[str, Any]]:
    """The services that run Airflow, by name."""
    services = composition()["services"]
    return {name: service for name, service in services.items() if service["command"][0] == "airflow"}


def environment_of(service: str) -> dict[str, str]:
    """The variables of a service; those that an env_file gives have no value here."""
    found = composition()["services"][service]
    given = CONNECTIONS if any("connections.env" in path for path in found.get("env_file", ())) else ()
    return dict.fromkeys(given, "") | dict(found["environment"])
