"""The databases of the embedded server, and who may enter them."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from care_reviews import secret_files

DATABASES = {"lcs_source": "lcs", "warehouse": "warehouse", "airflow": "airflow"}
SOURCE_READER = "lcs_reader"

Connect = Callable[[str], psycopg.Connection]


def make_databases(connect: Connect) -> None:
    """Make what is missing, closed to everybody but the owner and the source's reader.

    `connect` gives the owner's connection to a database, which commits each statement.
    """
    with connect("postgres") as connection:
        there = {row[0] for row in connection.execute("select datname from pg_database")}
        for name in set(DATABASES.values()) - there:
            connection.execute(f'create database "{name}"')  # type: ignore[arg-type]
        for name in (*DATABASES.values(), "postgres", "template1"):
            connection.execute(f'revoke all on database "{name}" from public')  # type: ignore[arg-type]
        _make_source_reader(connection)
    with connect(DATABASES["lcs_source"]) as source:
        for right in ("usage on schemas", "select on tables"):
            source.execute(f"alter default privileges grant {right} to {SOURCE_READER}")  # type: ignore[arg-type]


def _make_source_reader(connection: psycopg.Connection) -> None:
    """A role that reads whatever the owner puts into the source, and can do nothing else."""
    if not connection.execute("select 1 from pg_roles where rolname = %s", (SOURCE_READER,)).fetchone():
        connection.execute(f"create role {SOURCE_READER} login connection limit 10")  # type: ignore[arg-type]
    if secret_files.password_of(SOURCE_READER) is None:
        password = secret_files.make_password()
        verifier = connection.pgconn.encrypt_password(
            password.encode(), SOURCE_READER.encode(), b"scram-sha-256"
        )
        connection.execute(f"alter role {SOURCE_READER} password '{verifier.decode()}'")  # type: ignore[arg-type]
        secret_files.keep_password(SOURCE_READER, password)
    database = DATABASES["lcs_source"]
    connection.execute(f"grant connect on database {database} to {SOURCE_READER}")  # type: ignore[arg-type]
