"""The two databases of a night, `lcs_source` and `warehouse`, as SQLAlchemy URLs.

Each is an Airflow connection: a URI or JSON in `AIRFLOW_CONN_LCS_SOURCE` / `AIRFLOW_CONN_WAREHOUSE`. Where
none is set, the embedded server of this installation serves both.
"""

from __future__ import annotations

import json
import os
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import NoSuchModuleError

from care_reviews.errors import ConfigurationError
from care_reviews.secret_files import password_file, password_of
from care_reviews.settings import get_settings

SOURCE = "lcs_source"
WAREHOUSE = "warehouse"
# Who deploys: the owner. Where it is not configured, `warehouse` is taken for the owner's.
WAREHOUSE_ADMIN = "warehouse_admin"
ADMIN = "admin"

# How long a source may take for its next rows.
ANSWER_WAIT_SECONDS = 15 * 60.0

# Airflow's connection types, and the SQLAlchemy driver that this project installs for each.
DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg2": "postgresql+psycopg",
    "mssql": "mssql+pymssql",
    "sqlite": "sqlite",
}


def variable(conn_id: str) -> str:
    """The environment variable in which Airflow, and this command line, look for a connection."""
    return f"AIRFLOW_CONN_{conn_id.upper()}"


def is_named(conn_id: str) -> bool:
    """Whether the environment names a database; the warehouse's owner stands for the warehouse."""
    names = (WAREHOUSE, WAREHOUSE_ADMIN) if conn_id == WAREHOUSE else (conn_id,)
    return any(os.environ.get(variable(name)) for name in names)


def url_of(conn_id: str, given: str | None = None) -> URL:
    """The SQLAlchemy URL of a connection: `given`, else the environment's, else the embedded server's. Where
    the environment names the warehouse's owner alone, that warehouse as the role of the nights.

    Raises ConfigurationError when a given value cannot be read (the message never holds it), or when no
    password of the nights' role is kept.
    """
    value = given or os.environ.get(variable(conn_id))
    if value:
        return parse(conn_id, value)
    if conn_id == WAREHOUSE and is_named(WAREHOUSE_ADMIN):
        return role_url("pipeline", admin_url())
    from care_reviews.server import embedded

    return embedded.url(conn_id)


def parse(conn_id: str, value: str) -> URL:
    """A connection's URI or JSON, as Airflow writes it, as a SQLAlchemy URL."""
    try:
        return _from_json(json.loads(value)) if value.lstrip().startswith("{") else _from_uri(value)
    except Exception:
        # The value holds a password: neither it nor the parser's message may reach a log.
        raise ConfigurationError(
            f"connection {conn_id} cannot be read: give {variable(conn_id)} as "
            "scheme://user:password@host:port/database (special characters percent-encoded) or as "
            "Airflow's JSON"
        ) from None


def engine_for(conn_id: str, given: str | None = None) -> Engine:
    """An engine for a connection, with parameters kept out of its messages."""
    return make_engine(url_of(conn_id, given))


def source_engine(given: str | None = None) -> Engine:
    """An engine that reads the source."""
    return make_engine(_read_only(url_of(SOURCE, given)))


def source_owner_engine(given: str | None = None) -> Engine:
    """An engine that may also write the source: for the synthetic council alone."""
    if given or is_named(SOURCE):
        return engine_for(SOURCE, given)
    from care_reviews.server import embedded

    return make_engine(embedded.url(SOURCE, ADMIN))


def warehouse_engine(given: str | None = None) -> Engine:
    return engine_for(WAREHOUSE, given)


def admin_url(given: str | None = None) -> URL:
    """The URL of the warehouse's owner: `given`, else AIRFLOW_CONN_WAREHOUSE_ADMIN, else
    AIRFLOW_CONN_WAREHOUSE, else the embedded server's owner. Raises ConfigurationError."""
    for conn_id in (WAREHOUSE_ADMIN, WAREHOUSE):
        if given or os.environ.get(variable(conn_id)):
            return url_of(conn_id, given)
    from care_reviews.server import embedded

    return embedded.url(WAREHOUSE, ADMIN)


def admin_engine(given: str | None = None) -> Engine:
    return make_engine(admin_url(given))


def role_name(role: str) -> str:
    """The name that a role has in the cluster: roles belong to all of its databases, so a prefix may keep
    them apart.
    """
    return get_settings().role_prefix + role


def role_url(role: str, base: URL | None = None) -> URL:
    """The warehouse's URL for a role of `warehouse.roles`, or for its owner (admin).

    `base` names server and database (default: the configured warehouse). Raises ConfigurationError when no
    password is kept for the role.
    """
    if role == ADMIN:
        return base or admin_url()
    name = role_name(role)
    password = password_of(name)
    if password is None:
        raise ConfigurationError(
            f"no password of role {name} in {password_file(name)}: run `care-reviews deploy`"
        )
    return (base or url_of(WAREHOUSE)).set(username=name, password=password)


def make_engine(url: URL) -> Engine:
    options: dict[str, object] = {"hide_parameters": True, "pool_pre_ping": True}
    if url.get_backend_name() == "postgresql":
        # A killed client must not leave its backend working and holding locks.
        options["connect_args"] = {
            "connect_timeout": 10,
            # A database without an encoding (SQL_ASCII) would give bytes in place of text.
            "client_encoding": "utf8",
            # A server that is gone without a word is noticed after two minutes, not two hours.
            "keepalives_idle": 60,
            "keepalives_interval": 10,
            "keepalives_count": 6,
            "options": "-c client_connection_check_interval=2000",
            "application_name": "care-reviews",
        }
    if url.drivername == "mssql+pymssql":
        # A copy that is being refreshed must not hold the night for hours.
        options["connect_args"] = {"login_timeout": 10, "timeout": int(ANSWER_WAIT_SECONDS)}
    try:
        return create_engine(url, **options)
    except (ImportError, NoSuchModuleError):
        raise ConfigurationError(
            f"no driver for {url.drivername} is installed: install it into this environment"
        ) from None


def _read_only(url: URL) -> URL:
    """An SQLite file opened for reading alone: else connecting to a wrong path makes an empty file."""
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path == ":memory:":
        return url
    file = path if path.startswith("file:") else f"file:{quote(path)}"
    return url.set(database=file).update_query_dict({"mode": "ro", "uri": "true"})


def airflow_uri(url: URL) -> str:
    """A SQLAlchemy URL as the URI of an Airflow connection."""
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    return plain


def _from_json(fields: dict[str, object]) -> URL:
    extra = fields.get("extra") or {}
    if isinstance(extra, str):
        extra = json.loads(extra)
    scheme = str(extra.pop("sqlalchemy_scheme", "") or fields["conn_type"])  # type: ignore[attr-defined]
    port = fields.get("port")
    return URL.create(
        DRIVERS.get(scheme, scheme),
        username=_text(fields.get("login")),
        password=_text(fields.get("password")),
        host=_text(fields.get("host")),
        port=int(str(port)) if port else None,
        database=_text(fields.get("schema")),
        query={key: str(value) for key, value in extra.items()},  # type: ignore[attr-defined]
    )


def _from_uri(value: str) -> URL:
    parts = urlsplit(value)
    if parts.scheme.startswith("sqlite"):
        return make_url(value)
    query = dict(parse_qsl(parts.query))
    scheme = query.pop("sqlalchemy_scheme", "") or parts.scheme
    # A password with a bare slash or at sign moves into host or database, which messages name.
    misplaced = {"@", "/"} & set(parts.path.removeprefix("/")) or "@" in parts.query + parts.fragment
    if not scheme or not parts.hostname or misplaced:
        raise ValueError
    return URL.create(
        DRIVERS.get(scheme, scheme),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        host=unquote(parts.hostname),
        port=parts.port,
        database=unquote(parts.path.lstrip("/")) or None,
        query=query,
    )


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None
