"""Nights of the small council with the pages that they left: published, published and blocked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews.demo import fill_source
from care_reviews.errors import GateBlockedError
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.faults.small_council import FIRST, LATER, PROFILE, Council, engine, run

BLOCKED = dt.date(2020, 5, 1)


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
def site(server: Server, deployed_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    council = Council.copied(server, None, deployed_template)
    made = server.home / "site"
    shutil.rmtree(made, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        for day in (FIRST, LATER):
            fill_source(engine(council.source), profile=PROFILE, seed=1, until=day)
            run(council.night(day))
        with council.spoiling() as source:
            source.execute(text("delete from fact_cla_review where fact_cla_review_id % 2 = 0"))
        run(council.night(BLOCKED), "extract", "land", "build")
        with pytest.raises(GateBlockedError):
            run(council.night(BLOCKED), "validate")
        folder = tmp_path_factory.mktemp("kept") / "site"
        shutil.copytree(made / AUTHORITY.lower(), folder)
        yield Site(council, folder)
    get_settings.cache_clear()
    council.close()
