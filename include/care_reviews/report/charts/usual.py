"""What is usual of a series and what is wanted of it: the band between its limits, and the target.

Limits change with the reporting year that they come from, so that they are drawn stretch by stretch. Those
on trial are dotted and have no band; those of too few months are not drawn at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from care_reviews.report.charts import canvas
from care_reviews.report.charts.scale import Scale, within
from care_reviews.report.facts import Point


def marks(up: Scale, along: Scale, points: Sequence[Point], left: float, right: float) -> list[Markup]:
    """Bands, limits, centres and targets between the left and the right edge of a picture."""
    stretches = list(_stretches(along, points, left, right))
    return [
        *(mark for point, x1, x2 in stretches for mark in _limits(up, point, x1, x2)),
        *(mark for point, x1, x2 in stretches for mark in _targets(up, point, x1, x2)),
    ]


def _stretches(
    along: Scale, points: Sequence[Point], left: float, right: float
) -> Iterator[tuple[Point, float, float]]:
    """A point of each stretch of months with the same limits and target, and where the stretch lies."""

    def of(place: int) -> tuple[object, ...]:
        one = points[place]
        limits = (one.lower_limit, one.centre, one.upper_limit, one.is_trial)
        return (*limits, one.target, one.target_upper)

    for _, found in groupby(range(len(points)), key=of):
        places = list(found)
        x1 = left if places[0] == 0 else along(places[0] - 0.5)
        x2 = right if places[-1] == len(points) - 1 else along(places[-1] + 0.5)
        yield points[places[0]], x1, x2


def _limits(up: Scale, point: Point, x1: float, x2: float) -> Iterator[Markup]:
    if point.upper_limit is None or point.lower_limit is None or point.centre is None or not point.has_range:
        return
    unit, limits = point.cell.unit, (float(point.upper_limit), float(point.lower_limit))
    top, low = (up(within(limit, unit)) for limit in limits)
    if not point.is_trial:
        yield canvas.rect(x1, top, x2 - x1, low - top, "band")
    for limit, y in zip(limits, (top, low), strict=True):
        # A limit that no value can have is no line.
        if within(limit, unit) == limit:
            yield canvas.line(x1, y, x2, y, "trial" if point.is_trial else "limit")
    yield canvas.line(x1, up(float(point.centre)), x2, up(float(point.centre)), "centre")


def _targets(up: Scale, point: Point, x1: float, x2: float) -> Iterator[Markup]:
    for value in (point.target, point.target_upper):
        if value is not None:
            yield canvas.line(x1, up(float(value)), x2, up(float(value)), "target")
