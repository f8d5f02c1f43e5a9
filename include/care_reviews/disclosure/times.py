"""What readers can add up over time: months make up quarters, years and the years so far."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import BESIDE, DISTINCT, Relation

YEAR = 12


def months_of(one: Quantity) -> list[Quantity]:
    """The months that a span consists of, itself if it is one; none for a day."""
    if one.start == one.end:
        return []
    return [_span(one, month, month) for month in range(_month(one.start), _month(one.end) + 1)]


def of_times(there: Iterable[Quantity]) -> Iterator[Relation]:
    """The sums of spans of one category. Months that are not among the quantities (those of a category, and
    those before the first that is published) are named nevertheless: a reader knows that they are there.
    """
    series: dict[Quantity, set[tuple[int, int]]] = defaultdict(set)
    for one in there:
        if one.start != one.end:
            start, end = _month(one.start), _month(one.end)
            series[one._replace(start=dt.date.min, end=dt.date.min)].add((start, end))
    for one, spans in series.items():
        for start, end in sorted(spans):
            if one.name in DISTINCT:
                yield from _of_distinct(one, spans, start, end)
            elif end > start:
                yield _of_span(one, spans, start, end)
                yield from _of_quarters(one, spans, start, end)


def _of_span(one: Quantity, spans: set[tuple[int, int]], start: int, end: int) -> Relation:
    whole = _span(one, start, end)
    if end - start == YEAR - 1 and (start - 1, end - 1) in spans:
        before = _span(one, start - 1, end - 1)
        return Relation(whole, (before, _span(one, end, end)), (_span(one, start - 1, start - 1),))
    if (start, end - 1) in spans:
        return Relation(whole, (_span(one, start, end - 1), _span(one, end, end)))
    return Relation(whole, tuple(_span(one, month, month) for month in range(start, end + 1)))


def _of_quarters(one: Quantity, spans: set[tuple[int, int]], start: int, end: int) -> Iterator[Relation]:
    """A year's quarters, where they are published: their months say the same, but take more to add up."""
    quarters = [(first, first + 2) for first in range(start, end + 1, 3)]
    if end - start == YEAR - 1 and spans.issuperset(quarters):
        yield Relation(_span(one, start, end), tuple(_span(one, *quarter) for quarter in quarters))


def _of_distinct(one: Quantity, spans: set[tuple[int, int]], start: int, end: int) -> Iterator[Relation]:
    """A child of two months counts once in their quarter, and in any 12 months: no more can be said."""
    length = {2: 1, YEAR - 1: 3}.get(end - start, 0)
    parts = [(first, first + length - 1) for first in range(start, end + 1, length)] if length else []
    if parts and spans.issuperset(parts):
        yield Relation(_span(one, start, end), tuple(_span(one, *part) for part in parts), (), False)
    months = [(month, month) for month in range(start, end + 1)]
    if len(months) == YEAR and spans.issuperset(months):
        whole = _span(one, start, end)
        beside = whole._replace(name=f"{BESIDE}{one.name} in their months")
        first, *others = (_span(one, *month) for month in months)
        yield Relation(first, (whole, beside), tuple(others))


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _span(one: Quantity, start: int, end: int) -> Quantity:
    first = dt.date(start // 12, start % 12 + 1, 1)
    last = dt.date((end + 1) // 12, (end + 1) % 12 + 1, 1) - dt.timedelta(days=1)
    return one._replace(start=first, end=last)
