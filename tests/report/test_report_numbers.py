"""Every number of the report, on the page and in the PDF, is that of the same cell of its publication."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.report.conftest import Reported
from tests.report.reading import numbers_of, pdf_of, words_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

WHOLE = ("children", "periods", "reviews", "alerts", "alert_categories", "working_days")
CELL = (
    "measure_id = :measure and period_grain = :grain and period_end = :end and breakdown = :breakdown "
    "and category = :category"
)
VALUE = text(f"select * from published.kpi_value_as_known where as_known = :night and {CELL}")
BESIDE = text(f"select * from published.kpi_comparison_as_known where as_known = :night and {CELL}")
MONTH = text(
    "select * from published.kpi_trend_as_known where as_known = :night and measure_id = :measure "
    "and period_end = :end"
)
FIRST = text(
    "select v.* from published.kpi_value_as_known as v where as_known = (select min(as_known) from "
    f"published.publication) and {CELL}"
)


def tenth(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def rows(reported: Reported, statement: Any, name: str) -> dict[str, Any]:
    measure, grain, end, breakdown, category, _ = name.split("|")
    words = {"measure": measure, "grain": grain, "end": end, "breakdown": breakdown, "category": category}
    with reported.owner.connect() as connection:
        found = connection.execute(statement, {**words, "night": reported.pack.as_known}).mappings().all()
    assert len(found) <= 1
    return dict(found[0]) if found else {"symbol": "x", "unit": ""}


def expected(reported: Reported, name: str) -> str:
    """What a mark has to say, by the publication."""
    field = name.rsplit("|", 1)[1]
    if field in ("centre", "lower_limit", "upper_limit"):
        row = rows(reported, MONTH, name)
        return tenth(row[field]) + ("%" if row["unit"] == "percent" else "")
    if field in ("difference", "lower_bound", "upper_bound"):
        row = rows(reported, BESIDE, name)
        if field != "difference":
            return f"{tenth(row[field])}%"
        is_whole = row["unit"] in WHOLE
        return f"{int(abs(row[field])):,}" if is_whole else tenth(abs(row[field]))
    row = rows(reported, FIRST if field == "first" else VALUE, name)
    if row["symbol"]:
        return str(row["symbol"])
    if field == "share":
        whole = rows(reported, VALUE, "|".join((*name.split("|")[:3], "all", "all", "value")))
        of = whole if row["breakdown"] != "all" else looked_after(reported, name)
        return f"{tenth(100 * row['value'] / of['value'])}%"
    if field in ("numerator", "denominator"):
        is_fte = (row["unit"], field) in {("fte", "numerator"), ("children_per_fte", "denominator")}
        return tenth(Decimal(row[field]) / 100) if is_fte else f"{row[field]:,}"
    if row["unit"] in WHOLE:
        return f"{int(row['value']):,}"
    return tenth(row["value"]) + ("%" if row["unit"] == "percent" else "")


def looked_after(reported: Reported, name: str) -> dict[str, Any]:
    return rows(reported, VALUE, "|".join(("children_looked_after", *name.split("|")[1:])))


def test_every_marked_number_is_its_cells(reported: Reported) -> None:
    wrong = [
        (name, said, right)
        for name, said in dict.fromkeys(reported.page.marked)
        if said != (right := expected(reported, name))
    ]
    assert wrong == []
    assert len(reported.page.marked) > 100


def test_a_suppressed_cell_is_marked_and_nothing_else(reported: Reported) -> None:
    said = dict(reported.page.marked)
    hidden = [name for name, words in said.items() if words == "c"]
    assert hidden
    assert all(rows(reported, VALUE, name)["value"] is None for name in hidden)


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
