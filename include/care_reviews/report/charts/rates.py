"""Percentages with the interval that chance gives them, last year's beside, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas
from care_reviews.report.charts.scale import Scale, label, ticks
from care_reviews.report.facts import Compared

LEFT, RIGHT = 10, 58
TOP, ROW, FOOT = 24, 40, 20
RADIUS = 5


@dataclass(frozen=True)
class Rate:
    """A percentage beside last year's, and its target."""

    label: str
    compared: Compared
    target: Decimal | None = None


def draw(name: str, alt: Markup, rates: Sequence[Rate]) -> Markup:
    """A row for each percentage. The axis need not start at zero; what is not published has no point."""
    axis = ticks(_values(rates) or [0.0, 100.0])
    axis = [value for value in axis if 0 <= value <= 100] or [0.0, 100.0]
    across = Scale(axis[0], axis[-1], LEFT, canvas.WIDTH - RIGHT)
    bottom = TOP + ROW * len(rates)
    marks = _legend(rates)
    for value in axis:
        marks.append(canvas.line(across(value), TOP, across(value), bottom, "grid"))
        anchor = "start" if value == axis[0] else "middle"
        marks.append(canvas.words(across(value), bottom + 14, label(value, "percent"), "soft", anchor))
    for place, rate in enumerate(rates):
        marks += _row(across, TOP + ROW * place, rate)
    return canvas.picture(name, alt, bottom + FOOT, marks)


def _values(rates: Sequence[Rate]) -> list[float]:
    found: list[Decimal | None] = []
    for rate in rates:
        one = rate.compared
        found += [one.now.value, one.before.value, one.lower_bound, one.upper_bound, rate.target]
    return [float(value) for value in found if value is not None]


def _row(across: Scale, y: float, rate: Rate) -> list[Markup]:
    one, middle = rate.compared, y + 26
    marks = [canvas.words(LEFT, y + 13, rate.label)]
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


def _legend(rates: Sequence[Rate]) -> list[Markup]:
    marks = [
        canvas.line(LEFT - 6, 8, LEFT + 14, 8, "whisker"),
        canvas.circle(LEFT + 4, 8, RADIUS, "series"),
        canvas.words(LEFT + 20, 12, "this year, 95% interval", "soft"),
        canvas.line(222, 1, 222, 15, "last"),
        canvas.words(229, 12, "the year before", "soft"),
    ]
    if any(rate.target is not None for rate in rates):
        marks += [canvas.line(352, 1, 352, 15, "target"), canvas.words(359, 12, "target", "soft")]
    return marks
