"""The report and the board's pages in a real browser: axe, keyboard, narrow screens, dark ones and paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe_finds, is_as_wide_as_its_screen, walks_by_keyboard
from tests.report.conftest import Reported

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

REPORT = "report"
# One page of each template, of a measure with months and history, and of one without months.
KINDS = (REPORT, "index.html", "measure-participation.html", "measure-alerts_per_100_children.html", "area")


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


def test_axe_finds_nothing_on_any_page(browser: Browser, reported: Reported) -> None:
    page = browser.new_page(color_scheme="light")
    files = [reported.pack.page, *sorted(reported.folder.glob("*.html"))]
    assert len(files) > 50
    for file in files:
        page.goto(file.as_uri())
        assert axe_finds(page) == [], file.name
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_dark_screen_has_contrast_and_other_colours(
    browser: Browser, reported: Reported, kind: str
) -> None:
    page = opened(browser, reported, kind, color_scheme="dark")
    assert axe_finds(page, "color-contrast") == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 28)"
    page.close()


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
    assert page.evaluate("document.documentElement.clientWidth") == 360
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # its style holds
    assert asked == [file.as_uri() for file in files]
    assert said == []
    page.close()


@pytest.mark.parametrize(
    ("kind", "skip"),
    [(REPORT, "Skip to the report"), *((kind, "Skip to the content") for kind in KINDS if kind != REPORT)],
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


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_white_and_has_no_navigation(browser: Browser, reported: Reported, kind: str) -> None:
    page = opened(browser, reported, kind, viewport={"width": 680, "height": 960}, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
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
