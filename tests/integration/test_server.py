"""The embedded server with real starts: first, again, after accidents, and what it shows to whom."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from care_reviews import connections, secret_files
from care_reviews.database_errors import in_words
from care_reviews.errors import ConfigurationError
from care_reviews.server import embedded
from care_reviews.settings import get_settings
from tests.servers import server_home

START = "from care_reviews.server import embedded; embedded.start()"


@pytest.fixture
def place(monkeypatch):
    """A CARE_REVIEWS_HOME of the test's own; its server is stopped at the end."""
    with server_home() as home:
        monkeypatch.setenv("CARE_REVIEWS_HOME", str(home))
        get_settings.cache_clear()
        yield home
        embedded.stop()
    monkeypatch.undo()
    get_settings.cache_clear()


def answer(name: str = "warehouse", role: str | None = None, query: str = "select 'yes'") -> object:
    engine = connections.make_engine(embedded.url(name, role))
    try:
        with engine.begin() as connection:
            result = connection.execute(text(query))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


def pid() -> int:
    return int((embedded.home() / "data" / "postmaster.pid").read_text().split()[0])


def wait_until_gone(number: int) -> None:
    deadline = time.monotonic() + 10
    while Path(f"/proc/{number}").exists() and "zombie" not in Path(f"/proc/{number}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_first_start_a_second_and_a_stop(place):
    assert not embedded.is_running()
    assert not embedded.stop()
    with pytest.raises(ConfigurationError, match="care-reviews start"):
        embedded.url("warehouse")
    embedded.start()
    assert embedded.is_running()
    number, secrets = pid(), (place / "secrets" / "server.json").read_text()
    embedded.start()
    assert (pid(), (place / "secrets" / "server.json").read_text()) == (number, secrets)
    assert {answer(name) for name in embedded.DATABASES} == {"yes"}
    assert embedded.stop()
    assert not embedded.is_running()
    assert_says_how_to_start()
    embedded.start()
    assert answer() == "yes"


def assert_says_how_to_start() -> None:
    """A command on the stopped server names the command that starts it; on another it does not."""
    here = connections.make_engine(embedded.url("warehouse", "admin"))
    elsewhere = connections.make_engine(here.url.set(port=1))
    for engine, words in ((here, "does not run: `care-reviews start`"), (elsewhere, "does not answer")):
        with (
            pytest.raises(ConfigurationError, match=words),
            in_words(engine, "exporting"),
            engine.connect(),
        ):
            pass
        engine.dispose()


def test_secrets_are_for_their_owner_alone_and_in_no_log_or_argument(place):
    embedded.start()
    folder = place / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert not (place / "server" / "initial-password").exists()
    passwords = [embedded.url("warehouse").password, embedded.url("lcs_source").password]
    arguments = Path(f"/proc/{pid()}/cmdline").read_text()
    logs = "".join(path.read_text() for path in (place / "server").glob("*.log"))
    assert all(password and password not in arguments + logs for password in passwords)


def test_nobody_gets_in_without_a_password_nor_from_elsewhere(place):
    embedded.start()
    url = embedded.url("warehouse", "admin")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=url.host, port=url.port, user=url.username, dbname=url.database, password="guess"
        )
    assert answer(role="admin", query="show listen_addresses") == "127.0.0.1"
    assert (
        answer(
            role="admin", query="select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"
        )
        == 0
    )


def test_the_source_is_read_by_a_role_that_can_only_read(place):
    embedded.start()
    answer(
        "lcs_source", "admin", "create schema child_social; create table child_social.dim_person (a integer)"
    )
    assert answer("lcs_source", query="select count(*) from child_social.dim_person") == 0
    for statement in (
        "insert into child_social.dim_person values (1)",
        "create table child_social.mine (a integer)",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            answer("lcs_source", query=statement)
    for name in ("warehouse", "airflow"):
        engine = connections.make_engine(embedded.url("lcs_source").set(database=embedded.DATABASES[name]))
        with pytest.raises(DBAPIError, match="permission denied for database"), engine.connect():
            pass


def test_the_server_never_runs_as_root_nor_with_groups_of_root(place):
    embedded.start()
    lines = Path(f"/proc/{pid()}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    assert "0" not in status["Uid"].split()
    if os.geteuid() == 0:
        assert "0" not in status["Gid"].split()
        assert status["Groups"].split() == []
    else:
        assert status["Uid"].split()[0] == str(os.geteuid())


def test_a_server_that_was_killed_starts_again(place):
    embedded.start()
    number = pid()
    os.kill(number, signal.SIGKILL)
    wait_until_gone(number)
    assert not embedded.is_running()
    embedded.start()
    assert answer() == "yes"


def test_a_process_number_that_another_program_got_is_not_the_server(place):
    embedded.start()
    embedded.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        note = place / "server" / "data" / "postmaster.pid"
        note.write_text(f"{stranger.pid}\n{place / 'server' / 'data'}\n0\n1\n\n127.0.0.1\n0 0\nready\n")
        shutil.chown(note, "pgserver" if os.geteuid() == 0 else os.getuid())
        assert not embedded.is_running()
        assert not embedded.stop()
        embedded.start()
        assert answer() == "yes"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_first_start_that_was_cut_off_begins_anew(place):
    unfinished = place / "server" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    (place / "server" / "initial-password").write_text("left behind")
    embedded.start()
    assert answer() == "yes"
    assert not unfinished.exists()


def test_a_killed_first_start_begins_anew(place):
    with subprocess.Popen([sys.executable, "-c", START], start_new_session=True) as first:
        while not (place / "server" / "data.unfinished" / "PG_VERSION").exists():
            time.sleep(0.01)
        os.killpg(first.pid, signal.SIGKILL)
    assert not (place / "server" / "data").exists()
    embedded.start()
    assert answer() == "yes"


def test_a_port_that_another_program_took_is_left_to_it(place):
    embedded.start()
    embedded.stop()
    taken = embedded.port()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((embedded.HOST, taken))
        other.listen()
        assert not embedded.is_running()
        embedded.start()
        assert embedded.port() != taken
        assert answer() == "yes"


@pytest.mark.parametrize("running", [True, False])
def test_a_lost_password_is_set_anew_and_the_data_stay(place, running):
    embedded.start()
    answer(role="admin", query="create table public.kept (a integer)")
    if not running:
        embedded.stop()
    old = embedded.url("warehouse", "admin").password
    (place / "secrets" / "server.json").unlink()
    embedded.start()
    assert embedded.url("warehouse", "admin").password != old
    assert answer(role="admin", query="select count(*) from public.kept") == 0
    assert str(old) not in "".join(path.read_text() for path in (place / "server").glob("*.log"))


def test_a_state_that_cannot_be_read_says_what_to_do(place):
    secret_files.write_private(place / "secrets" / "server.json", "{")
    with pytest.raises(ConfigurationError, match="delete it and run `care-reviews start`"):
        embedded.url("warehouse")


def test_two_starts_at_once(place):
    both = [subprocess.Popen([sys.executable, "-c", START]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert embedded.is_running()
