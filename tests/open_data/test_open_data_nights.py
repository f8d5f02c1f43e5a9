"""What two nights of the small council published, exported: every file says what the views say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from care_reviews import connections
from care_reviews.open_data import annex_a, export
from care_reviews.open_data.annex_a import HEADER
from tests import personal
from tests.conftest import AUTHORITY, Server
from tests.faults.small_council import LATER, Council, engine
from tests.open_data.reading import PARTS, SUFFIXES, pairs, rows_of, said_by_csv, workbook, workbook_rows
from tests.open_data.screener import problems
from tests.undisturbed import Undisturbed

Rows = list[dict[str, Any]]
# Between cells: two days side by side must not look like a third.
NEXT = "\nnext cell\n"
# Beside the other tests that need the same nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
CELLS = """select v.*, c.breakdown_name,
    case when c.category_name = v.category then v.category else v.category || ': ' || c.category_name end
        as category_said,
    d.denominator is not null as has_denominator, d.name, case v.period_grain
        when 'financial_year' then 'Financial year'
        when 'quarter' then 'Financial year Q' || (extract(month from v.period_start)::int + 8) % 12 / 3 + 1
    end as identifier, case v.period_grain
        when 'financial_year' then 0 when 'quarter' then 0 else 1 end as is_month
from published.kpi_value_as_known as v
inner join published.kpi_definition_as_known as d
    on d.publication_id = v.publication_id and d.measure_id = v.measure_id and d.valid_to is null
inner join published.dim_category_as_known as c
    on c.publication_id = v.publication_id and c.breakdown = v.breakdown and c.category = v.category
where v.as_known = :night"""


@pytest.fixture(scope="module")
def council(server: Server, undisturbed: Undisturbed) -> Iterator[Council]:
    council = Council.copied(server, undisturbed.source, undisturbed.after)
    yield council
    council.close()


@pytest.fixture(scope="module")
def files(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    reader = connections.make_engine(connections.role_url("bi_reader", council.warehouse))
    folder = export(reader, AUTHORITY, tmp_path_factory.mktemp("open"), as_known=LATER)
    yield {path.name: path.read_bytes() for path in folder.iterdir()}
    reader.dispose()


@pytest.fixture(scope="module")
def published(council: Council) -> Rows:
    return council.rows(CELLS, night=LATER)


def test_the_screener_has_nothing_to_say(files: dict[str, bytes]) -> None:
    found = {pair.data_name: [*problems(pair)] for pair in pairs(files)}
    assert len(found) > 20
    assert found == {name: [] for name in found}


def test_every_cell_of_csv_is_the_published_one(files: dict[str, bytes], published: Rows) -> None:
    said = said_by_csv(files)
    for cell in published:
        start, end = cell["period_start"], cell["period_end"]
        year = start.year - (start.month < 4)
        time = (
            (str(end.year), MONTHS[end.month - 1])
            if cell["is_month"]
            else (f"{year}{(year + 1) % 100:02}", cell["identifier"])
        )
        is_whole = cell["breakdown"] == "all"
        topic, category = ("Total",) * 2 if is_whole else (cell["breakdown_name"], cell["category_said"])
        for part in PARTS if cell["has_denominator"] else PARTS[:1]:
            key = (f"{cell['measure_id']}{SUFFIXES[part]}", cell["period_grain"], *time, topic, category)
            written = said.pop(key)
            assert written == cell["symbol"] if cell[part] is None else Decimal(written) == cell[part]
            assert cell["symbol"] != "c" or written == "c"
        state = said.pop((f"{cell['measure_id']}_provisional", cell["period_grain"], *time, topic, category))
        assert state == {"final": "0", "provisional": "1"}[cell["status"]]
    assert {*said.values()} <= {"z"}


def test_every_cell_of_the_workbook_is_the_published_one(files: dict[str, bytes], published: Rows) -> None:
    names = ("Value", "Numerator", "Denominator")
    book = workbook_rows(workbook(files))
    found = sorted(
        (
            str(row["Measure"]),
            str(row["Measure id"]),
            row["From"].date(),
            row["To"].date(),
            str(row["Category"]),
            *map(_text, map(row.get, names)),
        )
        for row in book
    )
    expected = []
    for cell in published:
        shown = [
            cell["symbol"]
            if cell[part] is None and (part == "value" or cell["has_denominator"])
            else cell[part]
            for part in PARTS
        ]
        category = "Total" if cell["breakdown"] == "all" else cell["category_said"]
        expected.append(
            (
                cell["name"],
                cell["measure_id"],
                cell["period_start"],
                cell["period_end"],
                category,
                *map(_text, shown),
            )
        )
    assert found == sorted(expected)
    assert any("c" in row[5:] for row in found)


def _text(value: object) -> str:
    """A number without zeros that say nothing, a symbol as it is, nothing as nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    return f"{Decimal(str(value)).normalize():f}"


@pytest.fixture(scope="module")
def annex(council: Council, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    analyst = connections.make_engine(connections.role_url("analyst", council.warehouse))
    folder = annex_a.export(analyst, AUTHORITY, tmp_path_factory.mktemp("annex"), as_known=LATER)
    analyst.dispose()
    (file,) = folder.glob("*.csv")
    return rows_of(file.read_bytes())


def test_no_person_is_in_any_file(council: Council, files: dict[str, bytes], annex: list[list[str]]) -> None:
    """Of the annex, for the analyst alone, but for days of care: on one of them another child may be born."""
    sought = personal.values_of(engine(council.source), engine(council.warehouse))
    words = {name: content.decode() for name, content in files.items() if name.endswith(".json")}
    for name in {*files} - {*words}:
        if name.endswith(".csv"):
            words[name] = NEXT.join(cell for row in rows_of(files[name]) for cell in row)
    for sheet in workbook(files).worksheets:
        rows = sheet.iter_rows(values_only=True)
        words[str(sheet.title)] = NEXT.join(str(cell) for row in rows for cell in row if cell is not None)
    assert personal.Search(sought).in_files(words) == {}
    days = _days_in_care(council)
    sought["birth dates"] = {value for value in sought["birth dates"] if value not in days}
    cells = NEXT.join(cell for row in annex for cell in row)
    assert personal.Search(sought)(cells) == {}


def _days_in_care(council: Council) -> set[str]:
    """Days of care and reviews, in every form."""
    days = council.rows(
        "select start_date as day from analysis.fct_period_of_care union select end_date from "
        "analysis.fct_period_of_care union select last_contact_date from analysis.fct_period_of_care "
        "union select held_date from analysis.fct_review"
    )
    return personal.written({row["day"] for row in days if row["day"]})


def test_annex_a_says_what_the_analyst_sees(council: Council, annex: list[list[str]]) -> None:
    header, *rows = annex
    assert header == [*HEADER]
    in_care = council.scalar(
        "select value from published.kpi_value_as_known where as_known = :night and period_end = :night "
        "and measure_id = 'children_looked_after' and period_grain = 'snapshot' and breakdown = 'all'",
        night=LATER,
    )
    assert sum(not ceased for *_, ceased in rows) == in_care
    assert any(contact for *_, contact, _ in rows)
    held = {
        (row["child_id"], f"{row['held']:%d/%m/%Y}")
        for row in council.rows(
            "select child_id, max(held_date) as held from analysis.fct_review_as_known "
            "where as_known = :night and held_date is not null group by child_id, period_id",
            night=LATER,
        )
    }
    assert {(child, latest) for child, _, latest, _, _ in rows if latest} <= held
