"""The roles that use a warehouse, and who may enter its database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from care_reviews.connections import role_name
from care_reviews.errors import ConfigurationError
from care_reviews.secret_files import keep_password, make_password, password_file, password_of
from care_reviews.warehouse.catalogue import literal, quote, run

MARK = "Care Reviews: "
ROLES = {
    "pipeline": "runs the nights",
    "bi_reader": "reads what is published",
    "analyst": "reads what is published, and child-level marts under a pseudonym",
    "auditor": "reads the ledger, manifests, validation results and the log of look-ups",
    "case_lookup": "looks up the case behind a pseudonym, and is logged",
}
READERS = ("bi_reader", "analyst", "auditor")
# A role may change its own settings: they guard against accidents, grants and limits against the rest.
SETTINGS = {
    "pipeline": {"client_connection_check_interval": "2s"},
    "bi_reader": {"statement_timeout": "5min"},
    "analyst": {"statement_timeout": "15min"},
    "auditor": {"statement_timeout": "5min"},
    "case_lookup": {
        "statement_timeout": "1min",
        "idle_in_transaction_session_timeout": "1min",
        "client_connection_check_interval": "2s",
        "search_path": "lookup",
    },
}
READER_SETTINGS = {
    "default_transaction_read_only": "on",
    "idle_in_transaction_session_timeout": "5min",
    "client_connection_check_interval": "2s",
    "search_path": "published, analysis, audit",
}
# Only a superuser may set these, and nobody else change them.
READER_LIMITS = {"temp_file_limit": "2GB"}
CONNECTIONS = {"pipeline": -1, "bi_reader": 30, "analyst": 15, "auditor": 5, "case_lookup": 5}
POWERS = ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls")


def deploy_roles(connection: Connection, reset_passwords: bool = False) -> tuple[list[str], dict[str, str]]:
    """Make the roles, or bring those that this installation made into shape.

    Gives what changed, and the new passwords, which the caller keeps before it commits. Raises
    ConfigurationError when a role of that name belongs to somebody else: granting it would open the warehouse
    to whoever uses it.
    """
    changes, passwords = [], {}
    for role in ROLES:
        name = role_name(role)
        row = _role(connection, name)
        if row is None or reset_passwords:
            passwords[name] = password_of(name) or make_password()
        if row is None:
            run(connection, f"create role {quote(name)} login nosuperuser nocreatedb nocreaterole")
            run(connection, f"comment on role {quote(name)} is {literal(MARK + ROLES[role])}")
            changes.append(f"role {name} made")
        else:
            _check(name, row, name in passwords)
        if name in passwords:
            changes.append(f"password of role {name} set")
            run(
                connection,
                f"alter role {quote(name)} password {literal(_verifier(connection, name, passwords[name]))}",
            )
        changes += _settle(connection, role, name)
    return changes, passwords


def keep_passwords(passwords: dict[str, str]) -> None:
    """Write the passwords of `deploy_roles` into files that only their owner can read."""
    for name, password in passwords.items():
        keep_password(name, password)


def deploy_database(connection: Connection) -> list[str]:
    """Let the roles into this database, and nobody else; only the pipeline may make temporary tables."""
    before = _database_grants(connection)
    database = quote(str(connection.scalar(text("select current_database()"))))
    run(connection, f"revoke all on database {database} from public")
    for role in ROLES:
        run(connection, f"revoke all on database {database} from {quote(role_name(role))}")
        powers = "connect, temporary" if role == "pipeline" else "connect"
        run(connection, f"grant {powers} on database {database} to {quote(role_name(role))}")
    return ["grants on the database set"] if _database_grants(connection) != before else []


def _role(connection: Connection, name: str) -> dict[str, Any] | None:
    row = connection.execute(
        text(
            "select rolcanlogin, rolconnlimit, shobj_description(oid, 'pg_authid') as words, "
            f"{' or '.join(POWERS)} as powerful, rolconfig from pg_roles where rolname = :name"
        ),
        {"name": name},
    ).one_or_none()
    return None if row is None else dict(row._mapping)


def _check(name: str, row: dict[str, Any], resetting: bool) -> None:
    apart = "or set CARE_REVIEWS_ROLE_PREFIX, so that this warehouse has roles of its own"
    if not (row["words"] or "").startswith(MARK):
        raise ConfigurationError(
            f"role {name} exists in this cluster and was not made by care-reviews: drop or rename it, {apart}"
        )
    if row["powerful"]:
        raise ConfigurationError(
            f"role {name} has been given powers (superuser, createrole, createdb, replication or bypassrls) "
            "that lead past every grant: take them away first"
        )
    if not resetting and password_of(name) is None:
        raise ConfigurationError(
            f"role {name} was made by another installation and its password is not in {password_file(name)}: "
            f"copy it there, {apart}, or give all roles new passwords with `care-reviews deploy "
            "--reset-passwords`"
        )


def _settle(connection: Connection, role: str, name: str) -> list[str]:
    """Bring connection limit and settings of a role into shape."""
    row = _role(connection, name) or {}
    wanted = SETTINGS[role] | (READER_SETTINGS if role in READERS else {})
    there = dict(setting.split("=", 1) for setting in row["rolconfig"] or [])
    if not connection.scalar(text("select rolsuper from pg_roles where rolname = current_user")):
        there = {name: value for name, value in there.items() if name not in READER_LIMITS}
    elif role in READERS:
        wanted = wanted | READER_LIMITS
    if row["rolconnlimit"] == CONNECTIONS[role] and row["rolcanlogin"] and there == wanted:
        return []
    run(connection, f"alter role {quote(name)} login connection limit {CONNECTIONS[role]}")
    run(connection, f"alter role {quote(name)} reset all")
    for setting, value in wanted.items():
        words = value if setting == "search_path" else literal(value)
        run(connection, f"alter role {quote(name)} set {setting} = {words}")
    return [f"settings of role {name} set"]


def _verifier(connection: Connection, name: str, password: str) -> str:
    """What the server stores instead of the password, so that no log of statements can hold it."""
    driver: Any = connection.connection.driver_connection
    return driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()


def _database_grants(connection: Connection) -> str:
    return str(
        connection.scalar(text("select datacl::text from pg_database where datname = current_database()"))
    )
