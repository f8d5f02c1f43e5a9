"""The environment of Airflow's processes, its secrets, and who may use it at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from care_reviews import airflow_env, connections, secret_files, services
from care_reviews.airflow_runs import alone
from care_reviews.cli.clean import clean
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, whose three databases are configured."""
    place = tmp_path / "a home"
    monkeypatch.setenv("CARE_REVIEWS_HOME", str(place))
    monkeypatch.setenv("AIRFLOW_CONN_LCS_SOURCE", "postgres://reader:s3cret@lcs.example/lcs")
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgres://pipeline:s3cret@w.example/warehouse")
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE_ADMIN", "postgres://owner:s3cret@w.example/warehouse")
    monkeypatch.setenv(airflow_env.DATABASE, f"sqlite:///{tmp_path}/airflow.db")
    get_settings.cache_clear()
    yield place
    get_settings.cache_clear()


def test_it_has_every_place_and_keeps_the_rest_of_the_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    variables = airflow_env.environment()
    assert variables["LANG"] == "en_GB.UTF-8"
    assert variables["AIRFLOW_HOME"] == str(home / "airflow")
    assert variables["AIRFLOW_CONN_LCS_SOURCE"] == os.environ["AIRFLOW_CONN_LCS_SOURCE"]
    assert Path(variables["AIRFLOW__CORE__DAGS_FOLDER"], "nightly_warehouse.py").is_file()


def test_nights_get_neither_the_owners_connection_nor_airflows_database_in_the_open(home: Path) -> None:
    variables = airflow_env.environment()
    assert "AIRFLOW_CONN_WAREHOUSE_ADMIN" not in variables
    assert airflow_env.DATABASE not in variables


def test_each_secret_is_private_and_what_its_command_gives(home: Path) -> None:
    variables = airflow_env.environment()
    for variable, name in airflow_env.SECRETS.items():
        path = home / "secrets" / name
        assert path.stat().st_mode & 0o777 == 0o600
        given = subprocess.run(["sh", "-c", variables[variable]], capture_output=True, text=True).stdout
        assert given == path.read_text()
    assert (home / "secrets").stat().st_mode & 0o777 == 0o700
    assert (home / "secrets" / airflow_env.PASSWORDS_FILE).stat().st_mode & 0o777 == 0o600


def test_keys_stay_and_the_databases_url_follows_its_configuration(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    airflow_env.environment()
    before = {name: (home / "secrets" / name).read_text() for name in airflow_env.SECRETS.values()}
    monkeypatch.setenv(airflow_env.DATABASE, "postgresql://airflow:new@db.example/airflow")
    airflow_env.environment()
    after = {name: (home / "secrets" / name).read_text() for name in airflow_env.SECRETS.values()}
    assert after.pop("airflow_database_url") == "postgresql://airflow:new@db.example/airflow"
    assert after == {name: words for name, words in before.items() if name in after}
    assert len(airflow_env.password()) >= 24


def test_each_approver_has_a_login_of_their_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert airflow_env.environment()[airflow_env.USERS] == "admin:admin"
    before = airflow_env.password()
    monkeypatch.setenv("CARE_REVIEWS_APPROVERS", "jo, sam")
    get_settings.cache_clear()
    assert airflow_env.environment()[airflow_env.USERS] == "admin:admin,jo:user,sam:user"
    assert len({before, airflow_env.password("jo"), airflow_env.password("sam")}) == 3
    assert airflow_env.password() == before


def test_users_that_are_configured_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(airflow_env.USERS, "jo:op")
    assert airflow_env.environment()[airflow_env.USERS] == "jo:op"


WAREHOUSE = ("AIRFLOW_CONN_WAREHOUSE", "AIRFLOW_CONN_WAREHOUSE_ADMIN")


@pytest.mark.parametrize("missing", [("AIRFLOW_CONN_LCS_SOURCE",), WAREHOUSE, (airflow_env.DATABASE,)])
def test_the_embedded_server_is_used_for_what_is_not_configured(
    home: Path, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]
) -> None:
    assert not airflow_env.uses_embedded_server()
    for variable in missing:
        monkeypatch.delenv(variable)
    assert airflow_env.uses_embedded_server()
    with pytest.raises(ConfigurationError, match="was never started"):
        airflow_env.environment()


@pytest.fixture
def runs(home: Path) -> Any:
    """Airflow's two tables of runs, as far as closing them needs."""
    engine = create_engine(airflow_env.metadata_url())
    with engine.begin() as connection:
        connection.execute(text("create table dag_run (dag_id, run_id, state, triggered_by, end_date)"))
        connection.execute(text("create table task_instance (dag_id, run_id, state, end_date)"))
        for run, state, by in (
            ("killed", "running", "TEST"),
            ("done", "success", "TEST"),
            ("service", "running", "REST_API"),
        ):
            connection.execute(text(f"insert into dag_run values ('n', '{run}', '{state}', '{by}', null)"))
            connection.execute(text(f"insert into task_instance values ('n', '{run}', '{state}', null)"))
    home.mkdir(exist_ok=True)
    yield engine
    engine.dispose()


def test_what_a_killed_console_run_left_open_is_closed_and_nothing_else(runs: Any) -> None:
    with alone(), runs.connect() as connection:
        for table in ("dag_run", "task_instance"):
            states = dict(connection.execute(text(f"select run_id, state from {table}")).all())
            assert states == {"killed": "failed", "done": "success", "service": "running"}


def test_a_second_airflow_is_refused_until_the_first_has_ended(runs: Any) -> None:
    with alone(), pytest.raises(ConfigurationError, match="at work here already"), alone():
        pass
    with alone():
        pass


def test_a_port_that_is_taken_is_refused_when_it_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind((services.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} is in use"):
            services.choose_port(port)
    assert services.choose_port(port) == port


def test_the_usual_port_is_left_when_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind((services.HOST, 0))
        taken.listen()
        monkeypatch.setattr(services, "USUAL_PORT", taken.getsockname()[1])
        assert services.choose_port(None) != services.USUAL_PORT


def test_a_process_that_inherits_the_lock_holds_it_on(runs: Any) -> None:
    with alone() as lock:
        heir = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=(lock,))
    with pytest.raises(ConfigurationError, match="at work here already"), alone():
        pass
    heir.kill()
    heir.wait()
    with alone():
        pass


def test_cleaning_removes_a_home_and_leaves_one_that_holds_anything_else(home: Path) -> None:
    airflow_env.environment()
    (home / "holiday.jpg").write_text("")
    with pytest.raises(ConfigurationError, match=r"holiday\.jpg"):
        clean()
    (home / "holiday.jpg").unlink()
    settings = get_settings()
    for folder in (settings.data_docs, settings.site, settings.reports, settings.board):
        (folder / "2020-03-31").mkdir(parents=True)
    clean()
    assert not home.exists()
    clean()


def test_cleaning_leaves_a_home_with_the_services_own_words(home: Path) -> None:
    get_settings().commentary.mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="commentary"):
        clean()
    assert get_settings().commentary.is_dir()


def test_a_warehouse_of_which_only_the_owner_is_named_is_used_as_the_role_of_the_nights(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_WAREHOUSE")
    assert not airflow_env.uses_embedded_server()
    with pytest.raises(ConfigurationError, match="no password of role pipeline"):
        connections.url_of("warehouse")
    secret_files.keep_password("pipeline", "made by deploy")
    url = connections.url_of("warehouse")
    assert (url.username, url.password, url.host, url.database) == (
        "pipeline",
        "made by deploy",
        "w.example",
        "warehouse",
    )
    assert "owner" not in airflow_env.environment()["AIRFLOW_CONN_WAREHOUSE"]
