"""What a report says of figures that were published otherwise before, and of months that are missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from care_reviews.report.facts import (
    DAY,
    MONTH,
    YEAR,
    Cell,
    Definition,
    Facts,
    First,
    Key,
    Point,
    Publication,
)
from care_reviews.report.sections import limits
from care_reviews.report.year import Year

NOW = Year(2019)
MARCH, JUNE = NOW.end, dt.date(2019, 6, 30)
FIRST, LATER = dt.date(2020, 3, 31), dt.date(2020, 4, 30)
PUBLICATION = Publication(2, "A", LATER, dt.datetime(2020, 5, 1, tzinfo=dt.UTC), "passed")
UNITS = {
    "participation": "percent",
    "reviews_held": "reviews",
    "children_looked_after": "children",
    "children_started": "children",
}
DEFINITIONS = {
    name: Definition(name, "", name, "", unit, "", None, None, "", None, None, None, "none")
    for name, unit in UNITS.items()
}


def facts_of(changed: dict[Key, tuple[str, str]], months: tuple[dt.date, ...] = ()) -> Facts:
    """A publication of cells that had the first of two values before, and have the second one now."""
    now, firsts = {}, {}
    for key, (then, value) in changed.items():
        unit = UNITS[key.measure]
        now[key] = Cell(key, unit, value=Decimal(value), symbol=None)
        firsts[key] = First(Cell(key, unit, value=Decimal(then), symbol=None), FIRST)
    points = tuple(Point(Cell(Key("participation", MONTH, day), "percent")) for day in months)
    return Facts(NOW, "A", PUBLICATION, now, {}, {"participation": points}, DEFINITIONS, {}, firsts)


@pytest.mark.parametrize(
    ("key", "then", "when"),
    [
        (Key("reviews_held", YEAR, MARCH), "2,701", "2019/20"),
        (Key("children_looked_after", DAY, MARCH), "2,701", "31 March 2020"),
        (Key("children_looked_after", DAY, JUNE), "2,701", "30 June 2019"),
        (Key("participation", MONTH, JUNE), "2,701.0%", "June 2019"),
        (Key("children_started", MONTH, JUNE), None, ""),  # its months are not in the report
    ],
)
def test_a_figure_of_the_year_or_its_months_stands_beside_its_first_value(
    key: Key, then: str | None, when: str
) -> None:
    note = limits.section(facts_of({key: ("2701", "2714")})).notes[-1]
    if then is None:
        assert note.table is None
        return
    assert note.table is not None
    ((_, was, now, period, night),) = note.table.rows
    assert (str(was.striptags()), period, night) == (then, when, "31 March 2020")  # type: ignore[union-attr]
    assert "2,714" in now


def test_a_difference_that_nobody_sees_is_not_listed() -> None:
    note = limits.section(facts_of({Key("participation", YEAR, MARCH): ("93.01", "93.04")})).notes[-1]
    assert note.table is None


@pytest.mark.parametrize(
    ("first", "is_missing"),
    [(dt.date(2019, 3, 31), False), (dt.date(2019, 4, 30), False), (dt.date(2019, 5, 31), True)],
)
def test_months_that_a_publication_does_not_hold_are_named(first: dt.date, is_missing: bool) -> None:
    notes = {note.name: note for note in limits.section(facts_of({}, (first, MARCH))).notes}
    assert ("missing" in notes) is is_missing
    if is_missing:
        assert "no months before May 2019" in notes["missing"].words[0]
