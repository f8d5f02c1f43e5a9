"""No value of a person is on any page: every name, identifier, birth date, postcode and free text of the
source is looked for in every file of the site.
"""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from sqlalchemy import text

from care_reviews.settings import PROJECT_ROOT
from care_reviews.site.words import day
from tests.faults.small_council import SCHEMA, engine
from tests.site.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

NAMES = {
    ("dim_person", "forename"),
    ("dim_person", "surname"),
    ("dim_worker", "forename"),
    ("dim_worker", "surname"),
}
# The name of records that were made to try the system out: a name of nobody.
NOBODY = {"Child", "Record"}
NUMBERS = {("dim_person", "nhs_number"), ("dim_person", "upn"), ("dim_worker", "staff_id")}
TEXTS = {
    ("fact_casenotes", "note_text"),
    ("fact_meetings", "meeting_comments"),
    ("fact_cla_placement", "postcode"),
}
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}")
# Numbers that runs are known by, and moments: chance makes their parts look like numbers of records.
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|T\d\d:\d\d:\d\d\.\d+")
# The words of the product itself: seeds that people decide, and what the pages and the checks say.
OWN_WORDS = ("dbt_project/seeds", "include/care_reviews/site", "expectations", "dbt_project/models")


@pytest.fixture(scope="module")
def tokens(site: Site) -> set[str]:
    """Every word and number of the site, as it stands in its files and as a browser shows it."""
    return {token for file in site.files for token in tokens_of(file.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def words(site: Site) -> str:
    return " ".join(unescape(file.read_text(encoding="utf-8")) for file in site.files)


@pytest.fixture(scope="module")
def own() -> set[str]:
    return {
        token
        for folder in OWN_WORDS
        for path in (PROJECT_ROOT / folder).rglob("*")
        if path.suffix in (".csv", ".py", ".html", ".css", ".yml", ".md", ".sql")
        for token in tokens_of(path.read_text(encoding="utf-8"))
    }


def tokens_of(words: str) -> set[str]:
    words = CHANCE.sub(" ", words)
    return set(re.findall(r"\w+", words)) | set(re.findall(r"\w+", unescape(words)))


def values(site: Site, columns: set[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    with engine(site.council.source).connect() as connection:
        for table, column in sorted(columns):
            query = text(f"select distinct {column}::text from {SCHEMA}.{table} where {column} is not null")
            found |= set(connection.scalars(query))
    return found


def test_no_name(site: Site, tokens: set[str]) -> None:
    names = values(site, NAMES)
    assert len(names) > 100
    found = (names & tokens) - NOBODY
    assert not found


def test_no_number_of_a_person(site: Site, tokens: set[str]) -> None:
    numbers = {value for value in values(site, NUMBERS) if re.search(r"\d", value)}
    assert len(numbers) > 100
    found = numbers & tokens
    assert not found


def test_no_identifier_of_a_record(site: Site, tokens: set[str], own: set[str]) -> None:
    """Counts are written with separators, so a plain number is a year, a rule or an id of the pipeline."""
    columns = {
        (row["table_name"], row["column_name"])
        for row in rows(
            site,
            "select table_name, column_name from information_schema.columns where table_schema = :schema "
            "and (column_name like '%\\_id' or column_name = 'legacy_id') and data_type = 'bigint'",
        )
    }
    identifiers = {value for value in values(site, columns) if len(value) > 3}
    years = {str(year) for year in range(2009, 2100)}
    assert len(identifiers) > 1000
    found = (identifiers & tokens) - own - years
    assert not found


def test_no_birth_date(site: Site, words: str) -> None:
    born = {
        dt.date.fromisoformat(row["born"])
        for row in rows(
            site,
            f"select distinct birth_dttm::date::text as born from {SCHEMA}.dim_person "
            "where birth_dttm is not null",
        )
    }
    shown = {
        row["shown"]
        for row in site.council.rows(
            "select as_known as shown from audit.extract "
            "union select valid_from from published.kpi_definition "
            "union select period_end from published.kpi_value "
            "union select published_at::date from published.publication"
        )
    }
    written = {
        form for birth in born - shown for form in (birth.isoformat(), f"{birth:%d/%m/%Y}", day(birth))
    }
    assert len(born) > 100
    found = written & set(DAY.findall(words))
    assert not found


def test_no_postcode_and_no_free_text(site: Site, words: str) -> None:
    texts = {value.strip() for value in values(site, TEXTS) if len(value.strip()) > 4}
    assert len(texts) > 10
    assert not [value for value in texts if value in words]


def test_the_source_of_these_tests_would_be_seen() -> None:
    assert "Piran" in tokens_of("<td>Piran&#39;s</td>")
    assert "1001" in tokens_of('<a href="x#1001">')
    assert "1001" in tokens_of("639db0a7-1d47-4616-9d5d-876acc952895-1001 T00:00:00.5 1001")
    born = dt.date(2011, 2, 3)
    for form in (born.isoformat(), f"{born:%d/%m/%Y}", day(born)):
        assert DAY.findall(f"<td>{form}T00:00</td>") == [form]


def rows(site: Site, query: str):  # type: ignore[no-untyped-def]
    with engine(site.council.source).connect() as connection:
        found = connection.execute(text(query), {"schema": SCHEMA} if ":schema" in query else {})
        return [dict(row) for row in found.mappings()]
