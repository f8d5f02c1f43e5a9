"""The words for the marks of a chart, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from care_reviews.report.charts import canvas

HIGH = 17
Sample = Callable[[float, float], Sequence[Markup]]


def marks(samples: Sequence[tuple[Sample, str]], left: float) -> tuple[list[Markup], float]:
    """Samples with their words, and how much higher than one line they are."""
    found, x, y = [], left, 8.0
    for sample, title in samples:
        width = 36 + 6 * len(title)
        if x > left and x + width > canvas.WIDTH + 12:
            x, y = left, y + HIGH
        found += [*sample(x, y), canvas.words(x + 21, y + 4, title, "soft")]
        x += width
    return found, y - 8.0


def line(kind: str) -> Sample:
    """A line from left to right."""
    return lambda x, y: (canvas.line(x, y, x + 16, y, kind),)


def tick(kind: str) -> Sample:
    """A line across."""
    return lambda x, y: (canvas.line(x + 12, y - 7, x + 12, y + 7, kind),)


def circle(kind: str) -> Sample:
    return lambda x, y: (canvas.circle(x + 8, y, 3.5, kind),)


def diamond(kind: str) -> Sample:
    return lambda x, y: (canvas.diamond(x + 8, y, 5, kind),)


def box(kind: str) -> Sample:
    """A piece of a bar."""
    return lambda x, y: (canvas.rect(x + 4, y - 5, 11, 9, kind),)


def interval(kind: str, around: str) -> Sample:
    """A point on a line."""
    return lambda x, y: (canvas.line(x, y, x + 16, y, around), canvas.circle(x + 8, y, 5, kind))
