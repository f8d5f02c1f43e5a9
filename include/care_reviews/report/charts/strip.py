"""Counts of months as tiles, a row for each year, where too little is shown to draw a course."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas, legend
from care_reviews.report.facts import Cell

LEFT, TOP, HEAD = 58, 26, 18
WIDE, HIGH, GAP = 24, 26, 3
# How a tile and its text look.
PAINT = {"none": ("hollow", "label"), "some": ("series", "blank"), "hidden": ("band", "label")}
WORDS = {"none": "none", "some": "one or more", "hidden": "not known or not published"}


def draw(
    name: str, alt: Markup, months: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell | None]]]
) -> Markup:
    """A tile says the count of its month, or its symbol: filled where there is one or more, empty where there
    is none, and grey without an outline where no value is shown. A month without a cell has no tile.
    """
    kinds = {_kind(cell) for _, cells in rows for cell in cells if cell is not None}
    samples = [(legend.box(PAINT[kind][0]), WORDS[kind]) for kind in WORDS if kind in kinds]
    marks, more = legend.marks(samples, LEFT)
    y = TOP + more
    # Every other name, as there is no room for all in a wide font.
    for place, month in list(enumerate(months))[::2]:
        marks.append(canvas.words(_middle(place), y + 11, month[:3], "soft", "middle"))
    y += HEAD
    for title, cells in rows:
        marks.append(canvas.words(LEFT - 6, y + 17, title, "label", "end"))
        for place, cell in enumerate(cells):
            if cell is None:
                continue
            tile, text = PAINT[_kind(cell)]
            marks.append(canvas.rect(LEFT + place * WIDE, y, WIDE - GAP, HIGH - GAP, tile))
            marks.append(canvas.words(_middle(place), y + 16, numbers.plain(cell), text, "middle"))
        y += HIGH
    return canvas.picture(name, alt, y + 4, marks)


def _middle(place: int) -> float:
    return LEFT + place * WIDE + (WIDE - GAP) / 2


def _kind(cell: Cell) -> str:
    if cell.value is None:
        return "hidden"
    return "some" if cell.value else "none"
