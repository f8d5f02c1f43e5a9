"""Superset in an environment of its own, with the bundle of two nights of the small council imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine

from care_reviews import connections
from care_reviews.secret_files import make_password
from care_reviews.superset import bundle
from care_reviews.superset.names import Place
from tests.conftest import AUTHORITY, Server
from tests.faults.small_council import Council
from tests.undisturbed import Undisturbed

HERE = Path(__file__).parent
NAME = "Small <b>Council</b> {{ 7 * 7 }}"
CONFIG = """
SECRET_KEY = "{secret}"
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
"""


@dataclass
class Asked:
    """What Superset said after the import: its dashboards' titles, and of each chart by UUID what it gave.
    `reader` reads the warehouse as Superset does.
    """

    place: Place
    bundle: bytes
    reader: Engine
    dashboards: list[str]
    charts: dict[str, dict[str, Any]]


def installed(folder: Path) -> Path:
    """An environment with Superset as its lock has it; gives its programs' folder."""
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    into = ["--python", str(folder / "bin" / "python")]
    locked = ["--require-hashes", "-r", str(HERE / "requirements.lock")]
    subprocess.run([uv, "pip", "install", "--quiet", *into, *locked], check=True)
    return folder / "bin"


def ask(programs: Path, home: Path, archive: Path, place: Place, url: URL) -> dict[str, Any]:
    """Have Superset import a bundle and ask its charts."""
    config = home / "superset_config.py"
    config.write_text(CONFIG.format(secret=make_password(), home=home))
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(config),
        "FLASK_APP": "superset.app:create_app()",
    }
    uri = url.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    done = subprocess.run(
        [programs / "python", HERE / "asking.py", archive, place.database_name, uri],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="session")
def asked(
    server: Server, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    home = tmp_path_factory.mktemp("superset")
    council = Council.copied(server, None, undisturbed.after)
    url = connections.role_url("bi_reader", council.warehouse)
    place = Place(url, AUTHORITY, NAME)
    archive = home / "bundle.zip"
    archive.write_bytes(bundle(place))
    found = ask(installed(home / "environment"), home, archive, place, url)
    reader = connections.make_engine(url)
    yield Asked(place, archive.read_bytes(), reader, found["dashboards"], found["charts"])
    reader.dispose()
    council.close()
