"""Start, stop and reach the embedded PostgreSQL 18: on loopback, with scram passwords, in `settings.home`.

What a start can find is mended where that is safe: a first start that was cut off begins anew, a port that
another program took is left to it, a process number from before a restart of the machine is not mistaken for
the server, and a lost password is set anew by whoever owns the data.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import URL

from care_reviews import secret_files
from care_reviews.errors import ConfigurationError
from care_reviews.server import programs
from care_reviews.server.databases import DATABASES, SOURCE_READER, make_databases
from care_reviews.settings import get_settings

HOST = "127.0.0.1"
OWNER = "care_reviews_admin"

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


def port() -> int:
    """The loopback port of the server. Raises ConfigurationError when it was never started."""
    return int(_state()["port"])


def url(name: str, role: str | None = None) -> URL:
    """The URL of one of the embedded databases (`lcs_source`, `warehouse`, `airflow`).

    `role`: admin (the owner), or one of the warehouse's roles. By default the source is read by a role that
    may only read, a deployed warehouse is used as pipeline, and everything else as its owner. Raises
    ConfigurationError.
    """
    from care_reviews import connections

    state = _state()
    owner = URL.create(
        "postgresql+psycopg", OWNER, state["password"], HOST, int(state["port"]), DATABASES[name]
    )
    if role is None and name == connections.SOURCE and (password := secret_files.password_of(SOURCE_READER)):
        return owner.set(username=SOURCE_READER, password=password)
    if role is None:
        deployed = name == connections.WAREHOUSE and secret_files.password_of(
            connections.role_name("pipeline")
        )
        role = "pipeline" if deployed else connections.ADMIN
    return connections.role_url(role, owner)


def is_running() -> bool:
    """Whether this installation's server answers, and not some other program on its port."""
    if not _state_file().exists() or _server_process() is None:
        return False
    with suppress(psycopg.Error), _connect("postgres") as connection:
        row = connection.execute("select current_setting('data_directory')").fetchone()
        return row is not None and Path(row[0]).resolve() == _data().resolve()
    return False


def is_stopped_at(where: URL) -> bool:
    """Whether a URL leads to this installation's server while that does not run."""
    if not _state_file().exists() or (where.host, where.port) != (HOST, port()):
        return False
    return not is_running()


def start() -> None:
    """Make the server on first use, start it when it is not running, and make its databases."""
    with _one_at_a_time():
        if not _data().exists():
            _initialise()
        if not is_running():
            if _server_process() is not None:  # it runs, and nobody knows the password or port any more
                stop()
            if not _state_file().exists():
                _set_new_password()
            _start()
        make_databases(_connect)


def stop() -> bool:
    """Stop the server if it runs; says whether it did."""
    if _server_process() is None:
        return False
    programs.run("pg_ctl", "-D", str(_data()), "-m", "fast", "-w", "stop", folder=home())
    return True


def _data() -> Path:
    return home() / "data"


def _state_file() -> Path:
    return get_settings().home / "secrets" / "server.json"


def _state() -> dict[str, str]:
    try:
        state: dict[str, str] = json.loads(_state_file().read_text())
        return state
    except FileNotFoundError:
        raise ConfigurationError(
            "no database is configured and the embedded server was never started: run `care-reviews start`, "
            "or set AIRFLOW_CONN_LCS_SOURCE and AIRFLOW_CONN_WAREHOUSE"
        ) from None
    except ValueError:
        raise ConfigurationError(
            f"{_state_file()} cannot be read: delete it and run `care-reviews start`, which makes it anew"
        ) from None


def _keep_state(password: str, port: int) -> None:
    secret_files.write_private(_state_file(), json.dumps({"password": password, "port": port}))


def _initialise() -> None:
    """Make the data folder beside its place and move it there when it is whole."""
    unfinished, word_file = home() / "data.unfinished", home() / "initial-password"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    password = secret_files.make_password()
    word_file.unlink(missing_ok=True)
    with os.fdopen(os.open(word_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    programs.hand_over(home(), unfinished, word_file)
    try:
        programs.run(
            *("initdb", "-D", str(unfinished), "-U", OWNER, "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--no-instructions", "--auth=scram-sha-256", f"--pwfile={word_file}"),
            folder=home(),
        )
    finally:
        word_file.unlink()
    with (unfinished / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    _keep_state(password, _free_port())
    unfinished.rename(_data())


def _set_new_password() -> None:
    """Give the owner a new password through the server's single-user mode, which asks for none."""
    password = secret_files.make_password()
    statement = f"alter role {OWNER} password '{password}'\n"
    programs.run("postgres", "--single", "-D", str(_data()), "postgres", folder=home(), given=statement)
    _keep_state(password, _free_port())


def _start() -> None:
    _forget_a_stranger()
    for attempt in range(3):
        if not _is_free(port()):
            _keep_state(_state()["password"], _free_port())
        words = (
            "-D",
            str(_data()),
            "-l",
            str(home() / "server.log"),
            "-o",
            f"-p {port()}",
            "-w",
            "-t",
            "60",
            "start",
        )
        try:
            return programs.run("pg_ctl", *words, folder=home())
        except ConfigurationError:
            # Another program was quicker on the port, or what a killed server left is about to end.
            if attempt == 2:
                raise
            time.sleep(1)


def _server_process() -> int | None:
    """The number of the server's process, when it is alive and is the server of this data folder."""
    pid = _noted_process()
    return pid if pid is not None and programs.is_server_of(pid, _data()) else None


def _noted_process() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        return int((_data() / "postmaster.pid").read_text().split()[0])
    return None


def _forget_a_stranger() -> None:
    """Remove the note of a process number that now belongs to some other program: PostgreSQL would not
    start.
    """
    pid = _noted_process()
    if pid is None or programs.is_server_of(pid, _data()):
        return
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return  # PostgreSQL sees that itself, and looks after what that process may have left
    except PermissionError:
        pass
    (_data() / "postmaster.pid").unlink()


def _connect(database: str) -> psycopg.Connection:
    state = _state()
    return psycopg.connect(
        host=HOST,
        port=int(state["port"]),
        user=OWNER,
        password=state["password"],
        dbname=database,
        autocommit=True,
        connect_timeout=5,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As PostgreSQL listens: a port whose last connection has just ended counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands may start the server at once; the second waits for the first."""
    home().mkdir(parents=True, exist_ok=True)
    with (home().parent / "server.lock").open("w") as lock:
        deadline = time.monotonic() + 90
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ConfigurationError(
                        "another command has been starting the server for 90 s"
                    ) from None
                time.sleep(0.2)
        yield
