"""Bars of counts by category, one or two side by side, with a mark for last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas, legend
from care_reviews.report.charts.scale import Scale
from care_reviews.report.facts import Cell

LEFT, ROOM = 4, 66
THICK, GAP, HEAD = 13, 12, 15
SIZE_FOOT = 11  # from the top of a line to the foot of its text
LEGEND_HEIGHT = 22


@dataclass(frozen=True)
class Bar:
    """A category with a cell for each series, last year's of the first, and what is wanted of it."""

    label: str
    cells: tuple[Cell, ...]
    last: Cell | None = None
    wanted: tuple[Decimal, ...] = ()


def draw(name: str, alt: Markup, bars: Sequence[Bar], series: Sequence[str] = ()) -> Markup:
    """Bars from zero. Of a cell without a value there is no bar, and its symbol stands at zero."""
    shown = [cell for bar in bars for cell in (*bar.cells, *([bar.last] if bar.last else []))]
    values = [cell.value for cell in shown if cell.value is not None]
    top = max((float(value) for bar in bars for value in (*values, *bar.wanted)), default=1.0) or 1.0
    across = Scale(0, top, LEFT, canvas.WIDTH - ROOM)
    marks, head = _legend(bars, series)
    y = head
    for bar in bars:
        title, more = canvas.lines(LEFT + 5, y + SIZE_FOOT, bar.label)
        marks += title
        y += HEAD + 2 + more
        x = None if bar.last is None or bar.last.value is None else across(float(bar.last.value))
        ends = [across(float(end)) for end in bar.wanted]
        if len(ends) > 1:
            marks.append(canvas.rect(ends[0], y - 2, ends[-1] - ends[0], THICK + 2, "band"))
        for kind, cell in zip(("series", "second"), bar.cells, strict=False):
            marks += _bar(across, y, cell, kind, x)
            y += THICK + 1
        marks += [canvas.line(end, y - THICK - 5, end, y + 1, "target") for end in ends]
        if x is not None:
            marks.append(canvas.line(x, y - THICK - 4, x, y + 2, "last"))
        y += GAP - 3
    marks.append(canvas.line(LEFT, head, LEFT, y - 4, "centre"))
    return canvas.picture(name, alt, y, marks)


def _legend(bars: Sequence[Bar], series: Sequence[str]) -> tuple[list[Markup], float]:
    """The legend, and where what is below it begins."""
    samples = [(legend.box(kind), title) for kind, title in zip(("series", "second"), series, strict=False)]
    if any(bar.last is not None and bar.last.value is not None for bar in bars):
        samples.append((legend.tick("last"), "the year before"))
    for said in dict.fromkeys(_wanted(bar) for bar in bars if bar.wanted):
        samples.append((legend.tick("target"), said))
    marks, more = legend.marks(samples, LEFT)
    return marks, LEGEND_HEIGHT + more if samples else 2.0


def _wanted(bar: Bar) -> str:
    return "target: " + " to ".join(numbers.target(end, bar.cells[0].unit) for end in bar.wanted)


def _bar(across: Scale, y: float, cell: Cell, kind: str, last: float | None) -> list[Markup]:
    """A bar with its value, which stands behind last year's mark where that would go through it."""
    if cell.value is None:
        return [canvas.words(LEFT + 6, y + SIZE_FOOT, numbers.plain(cell), "soft")]
    end, value = across(float(cell.value)), numbers.plain(cell)
    is_crossed = last is not None and end <= last <= end + 9 + 7 * len(value)
    return [
        canvas.rect(LEFT, y, max(end - LEFT, 0), THICK - 2, kind),
        canvas.words((last if is_crossed and last else end) + 7, y + SIZE_FOOT - 0.5, value),
    ]
