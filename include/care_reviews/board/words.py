"""What the board's pages claim of a measure's newest month, and when it is true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.facts import RUN, Cell, Definition, Point
from care_reviews.report.figures import say
from care_reviews.web.text import day

ASSURANCE = {
    "will": "Values that vary as usual meet the target.",
    "will_not": "Values that vary as usual miss the target.",
    "may_or_may_not": "Values that vary as usual may meet the target or miss it.",
}

UNSETTLED = Markup(
    "Months are compared as known on one night: of the newer ones less is settled yet, so that what "
    "variation is usual cannot be said."
)

ANEW = Markup(
    "Each month end counts from 1 April before it: there the line begins anew, and what variation is usual "
    "cannot be said."
)

PROVISIONAL = Markup("Provisional: late recording may still change it.")

AWAITED = Markup("Of a provisional month only what is done, or past its deadline, counts yet.")


def assurance(point: Point) -> str | None:
    """Whether values that vary as usual meet the target; None where it is not known what is usual."""
    return None if course.is_short(point) else ASSURANCE.get(point.assurance or "")


def period(cell: Cell) -> str:
    """The period of a cell: a month, or the day of a month end or year."""
    if cell.key.grain == "month":
        return f"{cell.key.end:%B %Y}"
    if cell.key.grain == "financial_year":
        return f"{cell.key.end.year - 1}/{cell.key.end:%y}"
    return day(cell.key.end)


def held_against(definition: Definition, point: Point) -> str | None:
    """Where a month lies beside the target of its day, and whether that meets it; None without a target."""
    goal = of_day(definition, point)
    said, is_met = wording.against_target(goal, point.value), meets(goal, point.value)
    if said is None:
        return None
    return said if is_met is None else f"{said}: {'met' if is_met else 'missed'}"


def meets(definition: Definition, value: Decimal | None) -> bool | None:
    """Whether a value meets the target; None without a value, a target or a better direction."""
    low, high = definition.target, definition.target_upper
    if value is None or low is None:
        return None
    if definition.direction == "within":
        return high is not None and low <= value <= high
    return {"higher": value >= low, "lower": value <= low}.get(definition.direction)


def newest_course(points: Sequence[Point]) -> Markup:
    """How the newest months went, of those that are held against the same limits, and what there is to say
    of those before.
    """
    start = len(points) - 1
    while start and _limits(points[start - 1]) == _limits(points[-1]):
        start -= 1
    return course.of(points, points[start].day.replace(day=1)) + _before(points[:start], points[start])


def _before(points: Sequence[Point], following: Point) -> Markup:
    """That months before were held against limits of their own, and how many of them were signals."""
    if all(point.upper_limit is None for point in points):
        return Markup("")
    signals = sum(bool(point.is_signal) for point in points)
    said = {0: "none of them is a signal", 1: "one of them is a signal"}
    return say(
        " Months before {month:%B %Y} are held against limits of their own: {signals}.",
        month=following.day,
        signals=said.get(signals, f"{signals} of them are signals"),
    )


def _limits(point: Point) -> tuple[object, ...]:
    """Limits and what they come from: those of two years may be equal."""
    return (point.lower_limit, point.centre, point.upper_limit, point.base_points, point.is_trial)


def turned(definition: Definition, points: Sequence[Point]) -> Markup | None:
    """That the newest month meets a target that the month before missed, or the reverse; else None."""
    if len(points) < 2:
        return None
    before, now = points[-2:]
    was, is_met = (meets(of_day(definition, point), point.value) for point in (before, now))
    if was is None or is_met is None or was == is_met:
        return None
    return say(
        "{month} ({value}) lies {beside}; {before} ({value_before}) lay {beside_before}.",
        month=period(now.cell),
        value=numbers.shown(now.cell),
        beside=held_against(definition, now),
        before=period(before.cell),
        value_before=numbers.shown(before.cell),
        beside_before=held_against(definition, before),
    )


def stands_out(newest: Point, others: Sequence[Point]) -> Markup | None:
    """That a month lies above or below all others that are published; None where it does not, and where
    these are too few to say so.
    """
    known = sorted((one for one in others if one.value is not None), key=lambda one: one.value or 0)
    if newest.value is None or len(known) < RUN - 1:
        return None
    low, high = known[0], known[-1]
    if low.value is None or high.value is None or low.value <= newest.value <= high.value:
        return None
    if numbers.plain(newest.cell) in (numbers.plain(low.cell), numbers.plain(high.cell)):
        return None  # by less than the page shows
    are = (
        "are all {low}"
        if numbers.plain(low.cell) == numbers.plain(high.cell)
        else "lie between {low} and {high}"
    )
    return in_a_row(
        say(
            "{period} ({value}) lies {way} each of the {count} other months with a published value since "
            "{first:%B %Y}, which {are}.",
            period=period(newest.cell),
            value=numbers.shown(newest.cell),
            way="above" if newest.value > high.value else "below",
            count=len(known),
            first=min(one.day for one in known),
            are=say(are, low=numbers.shown(low.cell), high=numbers.shown(high.cell)),
        ),
        PROVISIONAL if newest.is_provisional else None,
    )


def of_day(definition: Definition, point: Point) -> Definition:
    """The definition with the target that holds for a month."""
    return replace(definition, target=point.target, target_upper=point.target_upper)


def is_on_provisional_range(point: Point, newest: Point) -> bool:
    """Whether the limits of a month come from months of which the newest, a provisional one, is one."""
    return newest.is_provisional and point.is_trial and _limits(point) == _limits(newest)


def in_a_row(*said: Markup | None) -> Markup:
    """Sentences one after the other; those that there are not are left out."""
    return Markup(" ").join(each for each in said if each)


def state(point: Point) -> Markup:
    """Whether a month signals, by a shape and a word."""
    if point.is_signal is None or point.upper_limit is None:
        return Markup('<span class="state"><span aria-hidden="true">○</span> No usual range</span>')
    if point.is_signal and point.is_provisional:
        return Markup('<span class="state"><span aria-hidden="true">◇</span> Signal, provisional</span>')
    if point.is_signal:
        return Markup('<span class="state signal"><span aria-hidden="true">◆</span> Signal</span>')
    if course.is_short(point):
        return Markup('<span class="state"><span aria-hidden="true">○</span> Too few months</span>')
    return Markup('<span class="state"><span aria-hidden="true">●</span> Usual variation</span>')
