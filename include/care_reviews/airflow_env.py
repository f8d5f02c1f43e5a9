"""The environment that every Airflow process of this installation runs in: one description, many processes.

`make night`, `make demo` and `make airflow` start Airflow with it, and docker-compose.yaml states the same
variables for its containers. Airflow's secrets are files that only their owner can read; it fetches each with
the command in `…_CMD`.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url

from care_reviews import connections, secret_files
from care_reviews.connections import SOURCE, WAREHOUSE, WAREHOUSE_ADMIN
from care_reviews.errors import ConfigurationError
from care_reviews.settings import PROJECT_ROOT, get_settings

USER = "admin"
USERS = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"
DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"

AUTH_MANAGER = "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"

# What Airflow is told the same way everywhere, in a container or not.
SHARED = {
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "2",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__CORE__AUTH_MANAGER": AUTH_MANAGER,
    USERS: f"{USER}:admin",
    "AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
    "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "True",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "DO_NOT_TRACK": "1",
}

# Airflow's own secrets: the variable that names the command to fetch each, and the file that holds it.
SECRETS = {
    f"{DATABASE}_CMD": "airflow_database_url",
    "AIRFLOW__CORE__FERNET_KEY_CMD": "airflow_fernet_key",
    "AIRFLOW__API__SECRET_KEY_CMD": "airflow_api_secret_key",
    "AIRFLOW__API_AUTH__JWT_SECRET_CMD": "airflow_jwt_secret",
}
PASSWORDS = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"
PASSWORDS_FILE = "airflow_passwords.json"


def fixed(home: Path, checkout: Path) -> dict[str, str]:
    """The variables that follow from where the state and the checkout lie, in a container or not."""
    folder = home / "secrets"
    return {
        **SHARED,
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(checkout / "dags"),
        "CARE_REVIEWS_HOME": str(home),
        PASSWORDS: str(folder / PASSWORDS_FILE),
        **{variable: f"cat '{folder / name}'" for variable, name in SECRETS.items()},
    }


def environment() -> dict[str, str]:
    """All variables of an Airflow process here: this process's own, the fixed ones, and the two connections.

    Makes secrets that are missing. Raises ConfigurationError when a database is neither configured nor
    embedded.
    """
    write_secrets(metadata_url())
    inherited = {name: value for name, value in os.environ.items() if name not in WITHHELD}
    return {
        **inherited,
        **fixed(get_settings().home, PROJECT_ROOT),
        USERS: os.environ.get(USERS) or _users(),
        "CARE_REVIEWS_AUTHORITY_CODE": get_settings().authority,
        "CARE_REVIEWS_AUTHORITY_NAME": get_settings().name_of(get_settings().authority),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        **{connections.variable(name): _connection(name) for name in (SOURCE, WAREHOUSE)},
    }


def metadata_url() -> str:
    """The URL of Airflow's own database: the environment's, else the embedded server's."""
    if given := os.environ.get(DATABASE):
        return given
    from care_reviews.server import embedded

    return embedded.url("airflow").set(drivername="postgresql").render_as_string(hide_password=False)


def uses_embedded_server() -> bool:
    """Whether any of the three databases is left to the embedded server."""
    return not (connections.is_named(SOURCE) and connections.is_named(WAREHOUSE) and os.environ.get(DATABASE))


@contextmanager
def metadata() -> Iterator[Connection]:
    """Airflow's own database, in a transaction."""
    engine = create_engine(make_url(metadata_url()), hide_parameters=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def write_secrets(database_url: str) -> None:
    """Keep the database's URL, and make Airflow's keys and its users' passwords where they are missing."""
    folder = secret_files.folder()
    secret_files.write_private(folder / "airflow_database_url", database_url)
    for name, value in new_keys().items():
        if not (folder / name).exists():
            secret_files.write_private(folder / name, value)
    # Airflow would make those that are missing itself, and print them.
    known = json.loads((folder / PASSWORDS_FILE).read_text())
    if missing := [name for name in get_settings().approver_names if name not in known]:
        known |= {name: secret_files.make_password() for name in missing}
        secret_files.write_private(folder / PASSWORDS_FILE, json.dumps(known))


def new_keys() -> dict[str, str]:
    """Fresh keys of an Airflow and its users' passwords, by the names of their files."""
    names = (USER, *get_settings().approver_names)
    return {
        "airflow_fernet_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "airflow_api_secret_key": secrets.token_urlsafe(32),
        "airflow_jwt_secret": secrets.token_urlsafe(48),
        PASSWORDS_FILE: json.dumps({name: secret_files.make_password() for name in names}),
    }


def password(user: str = USER) -> str:
    """The password of one of Airflow's users."""
    return str(json.loads((secret_files.folder() / PASSWORDS_FILE).read_text())[user])


def migrate(variables: dict[str, str]) -> bool:
    """Bring Airflow's database to the installed version, once for each version; says whether it had to.

    Raises ConfigurationError, naming the log, when Airflow cannot.
    """
    home = get_settings().home
    wanted = f"{version('apache-airflow')} {sha256(metadata_url().encode()).hexdigest()}"
    stamp = home / "airflow" / "migrated"
    with suppress(FileNotFoundError):
        if stamp.read_text() == wanted:
            return False
    log = home / "logs" / "airflow-db-migrate.log"
    secret_files.private(log.parent)
    with log.open("w") as sink:
        command = [airflow_command(), "db", "migrate"]
        done = subprocess.run(
            command, env=variables, cwd=PROJECT_ROOT, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
        )
    if done.returncode:
        raise ConfigurationError(f"Airflow could not prepare its database: see {log}")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


def airflow_command() -> str:
    """The `airflow` program of this environment."""
    return str(Path(sys.executable).parent / "airflow")


def _users() -> str:
    """The administrator, and each approver as a user who may run nights and answer."""
    approvers = [name for name in get_settings().approver_names if name != USER]
    return ",".join((SHARED[USERS], *(f"{name}:user" for name in approvers)))


def _connection(name: str) -> str:
    """A connection as Airflow reads it: what the environment says, else the embedded server's database."""
    return os.environ.get(connections.variable(name)) or connections.airflow_uri(connections.url_of(name))


# Nights run as pipeline: the owner's connection and Airflow's bare database URL stay out of their processes.
WITHHELD = {connections.variable(WAREHOUSE_ADMIN), DATABASE}
