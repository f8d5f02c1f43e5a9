"""The report as a page: one template for screen and paper, every value escaped, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from care_reviews.report import numbers, palette
from care_reviews.report.document import Document
from care_reviews.web import text
from care_reviews.web.environment import environment, style_hash

HERE = Path(__file__).parent


def screen(document: Document) -> bytes:
    """The page for a browser, light and dark."""
    return _render(document, _style("common.css", "screen.css"), is_paper=False)


def paper(document: Document) -> bytes:
    """The page that the PDF is made of."""
    return _render(document, _style("common.css", "paper.css"), is_paper=True)


def _render(document: Document, style: str, is_paper: bool) -> bytes:
    # Ours, and without a value in it.
    given = {"style": Markup(style), "style_hash": style_hash(style), "is_paper": is_paper}  # noqa: S704
    return (_environment().get_template("report.html").render(document=document, **given) + "\n").encode()


def _style(*names: str) -> str:
    light, dark = palette.variables(palette.LIGHT), palette.variables(palette.DARK)
    colours = f":root {{ {light} }}\n"
    if "screen.css" in names:
        colours += f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    return colours + "".join((HERE / "templates" / name).read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment(HERE / "templates")
    made.filters |= {"day": text.day, "moment": text.moment}
    made.globals |= {"symbols": numbers.SYMBOLS, "target": numbers.target}
    return made
