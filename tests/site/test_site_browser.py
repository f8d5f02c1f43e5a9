"""The pages in a real browser: axe finds nothing, the keyboard reaches all, narrow screens and paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe_finds, is_as_wide_as_its_screen, walks_by_keyboard
from tests.site.conftest import Site
from tests.site.test_site_nights import NIGHT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

# One page of each template, and of a gate the one with the most states.
PAGES = (
    "index.html",
    *(f"publication-2/{name}" for name in sorted(NIGHT - {"source.html", "care.html", "marts.html"})),
    "blocked-3/index.html",
    "blocked-3/marts.html",
)


def opened(browser: Browser, site: Site, name: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto((site.folder / name).as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, site: Site, name: str) -> None:
    """Every rule on a light screen; on a dark one those of contrast, as nothing but colours differs."""
    page = opened(browser, site, name, color_scheme="light")
    assert axe_finds(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_finds(page, "color-contrast") == []
    page.close()


def test_axe_would_find_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<html><body><img src='x'><p style='color: #eee; background: #fff'>faint</p></body></html>"
    )
    found = {rule for rule, _ in axe_finds(page)}
    assert {"image-alt", "color-contrast", "html-has-lang", "document-title"} <= found
    page.close()


def test_light_and_dark_differ(browser: Browser, site: Site) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    shades = [
        opened(browser, site, "index.html", color_scheme=scheme).evaluate(background)
        for scheme in ("light", "dark")
    ]
    assert len(set(shades)) == 2


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_itself_alone_and_breaks_no_policy(browser: Browser, site: Site, name: str) -> None:
    page, asked, said = browser.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((site.folder / name).as_uri())
    assert asked == [(site.folder / name).as_uri()]
    assert said == []
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # its style holds
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_shows_the_whole_width(browser: Browser, site: Site, name: str) -> None:
    page = opened(browser, site, name, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.clientWidth") == 360
    assert is_as_wide_as_its_screen(page)
    page.close()


@pytest.mark.parametrize("name", ["index.html", "publication-2/index.html", "publication-2/inputs.html"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, site: Site, name: str
) -> None:
    page = opened(browser, site, name)
    walks_by_keyboard(page, "Skip to the answer")
    page.close()


def test_the_skip_link_leads_to_the_answer(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "publication-2/evidence.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_the_answer_and_no_navigation(browser: Browser, site: Site, name: str) -> None:
    page = opened(browser, site, name, viewport={"width": 680, "height": 960}, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert is_as_wide_as_its_screen(page)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
