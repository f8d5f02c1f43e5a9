"""The PDF for readers who hear it: language, title, outline, headings, tables, texts for figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from tests.report.conftest import HOSTILE, Reported
from tests.report.reading import pdf_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]


@pytest.fixture(scope="module")
def pdf(reported: Reported) -> PdfReader:
    return pdf_of(reported.pdf)


def root(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"]


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure below a node."""
    kids = node.get("/K", []) if hasattr(node, "get") else []
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if hasattr(kid, "get") and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def tagged(pdf: PdfReader) -> list[Any]:
    return list(elements(root(pdf)["/StructTreeRoot"]))


def tags(tagged: list[Any], name: str) -> list[Any]:
    return [each for each in tagged if each["/S"] == name]


def test_it_says_its_language_and_its_title(pdf: PdfReader) -> None:
    assert root(pdf)["/Lang"] == "en-GB"
    assert root(pdf)["/MarkInfo"]["/Marked"]
    assert root(pdf)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata
    assert pdf.metadata.title == f"Annual report of the Independent Reviewing Service 2019/20, {HOSTILE}"


def test_its_outline_is_the_sections_and_their_figures(pdf: PdfReader, reported: Reported) -> None:
    top = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    ids = [given["id"] for tag, given in reported.page.tags if tag == "h2" and given["id"] != "contents"]
    assert len(top) == len(ids)
    assert top[0] == "The year at a glance"
    assert any(isinstance(entry, list) and entry for entry in pdf.outline)


def test_its_headings_are_tagged_and_skip_no_level(tagged: list[Any], reported: Reported) -> None:
    found = [int(each["/S"][2:]) for each in tagged if each["/S"] in ("/H1", "/H2", "/H3", "/H4")]
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found))
    assert len(found) == sum(tag in ("h1", "h2", "h3", "h4") for tag, _ in reported.page.tags)


def test_a_figure_stands_on_one_page(pdf: PdfReader, reported: Reported) -> None:
    """Its headline, and all of its table: the caption that goes before, and the last cell."""
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    figures = re.findall('<section class="figure".*?</section>', reported.page.source, re.DOTALL)
    for figure in figures:
        said = re.findall("<(?:h3|caption) [^>]*>(.*?)</(?:h3|caption)>", figure)
        headline, caption = (" ".join(unescape(re.sub("<[^>]*>", "", words)).split()) for words in said)
        places = [number for number, words in enumerate(pages) if headline in words and caption in words]
        assert len(places) == 1, headline
        *_, last = re.findall(r'<th scope="row">(.*?)</th>', figure)
        assert unescape(last) in pages[places[0]].split(caption, 1)[1], headline
    assert len(figures) > 20


def test_its_tables_have_headers_that_their_cells_name(tagged: list[Any], reported: Reported) -> None:
    """A table that would run over a page stands on the next one, whole, with its caption."""
    written = [tag for tag, _ in reported.page.tags]
    assert len(tags(tagged, "/Table")) == written.count("table") > 10
    headers = {each["/ID"] for each in tags(tagged, "/TH")}
    cells = tags(tagged, "/TD")
    assert len(cells) == written.count("td")
    assert all(each["/A"]["/Headers"] and set(each["/A"]["/Headers"]) <= headers for each in cells)


def test_each_figure_has_a_text_that_is_its_headline(tagged: list[Any], reported: Reported) -> None:
    figures = tags(tagged, "/Figure")
    assert len(figures) == len(reported.page.alts) > 10
    assert sorted(str(each["/Alt"]).split() for each in figures) == sorted(
        alt.split() for alt in reported.page.alts
    )
