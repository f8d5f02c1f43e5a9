"""Pages in a real browser: Debian's Chromium, and what is asked of every page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

OUTLINE = "e => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth)]"
REACHABLE = "a[href], [tabindex='0']"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Started once for the tests of a module."""
    path = shutil.which("chromium")
    assert path, "the pages are tested in Chromium: apt install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


def axe_finds(page: Page, *rules: str) -> list[tuple[str, str]]:
    """What axe finds wrong on an open page, by all of its rules or by some: rule and element."""
    # Every node that passes is not told: of a long page that is most of the work.
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found: dict[str, Any] = Axe().run(page, options=options).response
    assert found["passes"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


def is_as_wide_as_its_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def walks_by_keyboard(page: Page, skip: str) -> None:
    """The keyboard reaches the link that skips first, then everything, each with an outline, then nothing."""
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.inner_text() == skip
    box = first.bounding_box()
    assert box
    assert box["x"] >= 0
    wanted = page.locator(REACHABLE).count()
    for _ in range(wanted - 1):
        page.keyboard.press("Tab")
        style, width = page.locator(":focus").evaluate(OUTLINE)
        assert (style, width >= 2) == ("solid", True), page.locator(":focus").evaluate("e => e.outerHTML")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 0  # that was the last
