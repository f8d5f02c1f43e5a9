"""The report that two nights of the small council come to, in both formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from care_reviews import connections, report
from care_reviews.report.year import Year
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.faults.small_council import Council, engine
from tests.report.reading import Page
from tests.undisturbed import Undisturbed

YEAR = Year(2019)
COMMENTARY = """# A heading <script>alert(1)</script>

We spoke with **children** about [this](javascript:alert(1)) and ![that](https://example.org/x.png).

<img src=x onerror=alert(2)> "quoted" & *said* {{ 7 * 7 }} ‮turned

- <style>body { display: none }</style>
"""
HOSTILE = "<b onclick=alert(1)>Kept</b> {{ 7 * 7 }} \"'&"


@dataclass
class Reported:
    """The report of the later night. `owner` reads all of the warehouse, `reader` what bi_reader may."""

    council: Council
    owner: Engine
    reader: Engine
    pack: report.Pack
    page: Page
    pdf: bytes


@pytest.fixture(scope="session")
def reported(
    server: Server, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reported]:
    council = Council.copied(server, None, undisturbed.after)
    home = tmp_path_factory.mktemp("reported")
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        patch.setattr("care_reviews.settings.Settings.reports", property(lambda settings: home / "report"))
        patch.setattr("care_reviews.settings.Settings.commentary", property(lambda settings: home / "words"))
        patch.setenv("CARE_REVIEWS_AUTHORITY_NAME", HOSTILE)
        get_settings.cache_clear()
        words = home / "words" / AUTHORITY.lower() / YEAR.label
        words.mkdir(parents=True)
        (words / "children.md").write_text(COMMENTARY, encoding="utf-8")
        owner = engine(council.warehouse)
        reader = connections.make_engine(connections.role_url("bi_reader", council.warehouse))
        pack = report.make(reader, get_settings(), AUTHORITY, YEAR)
    get_settings.cache_clear()
    yield Reported(
        council, owner, reader, pack, Page(pack.page.read_text(encoding="utf-8")), pack.pdf.read_bytes()
    )
    reader.dispose()
    council.close()
