"""Who can deploy, and what is said to who cannot."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from care_reviews import connections
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings
from care_reviews.warehouse import Deployment, deploy, roles
from tests.nights import AUTHORITY, MARTS


def scalar(engine: Engine, query: str):
    with engine.connect() as connection:
        return connection.scalar(text(query))


@pytest.fixture
def owned(server, empty, monkeypatch):
    """A database whose owner is no superuser; gives a function that makes the owner's engine with given
    powers.
    """
    monkeypatch.setattr(get_settings(), "role_prefix", "owned_")
    engines = []

    def make(powers: str) -> Engine:
        with server.admin.connect() as connection:
            connection.execute(text(f"create role test_owner login password 'x' {powers}"))
            connection.execute(text(f"alter database {empty.url.database} owner to test_owner"))
        engines.append(connections.make_engine(empty.url.set(username="test_owner", password="x")))
        return engines[0]

    yield make
    engines[0].dispose()
    server.drop_database(empty.url)
    with server.admin.connect() as connection:
        names = connection.scalars(
            text("select rolname from pg_roles where rolname ~ '^owned_|^test_owner'")
        ).all()
        for name in names:
            connection.execute(text(f"drop role {name}"))
    for path in (server.home / "secrets").glob("owned_*"):
        path.unlink()


def test_an_owner_who_may_make_roles_can_deploy(owned):
    engine = owned("createrole")
    deploy(engine, [AUTHORITY])
    assert deploy(engine, [AUTHORITY]).changes == []
    for role in roles.ROLES:
        reader = connections.make_engine(connections.role_url(role, engine.url))
        with reader.connect() as connection:
            connection.execute(text("select 1"))
        reader.dispose()


def test_an_owner_who_may_not_make_roles_is_told(owned):
    engine = owned("")
    with pytest.raises(ConfigurationError, match=r"superuser, or the owner .* with CREATEROLE.*42501"):
        deploy(engine, [AUTHORITY])
    assert scalar(engine, "select count(*) from pg_namespace where nspname = 'landing'") == 0


@pytest.mark.parametrize("role", ["pipeline", "bi_reader"])
def test_a_role_of_the_warehouse_cannot_deploy(fresh_warehouse, role):
    with pytest.raises(ConfigurationError, match="CREATEROLE"):
        deploy(fresh_warehouse.engine_as(role), [AUTHORITY])


def test_what_an_owner_cannot_close_is_said(owned, server):
    """Before PostgreSQL 15 schema public belongs to the superuser and is open to everybody."""
    engine = owned("createrole")
    with connections.make_engine(engine.url.set(**credentials(server))).begin() as connection:
        connection.execute(text("alter schema public owner to current_user"))
        connection.execute(text("grant create on schema public to public"))
    warnings = deploy(engine, [AUTHORITY], MARTS).warnings
    assert any("revoke create on schema public from public" in warning for warning in warnings)


def test_what_only_a_superuser_can_close_is_said_and_closed_by_one(owned, server):
    engine = owned("createrole")
    (warning,) = deploy(engine, [AUTHORITY], MARTS).warnings
    assert "readers may take the lock that keeps runs apart" in warning
    assert "count the rows of tables that they may not read" in warning
    reader = connections.make_engine(connections.role_url("bi_reader", engine.url))
    assert scalar(reader, "select pg_try_advisory_lock(1)") is True
    assert scalar(reader, "select count(reltuples) from pg_class") > 0
    superuser = connections.make_engine(engine.url.set(**credentials(server)))
    deployment = deploy(superuser, [AUTHORITY], MARTS)
    superuser.dispose()
    limited = [f"settings of role owned_{role} set" for role in roles.READERS]
    assert (deployment.changes, deployment.warnings) == ([*limited, "grants set"], [])
    with pytest.raises(DBAPIError, match="permission denied for function pg_try_advisory_lock"):
        scalar(reader, "select pg_try_advisory_lock(1)")
    with pytest.raises(DBAPIError, match="permission denied for table pg_class"):
        scalar(reader, "select count(reltuples) from pg_class")
    reader.dispose()
    # The owner takes the deployments' lock as before, and leaves the pipeline its own.
    assert deploy(engine, [AUTHORITY], MARTS) == Deployment()
    pipeline = connections.make_engine(connections.role_url("pipeline", engine.url))
    assert scalar(pipeline, "select pg_try_advisory_lock(1)") is True
    pipeline.dispose()


def credentials(server) -> dict[str, str]:
    return {"username": server.admin.url.username, "password": server.admin.url.password}


@pytest.mark.parametrize("code", ["", "E1 0", "e10'; drop schema landing", "E" * 21])
def test_a_code_that_is_no_code_is_refused(fresh_warehouse, code):
    with pytest.raises(ConfigurationError, match="1 to 20 letters and digits"):
        deploy(fresh_warehouse.engine, [code])


@pytest.mark.parametrize("change", [{"password": "wr0ng-s3cret"}, {"port": 1}, {"database": "nowhere"}])
def test_a_warehouse_that_does_not_let_in_is_said_without_a_secret(fresh_warehouse, change):
    engine = connections.make_engine(fresh_warehouse.url.set(**change))
    with pytest.raises(
        ConfigurationError, match="does not answer or does not let care_reviews_admin in"
    ) as caught:
        deploy(engine, [AUTHORITY])
    assert "s3cret" not in str(caught.value)
    assert str(fresh_warehouse.url.password) not in str(caught.value)
