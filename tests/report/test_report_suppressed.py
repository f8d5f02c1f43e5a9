"""A suppressed cell is on no page, in no picture, in no PDF and in no file beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.report.conftest import ONCE_SHOWN, TRAP, Reported
from tests.report.reading import pdf_of, words_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

PAGE = "measure-participation.html"
DRAWN = {"series": "circle", "hollow": "circle", "signal": "polygon", "open-signal": "polygon"}
SHOWN_NOW = text(
    "select count(*) from published.kpi_value where measure_id = 'participation' and period_grain = 'month' "
    "and breakdown = 'all' and value is not null and period_end > (select max(period_end) from "
    "published.kpi_value where period_grain = 'month') - interval '2 years'"
)


def files(reported: Reported) -> list[Path]:
    return [path for folder in (reported.folder, reported.pack.page.parent) for path in folder.iterdir()]


def test_the_value_was_published_once(reported: Reported) -> None:
    """So that the test can fail: the view of revisions still shows it to readers."""
    with reported.reader.connect() as connection:
        found = connection.execute(
            text(
                "select numerator, symbol from published.kpi_revision where measure_id = 'participation' "
                "and period_grain = 'month' and period_end = :trap order by publication_id"
            ),
            {"trap": TRAP},
        ).all()
    assert [tuple(row) for row in found] == [(ONCE_SHOWN["numerator"], None), (None, "c")]


def test_no_file_holds_it_in_text_alt_text_or_metadata(reported: Reported) -> None:
    pdf = pdf_of(reported.pdf)
    texts = {path.name: path.read_text(encoding="utf-8") for path in files(reported) if path.suffix != ".pdf"}
    # What stands in place of its charts is held against the page's by the tests of the PDF.
    texts["words of the PDF"] = words_of(pdf) + str(pdf.metadata)
    assert not pdf.attachments
    assert len(texts) > 60
    for name, words in texts.items():
        for told in ("7777", "7,777", "9131", "9,131", "85.17"):
            said = re.sub("sha256-[^\"']*|[0-9a-f]{64}", "", words)
            assert not re.search(rf"(?<![0-9]){re.escape(told)}", said), (name, told)


def test_a_chart_draws_a_point_for_each_value_and_none_for_what_is_suppressed(reported: Reported) -> None:
    page = reported.board[PAGE]
    chart = page.source.split('aria-labelledby="chart-participation"', 1)[1].split("</svg>", 1)[0]
    points = sum(len(re.findall(f'<{tag} [^>]*class="{kind}"', chart)) for kind, tag in DRAWN.items())
    legend = chart.count(">signal<") + chart.count(">provisional<")
    with reported.reader.connect() as connection:
        assert points - legend == connection.scalar(SHOWN_NOW)
    assert re.findall(r'<text [^>]*class="soft"[^>]*>c</text>', chart)
    firsts = chart.count('class="last"') - chart.count(">first published<")
    assert firsts == len({name for name, _ in page.marked if name.endswith("|first")})


def test_its_month_says_so_and_has_no_history(reported: Reported) -> None:
    marks = [
        mark for mark in reported.board[PAGE].marked if mark[0].startswith(f"participation|month|{TRAP}")
    ]
    assert {said for _, said in marks} == {"c"}
    assert not [name for name, _ in marks if "@" in name or name.endswith("|first")]


def test_the_same_publication_gives_the_same_bytes(reported: Reported) -> None:
    assert reported.again == reported.first
    assert all(reported.first)
