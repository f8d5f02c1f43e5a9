"""The words that claim something, and when they are true: majority, intervals, target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.facts import UNKNOWN, Cell, Compared, Definition


def joined(words: Sequence[str | Markup]) -> Markup:
    """Words in a row: a, b and c."""
    if len(words) < 2:
        return Markup().join(words)
    return Markup("{} and {}").format(Markup(", ").join(words[:-1]), words[-1])


def part_of(part: int, whole: int) -> str | None:
    """How a part may be called: all, the majority only above half, half; None below it, and of nothing."""
    if whole == 0:
        return None
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


def is_unknown(label: str) -> bool:
    """Whether a category is of what is not known or not recorded, and names nothing."""
    return label in UNKNOWN


def inside(label: str) -> str:
    """A category's name inside a sentence: a small letter first, but not in a title (two capital words)."""
    words = label.split()
    is_title = label.isupper() or (len(words) > 1 and words[1][:1].isupper())
    return label if is_title else label[:1].lower() + label[1:]


def beside_last_year(compared: Compared) -> Markup:
    """This year beside last year, as part of a sentence: never a rise or a fall, for two points show none."""
    before, gap = numbers.shown(compared.before), compared.difference
    if compared.before.value is None:
        return Markup("last year’s value is {}").format(numbers.why(compared.before))
    if gap is None:
        return Markup("last year’s value is {}").format(before)
    if gap == 0:
        return Markup("the same as the year before ({})").format(before)
    size = numbers.difference(compared)
    if numbers.is_rounded_away(compared):
        size = Markup("less than 0.1")
    if compared.now.unit == "percent":
        way = "above" if gap > 0 else "below"
        # Overlapping intervals do not prove that chance is all: only what they show is said.
        intervals = {
            True: "; their 95% intervals overlap",
            False: "; their 95% intervals do not overlap",
            None: "",
        }[compared.do_intervals_overlap]
        return Markup("{} percentage points {} the year before ({}){}").format(size, way, before, intervals)
    is_many = compared.now.unit in numbers.COUNTS
    more, fewer = ("more", "fewer") if is_many else ("higher", "lower")
    return Markup("{} {} than the year before ({})").format(size, more if gap > 0 else fewer, before)


def changed(rows: Sequence[tuple[str, Compared]]) -> Markup:
    """Which percentages lie so far from the year before that the 95% intervals of both do not overlap."""
    clear = [
        Markup("{} ({}, {} the year before)").format(label, numbers.shown(one.now), numbers.shown(one.before))
        for label, one in rows
        if one.do_intervals_overlap is False
    ]
    unknown = [(label, one) for label, one in rows if one.do_intervals_overlap is None]
    left = _not_comparable(unknown)
    if not clear:
        which = "None of the shares that can be compared" if unknown else "No share"
        none = Markup("{} differs from the year before so far that their 95% intervals do not overlap.")
        none = none.format(which)
        return left.strip() if unknown and len(unknown) == len(rows) else none + left
    said = Markup("So different from the year before that their 95% intervals do not overlap: {}.")
    return said.format(joined(clear)) + left


def _not_comparable(rows: Sequence[tuple[str, Compared]]) -> Markup:
    """Which percentages cannot be compared, by what the value is that is missing."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for label, one in rows:
        missing = [cell for cell in (one.now, one.before) if cell.value is None]
        by_reason[f", as a value is {numbers.why(missing[0])}" if missing else ""].append(label)
    return Markup("").join(
        Markup(" Not comparable{}: {}.").format(reason, joined(labels))
        for reason, labels in by_reason.items()
    )


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
