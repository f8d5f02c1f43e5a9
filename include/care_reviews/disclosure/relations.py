"""What readers can add up: the sums that quantities make, whatever is shown of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.disclosure.quantities import LEFT, OF, WHOLE, Counts, Quantity, is_bound

# Of distinct children the parts may add up to more than the whole: a child may be in two of them.
DISTINCT = {
    "children_started",
    "children_ceased",
    "alert_children_raised",
    "alert_children_completed",
    "alert_repeat_children",
}
PARTICIPATION = ("participation", "participation_not", "participation_not_recorded")
CODES = {
    "participation": ("PN1", "PN2", "PN3", "PN5", "PN6"),
    "participation_not": ("PN4", "PN7"),
    "participation_not_recorded": ("Not recorded",),
    "attendance": ("PN1", "PN2", "PN3", "PN4"),
}

BESIDE = "beside:"
NOT_KNOWN = "Not known"
# Every one of the first is one of the second as well, or has one of its own. Of timeliness, what is left of
# the second is children too: they were late, and were reviewed since or not.
TIMELINESS = (
    ("review_timeliness_children", "review_up_to_date"),
    (f"{LEFT}review_up_to_date", "overdue_reviews"),
    (f"{OF}review_timeliness_children_due", "children_looked_after"),
    ("review_timeliness_children_due", "review_timeliness_children"),
    (f"{LEFT}review_timeliness_children_due", f"{LEFT}review_timeliness_children"),
)
WITHIN = (
    *TIMELINESS,
    ("reviews_in_scope", "reviews_held"),
    ("smart_rating_not_recorded", f"{LEFT}smart_rating"),
    ("attendance", f"{LEFT}participation_not_recorded"),
    (f"{OF}progress_update_coverage", "reviews_held"),
    (f"{OF}permanence_plan_at_second_review", f"{OF}progress_update_coverage"),
    (f"{OF}series_within_20_days", f"{OF}outcomes_within_5_days"),
    (f"{OF}placement_long_term_stable", "children_looked_after"),
    ("children_looked_after_uasc", "children_looked_after_uasc_12_months"),
    ("children_looked_after_uasc_12_months", "children_looked_after"),
    ("children_started", "periods_started"),
    ("children_ceased", "periods_ceased"),
    (f"{OF}chair_allocated_within_5_days", "periods_started"),
    ("alert_children_raised", "alerts_raised"),
    ("alert_children_completed", "alerts_concluded"),
    ("alert_repeat_children", "alert_children_raised"),
    ("alerts_timed", "alerts_raised"),
    (f"{OF}alert_resolved_within_20_days", "alerts_timed"),
    ("alert_resolved_within_20_days", "alerts_raised_concluded"),
)
# The same once every deadline of the span is over.
SETTLED = (
    (f"{OF}outcomes_within_5_days", f"{OF}record_within_15_days"),
    (f"{OF}outcomes_within_5_days", f"{OF}record_distributed_within_20_days"),
    (f"{OF}alert_resolved_within_20_days", "alerts_timed"),
)
# Working days within which an alert is resolved in time.
IN_TIME = 20
# Children of these ages are 4 or over at their review.
IN_SCOPE = {"5 to 9", "10 to 15", "16 and over"}


class Relation(NamedTuple):
    """`whole` is the sum of `parts`, less those taken away. Where it is not exact, the parts may add up to
    more, and none is above the whole.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    less: tuple[Quantity, ...] = ()
    is_exact: bool = True

    @property
    def members(self) -> tuple[Quantity, ...]:
        """Every quantity of it."""
        return (self.whole, *self.parts, *self.less)


def of_cells(counts: Iterable[Counts]) -> Iterator[Relation]:
    """A share's numerator and what is left make up its denominator."""
    for each in counts:
        if each.numerator and each.denominator and each.left and not is_bound(each.left):
            yield Relation(each.denominator, (each.numerator, each.left))


def of_measures(there: Iterable[Quantity]) -> Iterator[Relation]:
    """What measures of the same reviews or children make up between them."""
    for one in there:
        if one.name == PARTICIPATION[0]:
            shares = tuple(one._replace(name=name) for name in PARTICIPATION)
            yield Relation(one._replace(name="reviews_in_scope"), shares)
        if one.name in CODES and (one.breakdown, one.category) == WHOLE:
            codes = CODES[one.name]
            by_code = one._replace(name="reviews_in_scope", breakdown="participation_code")
            yield Relation(one, tuple(by_code._replace(category=code) for code in codes))
        if one.name == "caseload_per_fte":
            both = ("children_looked_after", "children_protected")
            yield Relation(one, tuple(one._replace(name=name) for name in both))
        if one.name == "children_looked_after_uasc":
            others = one._replace(name=LEFT + one.name)
            yield Relation(one._replace(name="children_looked_after"), (one, others))


def of_parts(number: Mapping[Quantity, int]) -> Iterator[Relation]:
    """What is part of something else, or the same, as far as the numbers say so: `number` says how many each
    is.
    """
    newest = max((one.end for one in number if one.name == "alerts_open"), default=None)
    within, settled = _by_first(WITHIN), _by_first(SETTLED)
    for one in number:
        wholes = [one._replace(name=name) for name in within[one.name]]
        for whole in (*wholes, *_containers(one, newest)):
            if number.get(whole, -1) >= number[one]:
                is_all = one.name == "reviews_in_scope" and one.category in IN_SCOPE
                beside = one._replace(name=beside_name(one.name, whole.name))
                yield Relation(whole, (one,) if is_all else (one, beside))
        for other in (one._replace(name=name) for name in settled[one.name]):
            if number.get(other) == number[one]:
                yield Relation(other, (one,))
        if one.name == f"{OF}progress_update_coverage" and (one.breakdown, one.category) == WHOLE:
            held = one._replace(name="reviews_held")
            first = held._replace(breakdown="review_sequence", category="First")
            if number.get(held) == number[one] + number.get(first, -1):
                yield Relation(held, (first, one))


def of_days(
    cells: Mapping[CellKey, Cell], counts: Mapping[CellKey, Counts], number: Mapping[Quantity, int]
) -> Iterator[Relation]:
    """How many alerts were in time, or are concluded, at least or at most, as the days tell that half or nine
    in ten of them took. Where those fall among open alerts there are none.
    """
    for key, cell in cells.items():
        reached, _, below = counts[key]
        if not (reached and below and is_bound(reached)):
            continue
        in_time = reached._replace(name="alert_resolved_within_20_days")
        concluded = reached._replace(name="alerts_raised_concluded")
        if cell.numerator is None:
            pairs = [(in_time, below), (concluded, below)]
        else:
            pairs = [(reached, concluded)]
            pairs += [(reached, in_time)] if cell.numerator <= IN_TIME else [(in_time, below)]
        for part, whole in pairs:
            if part in number and number.get(whole, -1) >= number[part]:
                beside = part._replace(name=f"{BESIDE}{part.name} in {whole.name}")
                yield Relation(whole, (part, beside))


def beside_name(part: str, whole: str) -> str:
    """The name of what is left when a part is taken from its whole."""
    return f"{BESIDE}{part} in {whole}"


LATE = {beside_name(*names) for names in TIMELINESS}


def _by_first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """What each first of the pairs stands with, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _containers(one: Quantity, newest: dt.date | None) -> Iterator[Quantity]:
    """What of another breakdown or day the quantity is part of. `newest`: the newest day that tells how many
    alerts are open.
    """
    of = (one.breakdown, one.category)
    if (one.name, *of) == ("children_looked_after", "uasc", "UASC"):
        yield Quantity("children_looked_after_uasc_12_months", one.start, one.end, *WHOLE)
    if (one.name, *of) == ("reviews_held", "review_sequence", "Second"):
        yield Quantity(f"{OF}progress_update_coverage", one.start, one.end, *WHOLE)
    if one.name == "alerts_by_category" and of != WHOLE:
        yield Quantity("alerts_raised", one.start, one.end, *WHOLE)
    if one.name == f"{LEFT}alerts_raised_concluded" and newest:
        yield Quantity("alerts_open", newest, newest, *of)


def of_categories(there: Iterable[Quantity]) -> Iterator[Relation]:
    """The categories of a breakdown make up the whole; ages by sex make up the ages, and the sexes."""
    rows: dict[tuple[Quantity, str], list[Quantity]] = defaultdict(list)
    for one in there:
        if one.breakdown == "all" or one.name.startswith(LEFT):
            continue
        rows[whole_of(one), one.breakdown].append(one)
        if one.breakdown == "age_band_by_sex":
            age, sex = one.category.split(", ")
            band = NOT_KNOWN if age == "Age not known" else age
            rows[one._replace(breakdown="age_band", category=band), ""].append(one)
            of_sex = sex.removeprefix("sex ").capitalize()
            rows[one._replace(breakdown="sex", category=of_sex), ""].append(one)
    for (whole, _), parts in rows.items():
        # Of second reviews the months tell, without the first and later ones. One category is the whole where
        # nothing is known of anybody: a council may name no areas.
        is_all = [one.category for one in parts] == [NOT_KNOWN]
        if len(parts) > 1 or is_all:
            yield Relation(whole, tuple(parts), is_exact=is_all or whole.name not in DISTINCT)


def whole_of(one: Quantity) -> Quantity:
    """What the categories of its breakdown add up to."""
    if one.name == "children_looked_after_uasc":
        return one._replace(name="children_looked_after", breakdown="uasc", category="UASC")
    if one.name == OF + "permanence_plan_at_second_review":
        return one._replace(name="reviews_held", breakdown="review_sequence", category="Second")
    return one._replace(breakdown="all", category="all")
