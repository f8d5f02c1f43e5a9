"""The words that claim something, and when they are true: majority, rise, chance, target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.facts import Cell, Compared, Definition, Point


def joined(words: Sequence[str | Markup]) -> Markup:
    """Words in a row: a, b and c."""
    if len(words) < 2:
        return Markup().join(words)
    return Markup("{} and {}").format(Markup(", ").join(words[:-1]), words[-1])


def part_of(part: int, whole: int) -> str | None:
    """How a part may be called: all, the majority only above half, half; None below it."""
    if part == whole:
        return "all"
    if 2 * part == whole:
        return "half"
    return "the majority" if 2 * part > whole else None


def largest(cells: Sequence[Cell], whole: Cell | None = None) -> Cell | None:
    """The one largest category; None where several are, or one that is suppressed could be. With the
    whole it is known what is left for those.
    """
    known = {cell.value: cell for cell in cells if cell.value is not None}
    values = sorted((cell.value for cell in cells if cell.value is not None), reverse=True)
    if not values or values[0] == 0 or values[1:2] == values[:1]:
        return None
    if len(values) < len(cells):
        left = None if whole is None or whole.value is None else whole.value - sum(values)
        if left is None or not 0 <= left < values[0]:
            return None
    return known[values[0]]


def beside_last_year(compared: Compared) -> Markup:
    """This year beside last year, as part of a sentence: never a rise or a fall, for two points show none."""
    before, gap = numbers.shown(compared.before), compared.difference
    if gap is None or compared.before.value is None:
        return Markup("last year’s value is not published")
    if gap == 0:
        return Markup("the same as the year before ({})").format(before)
    size = numbers.difference(compared)
    if compared.now.unit == "percent":
        way = "above" if gap > 0 else "below"
        chance = {
            True: ", which chance alone can explain",
            False: ", more than chance alone would explain",
            None: "",
        }[compared.do_intervals_overlap]
        return Markup("{} percentage points {} the year before ({}){}").format(size, way, before, chance)
    is_many = compared.now.unit in numbers.COUNTS
    more, fewer = ("more", "fewer") if is_many else ("higher", "lower")
    return Markup("{} {} than the year before ({})").format(size, more if gap > 0 else fewer, before)


def changed(rows: Sequence[tuple[str, Compared]]) -> Markup:
    """Which percentages differ from the year before by more than chance alone would explain."""
    clear = [
        Markup("{} ({}, {} the year before)").format(label, numbers.shown(one.now), numbers.shown(one.before))
        for label, one in rows
        if one.do_intervals_overlap is False
    ]
    unknown = [label for label, one in rows if one.do_intervals_overlap is None]
    left = Markup(" Not comparable, as a value is not published: {}.").format(joined(unknown))
    if not clear:
        none = Markup("No share differs from the year before by more than chance alone would explain.")
        return (none if len(unknown) < len(rows) else Markup("")) + (left if unknown else "")
    said = Markup("Different from the year before by more than chance alone would explain: {}.")
    return said.format(joined(clear)) + (left if unknown else "")


def against_target(definition: Definition, value: Decimal | None) -> str | None:
    """Where a value lies beside its target; None without a target or a value."""
    low, high = definition.target, definition.target_upper
    if low is None or value is None:
        return None
    said = numbers.target(low, definition.unit)
    if definition.direction == "within" and high is not None:
        band = f"{said} to {numbers.target(high, definition.unit)}"
        return f"{_beside_band(low, value, high)} the band of {band}"
    if value == low:
        return f"at the target of {said}"
    return f"{'above' if value > low else 'below'} the target of {said}"


def _beside_band(low: Decimal, value: Decimal, high: Decimal) -> str:
    return "below" if value < low else "above" if value > high else "within"


def course(points: Sequence[Point]) -> Markup:
    """How a year of months went, by the rules of its control chart. `points` begin with the month before."""
    months = [point for point in points[1:] if point.is_signal is not None and point.value is not None]
    newest = months[-1] if months else None
    if newest is None or newest.upper_limit is None or newest.lower_limit is None:
        return Markup("The published months are too few to say what variation is usual.")
    said = [
        *_beyond(months),
        *_run(points, months),
        *_side(months),
        *_outer(months),
    ]
    usual = Markup("usual range of {} to {}").format(
        numbers.limit(newest, "lower_limit"), numbers.limit(newest, "upper_limit")
    )
    trial = " The range is on trial: it comes from fewer than 12 months." if newest.is_trial else ""
    if not said:
        return Markup(
            "Every month lay within the {} without a signal: the months differ as they usually do.{}"
        ).format(usual, trial)
    return Markup("Beside the {}: {}.{}").format(usual, joined(said), trial)


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
    return [Markup("two of three months up to {} lay near a limit").format(_month(found[-1]))]
