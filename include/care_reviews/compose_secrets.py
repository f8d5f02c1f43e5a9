"""The secrets that docker-compose.yaml expects, written once into a folder that only its owner can read."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL

from care_reviews import airflow_env, connections, secret_files
from care_reviews.server.embedded import DATABASES, OWNER

SERVER = "postgres"
# Until the council's own source is named, nights fail with a message that says so.
NO_SOURCE = "postgres://reader:password@record-system.invalid:5432/lcs"


def write_compose_secrets(folder: Path) -> list[str]:
    """Write the secrets that are missing and give the names of their files. Existing ones stay."""
    inner = folder / "secrets"
    inner.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    postgres = _kept(folder / "postgres_password")
    airflow = _kept(folder / "airflow_database_password")
    pipeline = _kept(inner / f"{connections.role_name('pipeline')}.password")
    wanted = {
        folder / "postgres_password": postgres,
        folder / "airflow_database_password": airflow,
        folder / "connections.env": _lines(
            AIRFLOW_CONN_LCS_SOURCE=NO_SOURCE,
            AIRFLOW_CONN_WAREHOUSE=_url(connections.role_name("pipeline"), pipeline),
        ),
        folder / "admin.env": _lines(AIRFLOW_CONN_WAREHOUSE_ADMIN=_url(OWNER, postgres)),
        inner / f"{connections.role_name('pipeline')}.password": pipeline,
        inner / "airflow_database_url": airflow_database_url(airflow),
        **{inner / name: value for name, value in airflow_env.new_keys().items()},
    }
    missing = {path: words for path, words in wanted.items() if not path.exists()}
    for path, words in missing.items():
        secret_files.write_private(path, words)
    return sorted(str(path.relative_to(folder)) for path in missing)


def airflow_database_url(password: str) -> str:
    return f"postgresql://airflow:{password}@{SERVER}:5432/{DATABASES['airflow']}"


def _kept(path: Path) -> str:
    """The password in a file, or a new one."""
    return path.read_text().strip() if path.exists() else secret_files.make_password()


def _url(user: str, password: str) -> str:
    url = URL.create("postgresql", user, password, SERVER, 5432, DATABASES[connections.WAREHOUSE])
    return connections.airflow_uri(url)


def _lines(**variables: str) -> str:
    return "".join(f"{name}={value}\n" for name, value in variables.items())
