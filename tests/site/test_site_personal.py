"""No value of a person is on any page: every name, identifier, birth date, postcode and free text of the
source is looked for in every file of the site.
"""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from sqlalchemy import Engine

from care_reviews.settings import PROJECT_ROOT
from care_reviews.web.text import day
from tests import personal
from tests.faults.small_council import engine
from tests.site.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# The words of the product itself: seeds that people decide, and what the pages and the checks say.
OWN_WORDS = ("dbt_project/seeds", "include/care_reviews/site", "expectations", "dbt_project/models")


@pytest.fixture(scope="module")
def words(site: Site) -> str:
    return " ".join(file.read_text(encoding="utf-8") for file in site.files)


@pytest.fixture(scope="module")
def tokens(words: str) -> set[str]:
    return personal.tokens_of(words)


@pytest.fixture(scope="module")
def source(site: Site) -> Engine:
    return engine(site.council.source)


@pytest.fixture(scope="module")
def own() -> set[str]:
    return {
        token
        for folder in OWN_WORDS
        for path in (PROJECT_ROOT / folder).rglob("*")
        if path.suffix in (".csv", ".py", ".html", ".css", ".yml", ".md", ".sql")
        for token in personal.tokens_of(path.read_text(encoding="utf-8"))
    }


def test_no_name(source: Engine, tokens: set[str]) -> None:
    names = personal.names(source)
    found = names & tokens
    assert len(names) > 100
    assert not found


def test_no_number_of_a_person(source: Engine, tokens: set[str]) -> None:
    numbers = personal.numbers(source)
    found = numbers & tokens
    assert len(numbers) > 100
    assert not found


def test_no_identifier_of_a_record(source: Engine, tokens: set[str], own: set[str]) -> None:
    """Counts are written with separators, so a plain number is a year, a rule or an id of the pipeline."""
    identifiers = personal.identifiers(source)
    years = {str(year) for year in range(2009, 2100)}
    found = (identifiers & tokens) - own - years
    assert len(identifiers) > 1000
    assert not found


def test_no_birth_date(site: Site, source: Engine, words: str) -> None:
    born = personal.birth_dates(source, engine(site.council.warehouse))
    found = born & set(personal.DAY.findall(unescape(words)))
    assert len(born) > 100
    assert not found


def test_no_postcode_and_no_free_text(source: Engine, words: str) -> None:
    texts = personal.texts(source)
    found = [value for value in texts if value in words or value in unescape(words)]
    assert len(texts) > 10
    assert not found


def test_what_these_tests_look_for_would_be_seen() -> None:
    assert "Piran" in personal.tokens_of("<td>Piran&#39;s</td>")
    assert "1001" in personal.tokens_of('<a href="x#1001">')
    assert "1001" in personal.tokens_of("639db0a7-1d47-4616-9d5d-876acc952895-1001 T00:00:00.5 1001")
    born = dt.date(2011, 2, 3)
    assert personal.written({born}) == {"2011-02-03", "03/02/2011", day(born)}
    for form in personal.written({born}):
        assert personal.DAY.findall(f"<td>{form}T00:00</td>") == [form]
