"""Connections as Airflow writes them, as SQLAlchemy URLs; and no secret in any message."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import make_url

from care_reviews import connections, secret_files
from care_reviews.errors import ConfigurationError

HARD = "p@ss:w/rd?#%&=+ ü\\'\""
HARD_ENCODED = "p%40ss%3Aw%2Frd%3F%23%25%26%3D%2B%20%C3%BC%5C%27%22"


@pytest.mark.parametrize(
    ("value", "driver"),
    [
        ("postgres://u:p@h:5433/d", "postgresql+psycopg"),
        ("postgresql://u:p@h:5433/d", "postgresql+psycopg"),
        ("postgresql+psycopg2://u:p@h:5433/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h:5433/d", "postgresql+psycopg"),
        ("mssql://u:p@h:5433/d", "mssql+pymssql"),
        ("mssql+pyodbc://u:p@h:5433/d", "mssql+pyodbc"),
        ("generic://u:p@h:5433/d?sqlalchemy_scheme=mssql%2Bpymssql", "mssql+pymssql"),
    ],
)
def test_a_uri_names_driver_server_and_database(value, driver):
    url = connections.parse("lcs_source", value)
    assert url.drivername == driver
    assert (url.username, url.password, url.host, url.port, url.database) == ("u", "p", "h", 5433, "d")
    assert dict(url.query) == {}


def test_special_characters_survive_a_uri():
    url = connections.parse("warehouse", f"postgres://us%40er:{HARD_ENCODED}@h/da%20ta")
    assert (url.username, url.password, url.database) == ("us@er", HARD, "da ta")


def test_special_characters_survive_json():
    fields = {
        "conn_type": "postgres",
        "login": "us@er",
        "password": HARD,
        "host": "h",
        "schema": "da ta",
        "port": 5432,
    }
    url = connections.parse("warehouse", json.dumps(fields))
    assert (url.username, url.password, url.database, url.port) == ("us@er", HARD, "da ta", 5432)


@pytest.mark.parametrize("extra", [{"sslmode": "require"}, json.dumps({"sslmode": "require"})])
def test_what_json_has_beside_is_handed_to_the_driver(extra):
    url = connections.parse("warehouse", json.dumps({"conn_type": "postgres", "host": "h", "extra": extra}))
    assert dict(url.query) == {"sslmode": "require"}
    assert url.port is None


def test_what_a_uri_has_beside_is_handed_to_the_driver():
    assert dict(connections.parse("warehouse", "postgres://u@h/d?sslmode=require").query) == {
        "sslmode": "require"
    }


def test_json_may_name_another_driver():
    fields = {"conn_type": "generic", "host": "h", "extra": {"sqlalchemy_scheme": "mssql"}}
    url = connections.parse("lcs_source", json.dumps(fields))
    assert url.drivername == "mssql+pymssql"
    assert dict(url.query) == {}


@pytest.mark.parametrize("path", ["/var/source.db", "relative.db"])
def test_a_sqlite_file(path):
    assert connections.parse("lcs_source", f"sqlite:///{path}").database == path


@pytest.mark.parametrize(
    ("given", "database"),
    [
        ("sqlite:////var/a%20b.db", "file:/var/a%20b.db"),
        ("sqlite:////var/50%25.db", "file:/var/50%25.db"),
        ("sqlite:///relative.db", "file:relative.db"),
        ("sqlite:///file:/var/a.db?mode=rwc&uri=true", "file:/var/a.db"),
    ],
)
def test_a_sqlite_source_is_opened_for_reading_alone(given, database):
    url = connections.source_engine(given).url
    assert url.database == database
    assert dict(url.query) == {"mode": "ro", "uri": "true"}


@pytest.mark.parametrize("given", ["sqlite://", "sqlite:///:memory:", "postgres://u:p@h:5433/d"])
def test_any_other_source_is_opened_as_it_is_given(given):
    assert connections.source_engine(given).url == connections.parse("lcs_source", given)


def test_the_demonstration_may_make_a_sqlite_file(tmp_path):
    connections.source_owner_engine(f"sqlite:///{tmp_path}/new.db").connect().close()
    assert (tmp_path / "new.db").exists()


def test_an_ipv6_host():
    url = connections.parse("warehouse", "postgres://u:p@[::1]:5433/d")
    assert (url.host, url.port) == ("::1", 5433)


@pytest.mark.parametrize(
    "value",
    [
        "not a connection, but s3cret",
        "postgres://user:s3cret@host:port/d",
        "postgres://:s3cret@/d",
        '{"conn_type": "postgres", "password": "s3cret"',
        '{"password": "s3cret"}',
        '{"conn_type": "postgres", "password": "s3cret", "port": "x"}',
        # a password with special characters that were not percent-encoded
        "postgres://user:12@s3cret/x@host:5432/d",
        "postgres://user:12/s3cret@host:5432/d",
        "postgres://user:12?s3cret@host:5432/d",
        "postgres://user:12#s3cret@host:5432/d",
    ],
)
def test_a_value_that_cannot_be_read_is_not_repeated(value):
    with pytest.raises(ConfigurationError, match="AIRFLOW_CONN_LCS_SOURCE") as caught:
        connections.parse("lcs_source", value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_what_is_given_comes_before_the_environment(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgres://u:p@environment/d")
    assert connections.url_of("warehouse").host == "environment"
    assert connections.url_of("warehouse", "postgres://u:p@given/d").host == "given"


def test_without_any_the_embedded_server_is_asked_for(home):
    with pytest.raises(ConfigurationError, match="care-reviews start"):
        connections.url_of("warehouse")


def test_the_owner_has_a_connection_of_its_own(home, monkeypatch):
    with pytest.raises(ConfigurationError, match="care-reviews start"):
        connections.admin_url()
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgres://pipeline:p@h/d")
    assert connections.admin_url().username == "pipeline"
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE_ADMIN", "postgres://owner:p@h/d")
    assert connections.admin_url().username == "owner"
    assert connections.admin_url("postgres://given:p@h/d").username == "given"


def test_a_role_uses_the_warehouse_with_the_password_kept_for_it(home, monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgres://owner:p@h:5433/d?sslmode=require")
    with pytest.raises(ConfigurationError, match=r"no password of role bi_reader .* deploy"):
        connections.role_url("bi_reader")
    secret_files.keep_password("bi_reader", HARD)
    url = connections.role_url("bi_reader")
    assert (url.username, url.password, url.host, dict(url.query)) == (
        "bi_reader",
        HARD,
        "h",
        {"sslmode": "require"},
    )
    assert connections.role_url("admin").username == "owner"


def test_a_url_goes_to_airflow_and_back(home):
    url = make_url("postgresql+psycopg://h:5433/d").set(username="us@er", password=HARD)
    written = connections.airflow_uri(url)
    assert written.startswith("postgresql://")
    assert connections.parse("warehouse", written) == url


def test_an_engine_keeps_parameters_and_password_to_itself():
    engine = connections.make_engine(make_url("postgresql+psycopg://u:s3cret@h/d"))
    assert engine.hide_parameters
    assert "s3cret" not in repr(engine)
    assert "s3cret" not in str(engine.url)


def test_an_engine_without_its_driver_says_so():
    with pytest.raises(ConfigurationError, match="no driver for oracle"):
        connections.make_engine(make_url("oracle+oracledb://reader:s3cret@host/d"))
