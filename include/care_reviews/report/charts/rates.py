"""Percentages with the interval that chance gives them, last year's beside, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas, legend
from care_reviews.report.charts.scale import Scale, label, ticks
from care_reviews.report.facts import Compared

LEFT, RIGHT = 10, 60
TOP, ROW, FOOT = 24, 40, 20
UNIT = "percent"
RADIUS = 5
# About as wide and high are the letters of a title.
LETTER, HIGH = 6.4, 14


@dataclass(frozen=True)
class Rate:
    """A percentage beside last year's, and its target."""

    label: str
    compared: Compared
    target: Decimal | None = None


def draw(name: str, alt: Markup, rates: Sequence[Rate]) -> Markup:
    """A row for each percentage. The axis need not start at zero; what is not published has no point."""
    axis = ticks(_values(rates) or [0.0, 100.0], UNIT)
    across = Scale(axis[0], axis[-1], LEFT, canvas.WIDTH - RIGHT)
    marks, more = legend.marks(_samples(rates), LEFT - 6)
    top = TOP + more
    titles, places, bottom = [], [], top
    for rate in rates:
        title, more = canvas.lines(LEFT, bottom + 13, rate.label)
        # What lies below a title would run through its letters.
        width = LETTER * min(len(rate.label), canvas.LINE_LETTERS)
        titles += [canvas.rect(LEFT - 2, bottom + 2, width, HIGH + more, "blank"), *title]
        places.append(bottom + more)
        bottom += ROW + more
    grid = []
    for value in axis:
        grid.append(canvas.line(across(value), top, across(value), bottom, "grid"))
        anchor = "start" if value == axis[0] else "middle"
        grid.append(canvas.words(across(value), bottom + 14, label(value, UNIT), "soft", anchor))
    for y, rate in zip(places, rates, strict=True):
        marks += _row(across, y, rate)
    return canvas.picture(name, alt, bottom + FOOT, [*grid, *titles, *marks])


def _values(rates: Sequence[Rate]) -> list[float]:
    found: list[Decimal | None] = []
    for rate in rates:
        one = rate.compared
        found += [one.now.value, one.before.value, one.lower_bound, one.upper_bound, rate.target]
    return [float(value) for value in found if value is not None]


def _row(across: Scale, y: float, rate: Rate) -> list[Markup]:
    """A percentage's marks; `y`: the top of the last line of its title."""
    one, middle = rate.compared, y + 26
    marks = []
    if one.lower_bound is not None and one.upper_bound is not None:
        marks.append(
            canvas.line(
                across(float(one.lower_bound)), middle, across(float(one.upper_bound)), middle, "whisker"
            )
        )
    if rate.target is not None:
        x = across(float(rate.target))
        marks.append(canvas.line(x, y + 16, x, y + 36, "target"))
    if one.before.value is not None:
        x = across(float(one.before.value))
        marks.append(canvas.line(x, middle - 7, x, middle + 7, "last"))
    if one.now.value is not None:
        marks.append(canvas.circle(across(float(one.now.value)), middle, RADIUS, "series"))
    marks.append(canvas.words(canvas.WIDTH - 2, middle + 4, numbers.shown(one.now), "label", "end"))
    return marks


def _samples(rates: Sequence[Rate]) -> list[tuple[legend.Sample, str]]:
    """The kinds of marks that there are, with their words."""
    wanted = (
        (
            legend.interval("series", "whisker"),
            "this year, 95% interval",
            [one.compared.now for one in rates],
        ),
        (legend.tick("last"), "the year before", [one.compared.before for one in rates]),
    )
    found = [
        (sample, title) for sample, title, cells in wanted if any(cell.value is not None for cell in cells)
    ]
    if any(rate.target is not None for rate in rates):
        found.append((legend.tick("target"), "target"))
    return found
