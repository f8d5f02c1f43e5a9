"""What two nights of the small council come to: the report in both formats, and the board's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from care_reviews import board, connections, report
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
# A month's value that was published once and is suppressed now: no page may hold it.
ONCE_SHOWN = {"numerator": 7777, "denominator": 9131, "value": "85.1714"}
TRAP = dt.date(2019, 10, 31)
_WHICH = (
    "measure_id = 'participation' and period_grain = 'month' and period_end = :trap and breakdown = 'all'"
)
SUPPRESS = (
    f"create temporary table once on commit drop as select * from published.kpi_value_history where {_WHICH} "
    "and known_to is null",
    "update once set numerator = :numerator, denominator = :denominator, value = cast(:value as numeric), "
    "symbol = null, row_hash = gen_random_uuid(), known_from = 1, known_to = 2",
    f"delete from published.kpi_value_history where {_WHICH} and known_from = 1 and known_to = 2",
    "update published.kpi_value_history set known_from = 2, numerator = null, denominator = null, "
    f"value = null, symbol = 'c' where {_WHICH} and known_to is null",
    "insert into published.kpi_value_history select * from once",
)
HOSTILE = "<b onclick=alert(1)>Kept</b> {{ 7 * 7 }} \"'&"


@dataclass
class Reported:
    """The report and the board's pages of the later night, as bi_reader made them. `owner` reads all of the
    warehouse, `reader` what bi_reader may. `first`, `again`: digests of both, and those of making them again.
    """

    council: Council
    owner: Engine
    reader: Engine
    pack: report.Pack
    page: Page
    pdf: bytes
    board: dict[str, Page]
    folder: Path
    again: tuple[dict[str, str], dict[str, str]]
    first: tuple[dict[str, str], dict[str, str]]


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
        patch.setattr("care_reviews.settings.Settings.board", property(lambda settings: home / "board"))
        patch.setenv("CARE_REVIEWS_AUTHORITY_NAME", HOSTILE)
        get_settings.cache_clear()
        words = home / "words" / AUTHORITY.lower() / YEAR.label
        words.mkdir(parents=True)
        (words / "children.md").write_text(COMMENTARY, encoding="utf-8")
        with council.writing_warehouse() as connection:
            for statement in SUPPRESS:
                connection.execute(text(statement), {**ONCE_SHOWN, "trap": TRAP})
        owner = engine(council.warehouse)
        reader = connections.make_engine(connections.role_url("bi_reader", council.warehouse))
        pack = report.make(reader, get_settings(), AUTHORITY, YEAR)
        pages = board.make(reader, get_settings(), AUTHORITY)
        # Not as bi_reader, and at another moment.
        again = (
            report.make(owner, get_settings(), AUTHORITY, YEAR).digests,
            board.make(owner, get_settings(), AUTHORITY).digests,
        )
    get_settings.cache_clear()
    folder = pages.page.parent
    yield Reported(
        council=council,
        owner=owner,
        reader=reader,
        pack=pack,
        page=Page(pack.page.read_text(encoding="utf-8")),
        pdf=pack.pdf.read_bytes(),
        board={file.name: Page(file.read_text(encoding="utf-8")) for file in folder.glob("*.html")},
        folder=folder,
        first=(pack.digests, pages.digests),
        again=again,
    )
    reader.dispose()
    council.close()
