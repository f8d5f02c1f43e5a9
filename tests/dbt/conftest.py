"""What dbt says of its project, written once: the pages, and the graph that they carry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from care_reviews import pages
from care_reviews.settings import PROJECT_ROOT


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as the command writes them, in a process that knows no connection and no setting."""
    made = tmp_path_factory.mktemp("pages") / "new"
    command = [str(Path(sys.executable).with_name("care-reviews")), "pages", str(made)]
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(command, env=known, cwd=PROJECT_ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert str(made / "index.html") in done.stdout
    return made


@pytest.fixture(scope="session")
def graph(folder: Path) -> dict[str, Any]:
    """dbt's manifest as the page of the models carries it."""
    page = (folder / pages.MODELS).read_text()
    found: dict[str, Any]
    found, _ = json.JSONDecoder().raw_decode(page, page.index('{"metadata":'))
    return found
