"""How the months of a measure went, by the rules of its control chart: when words say rise, fall, signal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.facts import NOT_APPLICABLE, NOT_AVAILABLE, RUN, SUPPRESSED, Point
from care_reviews.report.figures import say

# Limits from fewer points are on trial.
FULL = 12


def of(points: Sequence[Point], start: dt.date) -> Markup:
    """How the months from a month's first day on went, by the rules of their control chart. `points` may
    begin earlier: what lies before tells a rise from a fall. All from there on have the same limits.
    """
    seen = [point for point in points if point.day >= start]
    months = [point for point in seen if point.is_signal is not None and point.value is not None]
    newest = months[-1] if months else None
    if newest is None or newest.upper_limit is None or newest.lower_limit is None:
        return _without_limits(seen)
    if said := _beside_range(_signals(points, months), newest):
        return said
    if not newest.has_range:
        return _without_limits(seen)
    is_whole = (seen[0].day.year, seen[0].day.month) == (start.year, start.month) and len(months) == len(seen)
    return Markup("{} lay within the {} without a signal{}.{}").format(
        _span(months, is_whole),
        _range(newest),
        ": the months differ as they usually do" if len(months) >= RUN and not is_short(newest) else "",
        _trial(newest),
    )


def _span(months: Sequence[Point], is_whole: bool) -> str:
    """The months that something is said of, by name."""
    if len(months) <= 2:
        return " and ".join(map(_month, months))
    every = "Every month" if is_whole else "Every month with a published value"
    return f"{every} from {_month(months[0])} to {_month(months[-1])}"


def newest_signal(points: Sequence[Point]) -> Markup | None:
    """What the newest of these months signals; None where it signals nothing or has no limits."""
    if not points or not points[-1].is_signal:
        return None
    return _beside_range(_signals(points, points[-1:]), points[-1])


def _signals(points: Sequence[Point], months: Sequence[Point]) -> list[Markup]:
    return [*_beyond(months), *_run(points, months), *_side(months), *_outer(months)]


def _beside_range(said: Sequence[Markup], newest: Point) -> Markup | None:
    if not said:
        return None
    return Markup("Beside the {}: {}.{}").format(_range(newest), wording.joined(said), _trial(newest))


def _range(point: Point) -> Markup:
    """The range, of which a limit that no value can have is not said."""
    low, high = (numbers.limit(point, name) for name in ("lower_limit", "upper_limit"))
    has_low = (point.lower_limit or 0) >= 0
    has_high = point.cell.unit != "percent" or (point.upper_limit or 0) <= 100
    words = {
        (True, True): "{kind} of {low} to {high}",
        (False, True): "{kind} of up to {high}",
        (True, False): "{kind} from {low} up",
        (False, False): "{kind} of any percentage",
    }[has_low, has_high]
    return say(words, kind="trial range" if is_short(point) else "usual range", low=low, high=high)


def is_short(point: Point) -> bool:
    """Whether limits come from so few months that they are on trial."""
    return point.is_trial and point.base_points is not None and point.base_points < FULL


def _trial(point: Point) -> str:
    if not point.is_trial:
        return ""
    if is_short(point):
        return f" It comes from fewer than {FULL} months, too few for a usual range."
    return " The range is on trial: a month of it is provisional."


def _without_limits(points: Sequence[Point]) -> Markup:
    if any(point.value is not None and point.symbol == NOT_APPLICABLE for point in points):
        return Markup(
            "The months overlap, as each looks back over others: what variation is usual cannot be said."
        )
    for symbol in (SUPPRESSED, NOT_AVAILABLE):
        if any(point.symbol == symbol for point in points):
            return say(
                "Not every month is {known}, so that what variation is usual cannot be said.",
                known=numbers.WHY[symbol].removeprefix("not "),
            )
    return Markup("The published months are too few to say what variation is usual.")


def _month(point: Point) -> str:
    return f"{point.day:%B %Y}"


def _beyond(months: Sequence[Point]) -> list[Markup]:
    found = [point for point in months if point.is_beyond_limit]
    return [
        Markup("{} ({}) lay {} it").format(
            _month(point),
            numbers.shown(point.cell),
            "above" if (point.value or 0) > (point.upper_limit or 0) else "below",
        )
        for point in found
    ]


def _run(points: Sequence[Point], months: Sequence[Point]) -> list[Markup]:
    found = [point for point in months if point.is_seven_in_one_direction]
    if not found:
        return []
    last = found[-1]
    before = next(point for point in reversed(points[: points.index(last)]) if point.value is not None)
    way = "a rise" if (last.value or 0) > (before.value or 0) else "a fall"
    return [Markup("{} over seven months in a row to {}").format(way, _month(last))]


def _side(months: Sequence[Point]) -> list[Markup]:
    found = [point for point in months if point.is_seven_on_one_side]
    if not found:
        return []
    last = found[-1]
    side = "above" if (last.value or 0) > (last.centre or 0) else "below"
    return [
        Markup("seven months in a row up to {} lay {} the mean of {}").format(
            _month(last), side, numbers.limit(last, "centre")
        )
    ]


def _outer(months: Sequence[Point]) -> list[Markup]:
    found = [point for point in months if point.is_two_of_three_in_outer_third and not point.is_beyond_limit]
    if not found:
        return []
    return [Markup("two of three months up to {} lay near a limit or beyond it").format(_month(found[-1]))]
