"""A measure month by month with the limits of its usual variation: signals by shape as well as colour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas
from care_reviews.report.charts.scale import Scale, label, ticks
from care_reviews.report.facts import Cell, Point

LEFT, RIGHT, TOP, BOTTOM, FOOT = 44, 40, 26, 196, 34


def draw(name: str, alt: Markup, points: Sequence[Point], firsts: Sequence[Cell | None] = ()) -> Markup:
    """The months from left to right. A month without a value is a gap with its symbol at the foot.

    `firsts`: what was published first for each month, where it is another value now.
    """
    axis = ticks(_values(points, firsts) or [0.0, 1.0])
    up = Scale(axis[0], axis[-1], BOTTOM, TOP)
    along = Scale(0, max(len(points) - 1, 1), LEFT + 8, canvas.WIDTH - RIGHT)
    unit = points[0].cell.unit if points else ""
    marks = [_band(up, points[-1])] if points else []
    for value in axis:
        marks.append(canvas.line(LEFT, up(value), canvas.WIDTH - RIGHT + 8, up(value), "grid"))
        marks.append(canvas.words(LEFT - 6, up(value) + 4, label(value, unit), "soft", "end"))
    marks += _lines(up, points[-1], unit) if points else []
    marks += _course(up, along, points)
    for place, first in enumerate(firsts):
        if first is not None and first.value is not None:
            marks.append(canvas.diamond(along(place), up(float(first.value)), 4.5, "last"))
    marks += _ends(up, along, points)
    marks += _months(along, points)
    return canvas.picture(name, alt, BOTTOM + FOOT, [*marks, *_legend(points, firsts)])


def _values(points: Sequence[Point], firsts: Sequence[Cell | None]) -> list[float]:
    found: list[Decimal | None] = [point.value for point in points]
    found += [first.value for first in firsts if first is not None]
    if points:
        found += [points[-1].lower_limit, points[-1].upper_limit, points[-1].target, points[-1].target_upper]
    return [float(value) for value in found if value is not None]


def _band(up: Scale, point: Point) -> Markup:
    if point.upper_limit is None or point.lower_limit is None:
        return Markup("")
    top, low = up(float(point.upper_limit)), up(float(point.lower_limit))
    return canvas.rect(LEFT, top, canvas.WIDTH - RIGHT + 8 - LEFT, low - top, "band")


def _lines(up: Scale, point: Point, unit: str) -> list[Markup]:
    kinds = (
        ("limit", point.upper_limit),
        ("limit", point.lower_limit),
        ("centre", point.centre if point.upper_limit is not None else None),
        ("target", point.target),
        ("target", point.target_upper),
    )
    marks = []
    for kind, value in kinds:
        if value is not None:
            y = up(float(value))
            marks.append(canvas.line(LEFT, y, canvas.WIDTH - RIGHT + 8, y, kind))
            if kind == "target":
                marks.append(
                    canvas.words(canvas.WIDTH - RIGHT + 10, y + 4, f"{label(float(value), unit)}", "soft")
                )
    return marks


def _course(up: Scale, along: Scale, points: Sequence[Point]) -> list[Markup]:
    places = [
        (along(place), up(float(point.value))) if point.value is not None else None
        for place, point in enumerate(points)
    ]
    marks, stretch = [], []
    for place in [*places, None]:
        if place is not None:
            stretch.append(place)
        else:
            marks += [canvas.path(stretch, "series-line")] if len(stretch) > 1 else []
            stretch = []
    return marks + [_point(along(number), places[number], point) for number, point in enumerate(points)]


def _point(x: float, place: tuple[float, float] | None, point: Point) -> Markup:
    if place is None:
        return canvas.words(x, BOTTOM - 5, numbers.plain(point.cell), "soft", "middle")
    if point.is_signal:
        return canvas.diamond(*place, 6, "signal")
    is_open = point.cell.status == "provisional"
    return canvas.circle(*place, 3.5, "hollow" if is_open else "series")


def _ends(up: Scale, along: Scale, points: Sequence[Point]) -> list[Markup]:
    """The newest value beside its point."""
    if not points or points[-1].value is None:
        return []
    place = len(points) - 1
    y = up(float(points[-1].value))
    return [canvas.words(along(place) + 10, y + 4, numbers.shown(points[-1].cell))]


def _months(along: Scale, points: Sequence[Point]) -> list[Markup]:
    return [
        canvas.words(along(place), BOTTOM + 15, f"{point.day:%b}", "soft", "middle")
        for place, point in enumerate(points)
        if place % 2 == 0
    ] + [
        canvas.words(along(place), BOTTOM + 29, f"{point.day:%Y}", "soft", "middle")
        for place, point in enumerate(points)
        if place % 2 == 0 and (place == 0 or point.day.year != points[max(place - 2, 0)].day.year)
    ]


def _legend(points: Sequence[Point], firsts: Sequence[Cell | None]) -> list[Markup]:
    marks, x = [], float(LEFT)
    has_limits = bool(points) and points[-1].upper_limit is not None
    found = []
    if any(point.is_signal for point in points):
        found.append(("signal", "signal"))
    if any(point.cell.status == "provisional" for point in points):
        found.append(("hollow", "provisional"))
    if any(first is not None for first in firsts):
        found.append(("last", "first published"))
    if has_limits:
        found.append(("limit", "usual range"))
    if points and points[-1].target is not None:
        found.append(("target", "target"))
    for kind, title in found:
        if kind in ("limit", "target"):
            marks.append(canvas.line(x, 8, x + 16, 8, kind))
        elif kind == "hollow":
            marks.append(canvas.circle(x + 8, 8, 3.5, kind))
        else:
            marks.append(canvas.diamond(x + 8, 8, 5, kind))
        marks.append(canvas.words(x + 21, 12, title, "soft"))
        x += 36 + 6 * len(title)
    return marks
