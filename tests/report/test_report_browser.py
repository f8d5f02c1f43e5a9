"""The report and the board's pages in a real browser: axe, keyboard, narrow screens, dark ones and paper."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe_finds, is_as_wide_as_its_screen, walks_by_keyboard
from tests.report.conftest import Reported

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

REPORT = "report"
# Texts of charts that lie on each other or outside their chart, and those that are too small to read.
TEXTS = """() => [...document.querySelectorAll("svg.chart")].flatMap(chart => {
  const frame = chart.getBoundingClientRect()
  const texts = [...chart.querySelectorAll("text")]
  const found = texts.map(text => [text.textContent, text.getBoundingClientRect()])
  const isOut = box => box.left < frame.left - 1 || box.right > frame.right + 1
    || box.bottom > frame.bottom + 1
  const meet = (one, two) => Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1
    && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 3
  const isFaint = 12 * frame.width / chart.viewBox.baseVal.width < 11
  return found.filter(([, box], place) => isFaint || isOut(box)
    || found.slice(place + 1).some(([, other]) => meet(box, other))).map(([words]) => words)
})"""
# Captions of wide tables that would have to be scrolled to be read.
CAPTIONS = """[...document.querySelectorAll("caption")].filter(caption => {
  const words = document.createRange()
  words.selectNodeContents(caption)
  return words.getBoundingClientRect().right > caption.closest(".table").getBoundingClientRect().right
}).map(caption => caption.textContent)"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
# The first page, one of an area, and of measures one with all parts, one without months, one whose months
# have gaps, and one with a band for its target and no categories.
KINDS = (
    REPORT,
    "index.html",
    "area",
    "measure-participation.html",
    "measure-alerts_per_100_children.html",
    "measure-overdue_reviews.html",
    "measure-caseload_per_fte.html",
)


def address(reported: Reported, kind: str) -> str:
    if kind == REPORT:
        return reported.pack.page.as_uri()
    if kind == "area":
        return min(reported.folder.glob("area-*.html")).as_uri()
    return (reported.folder / kind).as_uri()


def opened(browser: Browser, reported: Reported, kind: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(address(reported, kind))
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, reported: Reported, kind: str) -> None:
    """Every rule on a light screen; on a dark one those of contrast, as nothing but colours differs."""
    page = opened(browser, reported, kind, color_scheme="light")
    light = page.evaluate(BACKGROUND)
    assert axe_finds(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_finds(page, "color-contrast") == []
    assert page.evaluate(BACKGROUND) != light
    page.close()


def test_names_are_unique_on_every_page(reported: Reported) -> None:
    """What axe would ask of pages that differ from those above in their numbers and names alone."""
    assert len(reported.board) > 50
    for name, page in reported.board.items():
        ids = Counter(given["id"] for _, given in page.tags if "id" in given)
        assert [each for each, count in ids.items() if count > 1] == [], name
        named = {given["aria-labelledby"] for _, given in page.tags if "aria-labelledby" in given}
        assert named <= set(ids), name
        captions = Counter(page.captions)
        assert [each for each, count in captions.items() if count > 1] == [], name
        levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_no_page_is_wider_than_a_narrow_screen_asks_elsewhere_or_breaks_its_policy(
    browser: Browser, reported: Reported
) -> None:
    page, asked, said = browser.new_page(viewport={"width": 360, "height": 740}), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    files = [reported.pack.page, *sorted(reported.folder.glob("*.html"))]
    for file in files:
        page.goto(file.as_uri())
        assert is_as_wide_as_its_screen(page), file.name
        assert page.evaluate(TEXTS) == [], file.name
        assert page.evaluate(CAPTIONS) == [], file.name
    assert page.evaluate("document.documentElement.clientWidth") == 360
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # its style holds
    assert asked == [file.as_uri() for file in files]
    assert said == []
    page.close()


@pytest.mark.parametrize(
    ("kind", "skip"),
    [
        (REPORT, "Skip to the report"),
        ("index.html", "Skip to the content"),
        (KINDS[3], "Skip to the content"),
    ],
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, reported: Reported, kind: str, skip: str
) -> None:
    page = opened(browser, reported, kind)
    walks_by_keyboard(page, skip)
    page.goto(address(reported, kind))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


@pytest.mark.parametrize("kind", KINDS[:4])
def test_paper_is_white_and_has_no_navigation(browser: Browser, reported: Reported, kind: str) -> None:
    page = opened(browser, reported, kind, viewport={"width": 680, "height": 960}, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"
    assert is_as_wide_as_its_screen(page)
    page.close()


def test_every_link_leads_somewhere(reported: Reported) -> None:
    for name, page in reported.board.items():
        places = {given["id"] for _, given in page.tags if "id" in given}
        for tag, given in page.tags:
            if tag == "a":
                file, _, place = given["href"].partition("#")
                assert (reported.folder / (file or name)).is_file(), given["href"]
                assert not place or place in places, given["href"]
