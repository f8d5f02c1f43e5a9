"""Every number of the report and of the board's pages is that of the same cell of its publication."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.report.conftest import Reported
from tests.report.reading import numbers_of, pdf_of, words_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

PARTS = ("measure_id", "period_grain", "period_end", "breakdown", "category")
NOT_IN_TABLES = ("difference", "centre", "lower_limit", "upper_limit", "first")
WHOLE = ("children", "periods", "reviews", "alerts", "alert_categories", "working_days")
NIGHTS = text("select publication_id, as_known from published.publication where withdrawn_at is null")
VIEWS = {
    view: text(f"select * from published.kpi_{view}_as_known") for view in ("value", "comparison", "trend")
}


class Published:
    """Every row of the views that pages are made of: of any night, by its key."""

    def __init__(self, reported: Reported) -> None:
        with reported.owner.connect() as connection:
            found = {view: connection.execute(VIEWS[view]).mappings().all() for view in VIEWS}
            self.nights = {str(row.publication_id): row.as_known for row in connection.execute(NIGHTS)}
        self.night = reported.pack.as_known
        self.rows = {
            (view, row["as_known"], *key): dict(row)
            for view, rows in found.items()
            for row in rows
            for key in [tuple(str(row.get(part, "all")) for part in PARTS)]
        }
        assert len(self.rows) == sum(len(rows) for rows in found.values())

    def row(self, view: str, name: str, night: dt.date | None = None) -> dict[str, Any]:
        """The row of a mark, of the night that it names, else of one given, else of the pages' own."""
        *key, field = name.split("|")
        _, _, other = field.partition("@")
        night = self.nights[other] if other else night or self.night
        return self.rows.get((view, night, *key), {"symbol": "x", "unit": ""})


@pytest.fixture(scope="module")
def published(reported: Reported) -> Published:
    return Published(reported)


def tenth(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def expected(published: Published, name: str) -> str:
    """What a mark has to say, by the publication."""
    field = name.rsplit("|", 1)[1].partition("@")[0]
    if field in ("centre", "lower_limit", "upper_limit"):
        row = published.row("trend", name)
        return tenth(row[field]) + ("%" if row["unit"] == "percent" else "")
    if field in ("difference", "lower_bound", "upper_bound"):
        row = published.row("comparison", name)
        if field != "difference":
            return f"{tenth(row[field])}%"
        is_whole = row["unit"] in WHOLE
        return f"{int(abs(row[field])):,}" if is_whole else tenth(abs(row[field]))
    row = published.row("value", name, min(published.nights.values()) if field == "first" else None)
    if row["symbol"]:
        return str(row["symbol"])
    if field == "share":
        measure = name.split("|")[0] if row["breakdown"] != "all" else "children_looked_after"
        whole = published.row("value", "|".join((measure, *name.split("|")[1:3], "all", "all", "value")))
        return f"{tenth(100 * row['value'] / whole['value'])}%"
    if field in ("numerator", "denominator"):
        is_fte = (row["unit"], field) in {("fte", "numerator"), ("children_per_fte", "denominator")}
        return tenth(Decimal(row[field]) / 100) if is_fte else f"{row[field]:,}"
    if row["unit"] in WHOLE:
        return f"{int(row['value']):,}"
    return tenth(row["value"]) + ("%" if row["unit"] == "percent" else "")


def marked(reported: Reported) -> dict[tuple[str, str], None]:
    """Every mark of every page, with what it says, each once."""
    pages = (reported.page, *reported.board.values())
    return dict.fromkeys(mark for page in pages for mark in page.marked)


def test_every_marked_number_is_its_cells(reported: Reported, published: Published) -> None:
    found = marked(reported)
    wrong = [(name, said, right) for name, said in found if said != (right := expected(published, name))]
    assert wrong == []
    assert len(reported.page.marked) > 100
    assert len(found) > 3000
    assert any("@1" in name for name, _ in found)


def test_a_number_of_a_headline_or_a_sentence_stands_in_its_figures_table(reported: Reported) -> None:
    """But for differences, limits and what was published first. The figure defines the measures of all."""
    figures = re.findall('<section class="figure".*?</section>', reported.page.source, re.DOTALL)
    assert len(figures) > 20
    told = 0
    for figure in figures:
        head, rest = figure.split("<table>")
        table = rest.split("</table>")[0]
        for name in re.findall('data-cell="([^"]*)"', head):
            measure, *_, field = name.split("|")
            assert f'href="#definition-{measure}"' in figure, name
            assert f'data-cell="{name}"' in table or field in NOT_IN_TABLES, name
            told += 1
    assert told > 40


def test_a_suppressed_cell_is_marked_and_nothing_else(reported: Reported, published: Published) -> None:
    hidden = [name for name, said in marked(reported) if said == "c"]
    assert hidden
    first = min(published.nights.values())
    nights = {name: first if name.endswith("|first") else None for name in hidden}
    assert all(published.row("value", name, nights[name])["value"] is None for name in hidden)


def test_charts_and_their_texts_say_no_number_that_is_not_marked(reported: Reported) -> None:
    """What stands in place of a chart says numbers that the page says, marked, as well."""
    for page in (reported.page, *reported.board.values()):
        said = numbers_of(page.words)
        missing = {number for alt in page.alts for number in numbers_of(alt) if number not in said}
        assert missing == set()


def test_the_cover_says_whether_a_person_released_it(reported: Reported) -> None:
    cover = re.findall('<p class="origin">(.*?)</p>', reported.page.source)
    assert len(cover) == 1
    assert cover[0].endswith("Its checks let it out; no person has released it as a return.")


def test_the_report_is_read_as_a_reader(reported: Reported) -> None:
    assert reported.reader.url.username == "bi_reader"
    with reported.reader.connect() as connection, pytest.raises(ProgrammingError):
        connection.execute(text("select * from analysis.kpi_value_unsuppressed limit 1"))


def test_the_pdf_holds_the_numbers_of_the_page_and_no_others(reported: Reported) -> None:
    """A PDF says its title and the heads of its tables on several pages, and counts these."""
    pdf = pdf_of(reported.pdf)
    page, found = numbers_of(reported.page.words), numbers_of(words_of(pdf))
    assert {number: count for number, count in page.items() if found[number] < count} == {}
    assert set(found) - set(page) <= {str(number + 1) for number in range(len(pdf.pages))}
