"""The style of a report's pages: the colours of the palette, then the rules for screens or for paper."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from care_reviews.report import palette
from care_reviews.web.environment import style_hash

TEMPLATES = Path(__file__).parent / "templates"


def screen(*more: Path) -> str:
    """The style of a page for browsers, light and dark; `more` are files of rules that come after."""
    light, dark = palette.variables(palette.LIGHT), palette.variables(palette.DARK)
    colours = f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    return colours + _rules(TEMPLATES / "common.css", TEMPLATES / "screen.css", *more)


def paper() -> str:
    """The style of the page that a PDF is made of."""
    return f":root {{ {palette.variables(palette.PAPER)} }}\n" + _rules(
        TEMPLATES / "common.css", TEMPLATES / "paper.css"
    )


def given(sheet: str) -> dict[str, object]:
    """What a template needs of a style: its text, and the digest that the page's policy allows."""
    # Ours, and without a value of the data in it: the only text that is not escaped.
    return {"style": Markup(sheet), "style_hash": style_hash(sheet)}  # noqa: S704


def _rules(*files: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in files)
