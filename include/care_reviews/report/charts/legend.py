"""The words for the marks of a chart, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from care_reviews.report.charts import canvas

LINES = ("limit", "trial", "target")
HIGH = 17


def marks(kinds: Sequence[tuple[str, str]], left: float) -> tuple[list[Markup], float]:
    """Marks with their words, and how much higher than one line they are."""
    found, x, y = [], left, 8.0
    for kind, title in kinds:
        width = 36 + 6 * len(title)
        if x > left and x + width > canvas.WIDTH + 12:
            x, y = left, y + HIGH
        found += [_sample(kind, x, y), canvas.words(x + 21, y + 4, title, "soft")]
        x += width
    return found, y - 8.0


def _sample(kind: str, x: float, y: float) -> Markup:
    if kind in LINES:
        return canvas.line(x, y, x + 16, y, kind)
    if kind == "hollow":
        return canvas.circle(x + 8, y, 3.5, kind)
    return canvas.diamond(x + 8, y, 5, kind)
