"""Connections that Airflow keeps go before the embedded server, and behind the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from care_reviews import airflow_env
from care_reviews.airflow_connections import served
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings

SOURCE, WAREHOUSE = "AIRFLOW_CONN_LCS_SOURCE", "AIRFLOW_CONN_WAREHOUSE"
PREPARED = {SOURCE: "prepared", WAREHOUSE: "prepared", "LANG": "C"}
Store = Callable[[str], None]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Stores a connection in Airflow's database, which holds one of another name."""
    monkeypatch.setenv(airflow_env.DATABASE, f"sqlite:///{tmp_path}/airflow.db")
    engine = create_engine(airflow_env.metadata_url())
    with engine.begin() as connection:
        connection.execute(text("create table connection (conn_id text)"))

    def store(name: str) -> None:
        with engine.begin() as connection:
            connection.execute(text("insert into connection values (:name)"), {"name": name})

    store("elsewhere")
    get_settings.cache_clear()
    yield store
    engine.dispose()
    get_settings.cache_clear()


def test_what_nobody_names_stays_as_it_was_prepared() -> None:
    assert served(PREPARED) == PREPARED


@pytest.mark.parametrize(("name", "variable"), [("lcs_source", SOURCE), ("warehouse", WAREHOUSE)])
def test_what_airflow_keeps_is_left_to_it(store: Store, name: str, variable: str) -> None:
    store(name)
    assert served(PREPARED) == {each: value for each, value in PREPARED.items() if each != variable}


@pytest.mark.parametrize("named", [SOURCE, WAREHOUSE, "AIRFLOW_CONN_WAREHOUSE_ADMIN"])
def test_what_the_environment_names_goes_before(
    store: Store, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    store("lcs_source" if named == SOURCE else "warehouse")
    monkeypatch.setenv(named, "postgres://u:p@h/d")
    assert served(PREPARED) == PREPARED


def test_a_record_system_of_nobody_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARE_REVIEWS_AUTHORITY_CODE")
    get_settings.cache_clear()
    store("warehouse")
    assert WAREHOUSE not in served(PREPARED)
    store("lcs_source")
    with pytest.raises(ConfigurationError, match="CARE_REVIEWS_AUTHORITY_CODE"):
        served(PREPARED)


def test_so_is_one_that_a_secrets_backend_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__SECRETS__BACKEND", "a.vault.Backend")
    assert served(PREPARED) == PREPARED
    monkeypatch.delenv("CARE_REVIEWS_AUTHORITY_CODE")
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="CARE_REVIEWS_AUTHORITY_CODE"):
        served(PREPARED)
