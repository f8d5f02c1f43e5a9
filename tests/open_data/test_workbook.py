"""The workbook of a publication: its numbers, its words, and that it calculates nothing."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from care_reviews.measure_words import group_titles
from care_reviews.open_data.manifest import SYMBOLS
from care_reviews.open_data.picture import Picture
from care_reviews.open_data.places import place_of
from care_reviews.open_data.tidy import category_of, topic_of
from care_reviews.open_data.times import GRAINS
from care_reviews.open_data.workbook import COLUMNS, workbook_bytes
from tests.open_data.pictures import AUTHORITY, HOSTILE, picture
from tests.open_data.reading import parts_of, workbook, workbook_rows

PLACE = place_of(AUTHORITY)
IN_HUNDREDTHS = {
    "fte": "numerator in hundredths of an FTE",
    "children_per_fte": "denominator in hundredths of an FTE",
}


@pytest.fixture(scope="module")
def published() -> Picture:
    return picture()


@pytest.fixture(scope="module")
def content(published: Picture) -> bytes:
    return workbook_bytes(published, PLACE)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return workbook({"it.xlsx": content})


def xml_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_a_sheet_a_group_after_the_contents(book: Workbook) -> None:
    assert book.sheetnames == ["Contents", *group_titles().values()]
    assert book.active is book.worksheets[0]


def test_every_cell_says_what_is_published(published: Picture, book: Workbook) -> None:
    rows: dict[tuple[object, ...], dict[str, object]] = {
        (row["Measure"], row["Period"], row["From"], row["To"], row["Breakdown"], row["Category"]): row
        for row in workbook_rows(book)
    }
    assert len(rows) == len(published.cells)
    for cell in published.cells:
        definition = published.measures[cell.measure_id]
        days = (dt.datetime.combine(day, dt.time()) for day in (cell.period_start, cell.period_end))
        said = GRAINS[cell.period_grain].says
        row = rows.pop((definition.name, said, *days, topic_of(cell.breakdown), category_of(cell)))
        parts = parts_of(cell, definition.denominator is not None)
        for part, title in (("value", "Value"), ("numerator", "Numerator"), ("denominator", "Denominator")):
            expected = parts.get(part, cell.numerator if part == "numerator" else None)
            if isinstance(expected, int | Decimal):
                assert isinstance(row[title], int | float)
                assert Decimal(str(row[title])) == expected
            else:
                assert row[title] == expected
        assert (row["Unit"], row["Status"]) == (cell.unit.replace("_", " "), cell.status)
        assert row["Measure id"] == cell.measure_id
        assert row["Counted in"] == (IN_HUNDREDTHS.get(cell.unit) if cell.numerator is not None else None)
    assert not rows


def test_the_same_publication_gives_the_same_bytes(published: Picture, content: bytes) -> None:
    shuffled = random.Random(1).sample(published.cells, len(published.cells))
    assert workbook_bytes(replace(published, cells=tuple(shuffled)), PLACE) == content
    assert "2020-04-11T03:04:05Z" in xml_of(content)["docProps/core.xml"]


def test_the_contents_name_the_publication(book: Workbook) -> None:
    said = [row[:2] for row in book["Contents"].iter_rows(values_only=True)]
    assert said[0][0] == "Care review measures: Surrey"
    assert {
        ("Council's ONS code", AUTHORITY),
        ("Council", "Surrey"),
        ("Publication", 7),
        ("As known on", "2020-04-10"),
        ("Published at", "2020-04-11T03:04:05+00:00"),
    } < {*said}
    assert {f"{symbol}: {words}" for symbol, words in SYMBOLS.items()} < {first for first, _ in said}
    assert book.properties.subject == "Publication 7, as known on 2020-04-10"
    assert book.custom_doc_props["publication_id"].value == 7


def test_the_contents_lead_to_every_sheet(book: Workbook) -> None:
    links = {row[0].value: row[0].hyperlink.location for row in book["Contents"] if row[0].hyperlink}
    assert links == {title: f"'{title}'!A1" for title in group_titles().values()}


def test_the_contents_say_what_each_measure_means(published: Picture, book: Workbook) -> None:
    table = book["Contents"].tables["Definitions"]
    header, *rows = book["Contents"][table.ref]
    titles = [cell.value for cell in header]
    found = {row[0].value: dict(zip(titles, (cell.value for cell in row), strict=True)) for row in rows}
    assert {*found} == {each.name for each in published.definitions}
    one = published.measures["caseload_per_fte"]
    row = found[one.name]
    assert (row["Sheet"], row["What it says"], row["Target"]) == ("Independent chairs", one.description, 50)
    assert row["Measure id"] == "caseload_per_fte"
    assert (row["Upper end of the target"], row["Valid from"]) == (70, dt.datetime(2011, 4, 1))
    assert found[published.measures["reviews_held"].name]["Out of what"] is None


def test_each_sheet_is_a_table_whose_header_stays(book: Workbook, published: Picture) -> None:
    for sheet, group in zip(book.worksheets[1:], group_titles(), strict=True):
        (table,) = sheet.tables.values()
        count = sum(published.measures[cell.measure_id].measure_group == group for cell in published.cells)
        assert table.ref == f"A1:M{count + 1}"
        assert table.headerRowCount == 1
        assert [column.name for column in table.tableColumns] == [title for title, _ in COLUMNS]
        assert [cell.value for cell in sheet[1]] == [title for title, _ in COLUMNS]
        assert sheet.freeze_panes == "B2"
        assert sheet.column_dimensions["A"].width > 50


def test_nothing_is_calculated() -> None:
    made = picture(hostile=True)
    words = replace(made.definitions[0], name="=1+1", description="+1", exclusions="@SUM(A1)")
    hostile = replace(made, definitions=(words, *made.definitions[1:]))
    place = replace(PLACE, la_name="=cmd|' /C calc'!A0")
    content = workbook_bytes(hostile, place)
    assert not [name for name, xml in xml_of(content).items() if re.search(r"<f[ >/]|externalLink", xml)]
    book = workbook({"it.xlsx": content})
    texts = {
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    }
    assert {text.strip() for text in HOSTILE} <= texts
    assert {"=1+1", "+1", "@SUM(A1)", place.la_name} <= texts
    assert not {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} - {
        "s",
        "n",
        "d",
    }


def test_a_group_without_cells_is_an_empty_table(published: Picture) -> None:
    cells = tuple(c for c in published.cells if published.measures[c.measure_id].measure_group != "quality")
    book = workbook({"it.xlsx": workbook_bytes(replace(published, cells=cells), PLACE)})
    assert book["Quality of reviews"].tables["Table4"].ref == "A1:M2"
