"""The pages that three nights of the small council left: published, published and blocked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews.errors import GateBlockedError
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.faults.small_council import Council, run
from tests.undisturbed import Undisturbed

BLOCKED = dt.date(2020, 5, 1)
# The source gate stops the night whatever was built, so that what the night before built is judged with it.
BUILT_BEFORE = text(
    "update audit.extract as e set dbt_invocation_id = before.dbt_invocation_id, build = before.build "
    "from audit.extract as before where before.extract_id = 2 and e.extract_id = 3"
)


@dataclass
class Site:
    """The council, and the folder of its pages as the nights left them."""

    council: Council
    folder: Path

    def page(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def site(
    server: Server, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    council = Council.copied(server, undisturbed.source, undisturbed.after)
    made = server.home / "site" / AUTHORITY.lower()
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(undisturbed.pages, made)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        with council.spoiling() as source:
            source.execute(text("delete from fact_cla_review where fact_cla_review_id % 2 = 0"))
        run(council.night(BLOCKED), "extract", "land")
        with council.writing_warehouse() as connection:
            connection.execute(BUILT_BEFORE)
        with pytest.raises(GateBlockedError):
            run(council.night(BLOCKED), "validate")
    folder = tmp_path_factory.mktemp("kept") / "site"
    shutil.copytree(made, folder)
    yield Site(council, folder)
    get_settings.cache_clear()
    council.close()
