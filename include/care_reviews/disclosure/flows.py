"""What readers can add up between days: who was there, and came, and did not leave, is there now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import Relation

# Those who are there: those who came, those who left.
FLOWS = {
    "children_looked_after": ("periods_started", "periods_ceased"),
    "alerts_open": ("alerts_raised", "alerts_concluded"),
}
# In the others a child may move from one category to another.
FOR_LIFE = ("all", "sex", "ethnicity")


def of_flows(number: Mapping[Quantity, int]) -> Iterator[Relation]:
    """For each month, and each financial year, between two days of a series: `number` says how many each
    quantity is. A series whose numbers say otherwise (records are not always at one) has none of them.
    """
    for one, days in _series(number).items():
        found = [
            _between(one, before, day)
            for day in days
            for before in (_days_before(day, 1), _days_before(day, 12))
            if before in days and (day.month == 3 or (day - before).days < 32)
        ]
        if all(_holds(relation, number) for relation in found):
            yield from found


def _series(number: Mapping[Quantity, int]) -> dict[Quantity, list[dt.date]]:
    """The days on which it is said how many there were, of each name and category."""
    series: dict[Quantity, list[dt.date]] = defaultdict(list)
    for one in number:
        if one.name in FLOWS and one.start == one.end and one.breakdown in FOR_LIFE:
            series[one._replace(start=dt.date.min, end=dt.date.min)].append(one.end)
    return series


def _between(one: Quantity, before: dt.date, day: dt.date) -> Relation:
    came, left = FLOWS[one.name]
    between = one._replace(start=before + dt.timedelta(days=1), end=day)
    return Relation(
        one._replace(start=day, end=day),
        (one._replace(start=before, end=before), between._replace(name=came)),
        (between._replace(name=left),),
    )


def _days_before(day: dt.date, months: int) -> dt.date:
    """The month end so many months before one."""
    month = day.year * 12 + day.month - months
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _holds(relation: Relation, number: Mapping[Quantity, int]) -> bool:
    """Whether it does, or cannot be told for want of a number."""
    if any(one not in number for one in relation.members):
        return True
    gone = sum(number[one] for one in relation.less)
    return number[relation.whole] == sum(number[one] for one in relation.parts) - gone
