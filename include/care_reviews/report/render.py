"""The report as a page: one template for screen and paper, every value escaped, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from care_reviews.report import numbers, style
from care_reviews.report.document import Document
from care_reviews.web import text
from care_reviews.web.environment import environment


def screen(document: Document) -> bytes:
    """The page for a browser, light and dark."""
    return _render(document, style.screen(), is_paper=False)


def paper(document: Document) -> bytes:
    """The page that the PDF is made of."""
    return _render(document, style.paper(), is_paper=True)


def _render(document: Document, sheet: str, is_paper: bool) -> bytes:
    given = {**style.given(sheet), "is_paper": is_paper}
    return (_environment().get_template("report.html").render(document=document, **given) + "\n").encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return readable(environment(style.TEMPLATES))


def readable(made: Environment) -> Environment:
    """An environment with what the report's parts use: days, moments, symbols and targets."""
    made.filters |= {"day": text.day, "moment": text.moment}
    made.globals |= {"symbols": numbers.SYMBOLS, "target": numbers.target}
    return made
