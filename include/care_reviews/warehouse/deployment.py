"""Bring a warehouse to the state that this version of the code needs, from whatever state it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from care_reviews import pseudonyms
from care_reviews.database_errors import NO_RIGHT, in_words
from care_reviews.errors import ConfigurationError, WarehouseBusyError
from care_reviews.evidence import chain
from care_reviews.lock import deploy_lock
from care_reviews.marts import Mart, read_marts
from care_reviews.passing import sqlstate
from care_reviews.settings import code_version, get_settings
from care_reviews.warehouse import grants, roles
from care_reviews.warehouse.catalogue import exists, run
from care_reviews.warehouse.digest_functions import deploy_digest_functions
from care_reviews.warehouse.findings import deploy_findings
from care_reviews.warehouse.landing_tables import deploy_landing
from care_reviews.warehouse.mart_tables import deploy_marts
from care_reviews.warehouse.revisions import deploy_revisions

OLDEST_SERVER = 140000
# A reader's long query must not make every later one queue behind a deployment for longer than this.
LOCK_TIMEOUT = "5s"
MIGRATIONS = Path(__file__).parent / "migrations"

_SCHEMA_WORDS = {
    "stage": "Rows of the extract under way; emptied when they have landed.",
    "landing": "Row versions of the source, and rows that could not be read. For the pipeline alone.",
    "audit": "What was extracted, judged and deployed.",
    "published": "Aggregates, definitions, dates and the ledger of publications: for reports.",
    "analysis": "Child-level marts under a keyed pseudonym: for analysts.",
    "lookup": "The way back from pseudonyms to the record system: two functions, and a log of each use.",
}
BOOKKEEPING = MIGRATIONS / "bookkeeping.sql"


@dataclass(frozen=True)
class Deployment:
    """What a deployment changed, in words (empty: nothing had to), and what it could not do."""

    changes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def deploy(
    engine: Engine,
    authorities: Sequence[str] | None = None,
    marts: tuple[Mart, ...] | None = None,
    reset_passwords: bool = False,
) -> Deployment:
    """Make or migrate everything in one transaction, as a superuser or the database's owner with CREATEROLE.

    `authorities`: ONS codes to make room for (default: the configured one); others that are there stay.
    `marts`: default: the dbt contracts. Waits for a deployment under way. Raises ConfigurationError or
    WarehouseBusyError with what to do; nothing has changed then.
    """
    codes = sorted({_plain(code) for code in authorities or [get_settings().authority]})
    contracts = read_marts() if marts is None else marts
    with _worded(engine), engine.connect() as connection, deploy_lock(connection), connection.begin():
        return _deploy(connection, codes, contracts, reset_passwords)


def _deploy(
    connection: Connection, codes: list[str], marts: tuple[Mart, ...], reset_passwords: bool
) -> Deployment:
    run(connection, f"set local lock_timeout = '{LOCK_TIMEOUT}'; set local client_min_messages = warning")
    _check_server(connection)
    everyone = sorted({*codes, *_authorities(connection)})
    changes = _schemas(connection, everyone) + _migrations(connection)
    changes += deploy_landing(connection, everyone) + deploy_marts(connection, marts)
    changes += deploy_revisions(connection, marts) + deploy_digest_functions(connection, marts)
    changes += deploy_findings(connection)
    role_changes, passwords = roles.deploy_roles(connection, reset_passwords)
    changes += role_changes + roles.deploy_database(connection)
    changes += grants.deploy_grants(connection, marts, everyone)
    _book(connection, changes)
    chain.begin(connection)
    roles.keep_passwords(passwords)
    return Deployment(changes, grants.warnings(connection))


def _plain(code: str) -> str:
    """An authority code as it may stand in names of schemas and tables."""
    if not re.fullmatch("[A-Za-z0-9]{1,20}", code):
        raise ConfigurationError(f"authority code {code!r} must be 1 to 20 letters and digits: the ONS code")
    return code.upper()


def _check_server(connection: Connection) -> None:
    version = int(connection.scalar(text("show server_version_num")) or 0)
    if version < OLDEST_SERVER:
        raise ConfigurationError("the warehouse needs PostgreSQL 14 or later")


def _schemas(connection: Connection, codes: list[str]) -> list[str]:
    words = _SCHEMA_WORDS | {
        grants.candidate_schema(code): f"What a night of {code} builds; nobody else reads it."
        for code in codes
    }
    words |= {
        grants.scratch_schema(code): f"Where a publication of {code} is built again; empty otherwise."
        for code in codes
    }
    there = set(connection.scalars(text("select nspname from pg_namespace")))
    for schema in (name for name in words if name not in there):
        run(connection, f"create schema {schema}; comment on schema {schema} is '{words[schema]}'")
    return [f"schema {name} made" for name in words if name not in there]


def _migrations(connection: Connection) -> list[str]:
    if not exists(connection, "audit.deployment"):
        run(connection, BOOKKEEPING.read_text())
    applied = set(connection.scalars(text("select name from audit.migration")))
    changes = []
    for path in sorted(MIGRATIONS.glob("[0-9]*.sql")):
        if path.stem not in applied:
            run(connection, path.read_text())
            connection.execute(
                text("insert into audit.migration (name, code_version) values (:name, :version)"),
                {"name": path.stem, "version": code_version()},
            )
            changes.append(f"migration {path.stem} applied")
    return changes


def _authorities(connection: Connection) -> list[str]:
    """The authorities that the warehouse has room for, by their candidate schemas."""
    names = connection.scalars(
        text("select nspname from pg_namespace where nspname ~ '^candidate_[a-z0-9]+$'")
    )
    return [name.removeprefix("candidate_").upper() for name in names]


def _book(connection: Connection, changes: list[str]) -> None:
    """Keep what was deployed, when that differs from the last time; hold the pseudonym key against its
    fingerprint.
    """
    last = connection.execute(
        text(
            "select code_version, pseudonym_key_fingerprint from audit.deployment "
            "order by deployment_id desc limit 1"
        )
    ).one_or_none()
    if last is None:
        key = pseudonyms.read_key() or pseudonyms.make_key()
    else:
        key = pseudonyms.known_key(last.pseudonym_key_fingerprint)
    if last is None or changes or last.code_version != code_version():
        connection.execute(
            text(
                "insert into audit.deployment (code_version, pseudonym_key_fingerprint, changes) "
                "values (:version, :fingerprint, :changes)"
            ),
            {"version": code_version(), "fingerprint": pseudonyms.fingerprint(key), "changes": len(changes)},
        )


@contextmanager
def _worded(engine: Engine) -> Iterator[None]:
    with in_words(engine, "deploying"):
        try:
            yield
        except DBAPIError as error:
            state = sqlstate(error)
            if state in NO_RIGHT:
                raise ConfigurationError(
                    "deploying needs a superuser, or the owner of the database and of all that is in it, "
                    f"with CREATEROLE: the database refused with SQLSTATE {state} ({_object(error)})"
                ) from None
            if state in {"55P03", "40P01"}:
                raise WarehouseBusyError(
                    "somebody is reading what has to be changed: nothing was changed, deploy again later"
                ) from None
            if state == "2BP01":
                raise ConfigurationError(f"deploying stops at something of yours: {_object(error)}") from None
            raise


def _object(error: DBAPIError) -> str:
    """What PostgreSQL's message names: deployments touch definitions alone, so no value of the data."""
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "message_primary", None) or type(error.orig).__name__
