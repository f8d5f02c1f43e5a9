"""Pages with wide tables: paper cuts nothing off, a narrow screen wraps words and shows what goes on, the
newest comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from care_reviews.site.render import night_pages
from tests.browser import is_as_wide_as_its_screen
from tests.report.reading import pdf_of, words_of
from tests.site import made_up

# What A4 leaves between the margins of the pages, in the browser's pixels.
PAPER = ViewportSize(width=680, height=986)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("years")
    for name, words in night_pages(made_up.night()).items():
        (made / name).write_bytes(words)
    return made


PAGES = ("definitions.html", "quality.html", "teams.html", "source.html")


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_every_column(browser: Browser, folder: Path, name: str) -> None:
    page = browser.new_page(viewport=PAPER)
    page.goto((folder / name).as_uri())
    page.emulate_media(media="print")
    assert is_as_wide_as_its_screen(page)
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_shows_what_a_table_and_its_rules_are_called(
    browser: Browser, folder: Path, name: str
) -> None:
    """Captions, and the words of a rule above its months, wrap within the screen, however wide the table."""
    page = browser.new_page(viewport=ViewportSize(width=360, height=740))
    page.goto((folder / name).as_uri())
    assert is_as_wide_as_its_screen(page)
    edges = page.locator(".within").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert edges
    assert max(edges) <= 360
    page.close()


def shadows(page: Page, scrolled: int) -> str:
    """What is drawn at the sides of the first table of definitions, when it is scrolled so far."""
    table = page.locator(".table").first
    table.evaluate("(e, left) => e.scrollTo(left, 0)", scrolled)
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    return str(table.evaluate("e => getComputedStyle(e).boxShadow"))


def test_a_table_that_goes_on_at_a_side_shows_it(browser: Browser, folder: Path) -> None:
    """A number that is cut off looks like a smaller one."""
    page = browser.new_page(viewport=ViewportSize(width=360, height=740))
    page.goto((folder / "definitions.html").as_uri())
    right, left = (f" {side}20px 0px 12px -12px inset" for side in ("-", ""))
    found = [shadows(page, place) for place in (0, 100, 100_000)]
    assert [(right in each, left in each) for each in found] == [(True, False), (True, True), (False, True)]
    page.close()
    page = browser.new_page(viewport=ViewportSize(width=1280, height=740))
    page.goto((folder / "definitions.html").as_uri())
    assert shadows(page, 0) == "none"
    page.close()


def test_paper_has_the_newest_value_before_the_oldest(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "definitions.html").as_uri())
    said = words_of(pdf_of(page.pdf(prefer_css_page_size=True)))
    places = [said.find(f"{1000 + month:,}") for month in range(made_up.MONTHS)]
    assert min(places) > 0
    assert [said.find(year) for year in ("2019/20", "2018/19", "2017/18")] == sorted(
        said.find(year) for year in ("2019/20", "2018/19", "2017/18")
    )
    assert places[-1] < places[0]
    page.close()
