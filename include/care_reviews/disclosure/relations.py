"""What readers can add up: the sums that quantities make, whatever is shown of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from care_reviews.disclosure.quantities import LEFT, OF, WHOLE, Counts, Quantity

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
# Every one of the first is one of the second as well, or has one of its own.
WITHIN = {
    "reviews_in_scope": "reviews_held",
    "smart_rating_not_recorded": f"{LEFT}smart_rating",
    "review_timeliness_children": "review_up_to_date",
    f"{LEFT}review_up_to_date": "overdue_reviews",
    f"{OF}review_timeliness_children_due": "children_looked_after",
    "children_looked_after_uasc": "children_looked_after_uasc_12_months",
    "children_looked_after_uasc_12_months": "children_looked_after",
    "children_started": "periods_started",
    "children_ceased": "periods_ceased",
    "alert_children_raised": "alerts_raised",
    "alert_children_completed": "alerts_concluded",
    "alert_repeat_children": "alert_children_raised",
}
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
        if each.numerator and each.denominator and each.left:
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
    """What is part of something else, as far as the numbers say so: `number` says how many each is."""
    for one in number:
        whole = _container(one)
        if whole and number.get(whole, -1) >= number[one]:
            is_all = one.name == "reviews_in_scope" and one.category in IN_SCOPE
            yield Relation(whole, (one,) if is_all else (one, one._replace(name=BESIDE + one.name)))


def _container(one: Quantity) -> Quantity | None:
    if one.name in WITHIN:
        return one._replace(name=WITHIN[one.name])
    if (one.name, one.breakdown, one.category) == ("children_looked_after", "uasc", "UASC"):
        return Quantity(WITHIN["children_looked_after_uasc"], one.start, one.end, *WHOLE)
    return None


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
