"""A measure month by month with the limits of its usual variation: signals by shape as well as colour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.charts import canvas, legend, usual
from care_reviews.report.charts.scale import Scale, apart, label, ticks
from care_reviews.report.facts import Cell, Point
from care_reviews.report.year import FIRST_MONTH

LEFT, RIGHT, TOP, TALL, FOOT = 44, 62, 26, 170, 38
EDGE = canvas.WIDTH - RIGHT + 8
# So far from each other are the names of two months.
BESIDE = 48
STEPS = (1, 2, 3, 4, 6, 12)


def draw(
    name: str,
    alt: Markup,
    points: Sequence[Point],
    firsts: Sequence[Cell | None] = (),
    counts_anew: bool = False,
) -> Markup:
    """The months from left to right. A month without a value is a gap with its symbol at the foot.

    `firsts`: what was published first for each month, where it is another value now. `counts_anew`: that the
    values begin again with each reporting year, so that no line joins two of them.
    """
    said, height = legend.marks(_samples(points, firsts), LEFT)
    unit = points[0].cell.unit if points else ""
    axis = ticks(_values(points, firsts), unit)
    bottom = TOP + height + TALL
    up = Scale(axis[0], axis[-1], bottom, TOP + height)
    along = Scale(0, max(len(points) - 1, 1), LEFT + 8, canvas.WIDTH - RIGHT)
    marks = []
    for value in axis:
        marks.append(canvas.line(LEFT, up(value), EDGE, up(value), "grid"))
        marks.append(canvas.words(LEFT - 6, up(value) + 4, label(value, unit), "soft", "end"))
    marks += usual.marks(up, along, points, LEFT, EDGE)
    marks += _course(up, along, points, counts_anew)
    for place, first in enumerate(firsts):
        if first is not None and first.value is not None:
            marks.append(canvas.diamond(along(place), up(float(first.value)), 4.5, "last"))
    marks += _ends(up, along, points, unit)
    marks += _months(along, points, bottom)
    return canvas.picture(name, alt, bottom + FOOT, [*marks, *said])


def _values(points: Sequence[Point], firsts: Sequence[Cell | None]) -> list[float]:
    found: list[Decimal | None] = [first.value for first in firsts if first is not None]
    for point in points:
        found += [point.value, point.target, point.target_upper]
        found += [point.lower_limit, point.upper_limit] if point.has_range else []
    return [float(value) for value in found if value is not None]


def _course(up: Scale, along: Scale, points: Sequence[Point], counts_anew: bool) -> list[Markup]:
    places = [
        (along(place), up(float(point.value))) if point.value is not None else None
        for place, point in enumerate(points)
    ]
    marks: list[Markup] = []
    stretch: list[tuple[float, float]] = []
    for number, place in enumerate([*places, None]):
        is_new = counts_anew and number < len(points) and points[number].day.month == FIRST_MONTH
        if place is None or is_new:
            marks += [canvas.path(stretch, "series-line")] if len(stretch) > 1 else []
            stretch = []
        if place is not None:
            stretch.append(place)
    return marks + [_point(up, along(number), places[number], point) for number, point in enumerate(points)]


def _point(up: Scale, x: float, place: tuple[float, float] | None, point: Point) -> Markup:
    if place is None:
        return canvas.words(x, up.start - 5, numbers.plain(point.cell), "soft", "middle")
    is_open = point.is_provisional
    if point.is_signal:
        return canvas.diamond(*place, 6, "open-signal" if is_open else "signal")
    return canvas.circle(*place, 3.5, "hollow" if is_open else "series")


def _ends(up: Scale, along: Scale, points: Sequence[Point], unit: str) -> list[Markup]:
    """The newest value beside its point, and what the target is beside its line, out of each other's way."""
    if not points:
        return []
    last, wanted = points[-1], []
    if last.value is not None:
        wanted.append((float(last.value), along(len(points) - 1) + 10, numbers.plain(last.cell), "label"))
    for target in (last.target, last.target_upper):
        if target is not None:
            wanted.append((float(target), EDGE + 2, label(float(target), unit), "soft"))
    wanted.sort(reverse=True)
    places = apart([up(value) for value, *_ in wanted], up.end, up.start)
    return [canvas.words(x, y + 4, said, kind) for y, (_, x, said, kind) in zip(places, wanted, strict=True)]


def _months(along: Scale, points: Sequence[Point], bottom: float) -> list[Markup]:
    """As many names of months as there is room for, with the year where it is another one."""
    apart = along(1) - along(0)
    step = next((each for each in STEPS if each * apart >= BESIDE), STEPS[-1])
    marks, year = [], None
    for place in range(0, len(points), step):
        day = points[place].day
        marks.append(canvas.words(along(place), bottom + 19, f"{day:%b}", "soft", "middle"))
        if day.year != year:
            marks.append(canvas.words(along(place), bottom + 33, f"{day:%Y}", "soft", "middle"))
        year = day.year
    return marks


def _samples(points: Sequence[Point], firsts: Sequence[Cell | None]) -> list[tuple[legend.Sample, str]]:
    """The kinds of marks that need a word, with it."""
    has_limits = [point for point in points if point.has_range]
    wanted = (
        (legend.diamond("signal"), "signal", any(point.is_signal for point in points)),
        (
            legend.circle("hollow"),
            "provisional",
            any(point.is_provisional for point in points),
        ),
        (legend.diamond("last"), "first published", any(first is not None for first in firsts)),
        (legend.line("limit"), "usual range", any(not point.is_trial for point in has_limits)),
        (legend.line("trial"), "usual range, on trial", any(point.is_trial for point in has_limits)),
        (legend.line("target"), "target", any(point.target is not None for point in points)),
    )
    return [(sample, title) for sample, title, is_there in wanted if is_there]
