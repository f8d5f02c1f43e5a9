"""The marks that charts are made of, as SVG: each has a class for screens, and its colours for paper.

Lengths are in units of a picture that is about as wide as a phone shows it, so that its texts can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap

from markupsafe import Markup

from care_reviews.report.palette import PAPER

WIDTH = 350
# Letters of a line, of a font of a screen that is wide; and how far lines are apart.
LINE_LETTERS, LINE = 46, 14
SIZE = 12
INK = {
    "label": {"fill": "ink"},
    "soft": {"fill": "soft"},
    "blank": {"fill": "paper"},
    "grid": {"stroke": "line", "stroke-width": "1"},
    "series-line": {"stroke": "series", "stroke-width": "1.75", "fill": "none"},
    "series": {"fill": "series", "stroke": "series", "stroke-width": "1.5"},
    "second": {"fill": "second", "stroke": "second", "stroke-width": "1.5"},
    "hollow": {"fill": "paper", "stroke": "series", "stroke-width": "1.5"},
    "signal": {"fill": "signal", "stroke": "paper", "stroke-width": "1"},
    "open-signal": {"fill": "paper", "stroke": "signal", "stroke-width": "2"},
    "last": {"stroke": "last", "stroke-width": "2.5", "fill": "none"},
    "band": {"fill": "band"},
    "limit": {"stroke": "soft", "stroke-width": "1", "stroke-dasharray": "5 3"},
    "trial": {"stroke": "soft", "stroke-width": "1.25", "stroke-dasharray": "1 3"},
    "centre": {"stroke": "soft", "stroke-width": "1"},
    "whisker": {"stroke": "series", "stroke-width": "1.5"},
    "target": {"stroke": "ink", "stroke-width": "1.5", "stroke-dasharray": "2 2"},
}


def picture(name: str, alt: Markup, height: float, marks: Iterable[Markup]) -> Markup:
    """A picture with a text in its place. `alt` may hold marked numbers: their text alone is taken."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{}" '
        'viewBox="0 0 {} {}" font-family="Source Sans Pro" font-size="{}"><title id="{}">{}</title>{}</svg>'
    ).format(name, WIDTH, _n(height), SIZE, name, alt.striptags(), Markup("").join(marks))


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return _mark("line", kind, x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2))


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return _mark("rect", kind, x=_n(x), y=_n(y), width=_n(width), height=_n(height))


def circle(x: float, y: float, radius: float, kind: str) -> Markup:
    return _mark("circle", kind, cx=_n(x), cy=_n(y), r=_n(radius))


def diamond(x: float, y: float, radius: float, kind: str) -> Markup:
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return _mark("polygon", kind, points=" ".join(f"{_n(a)},{_n(b)}" for a, b in corners))


def path(points: Iterable[tuple[float, float]], kind: str) -> Markup:
    """A line through points."""
    return _mark("polyline", kind, points=" ".join(f"{_n(x)},{_n(y)}" for x, y in points))


def words(x: float, y: float, said: str | Markup, kind: str = "label", anchor: str = "start") -> Markup:
    """A text, its foot at y. What is marked in it stays marked no more: the table has the marks."""
    text = said.striptags() if isinstance(said, Markup) else said
    return Markup('<text x="{}" y="{}" text-anchor="{}" {}>{}</text>').format(
        _n(x), _n(y), anchor, _attributes(kind), text
    )


def lines(x: float, y: float, said: str) -> tuple[list[Markup], float]:
    """A text in as many lines as it needs, and how much higher than one line they are."""
    found = wrap(said, LINE_LETTERS) or [""]
    return [words(x, y + LINE * number, part) for number, part in enumerate(found)], LINE * (len(found) - 1)


def _mark(tag: str, kind: str, **places: str) -> Markup:
    return Markup("<{} {} {}/>").format(tag, _pairs(places), _attributes(kind))


def _attributes(kind: str) -> Markup:
    return _pairs({"class": kind} | {name: PAPER.get(value, value) for name, value in INK[kind].items()})


def _pairs(given: Mapping[str, str]) -> Markup:
    return Markup(" ").join(Markup('{}="{}"').format(name, value) for name, value in given.items())


def _n(value: float) -> str:
    """A length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
