"""What figures of the report say of values that are, and of some that are not, in the publication."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from care_reviews.report.facts import DAY, YEAR, Cell, Compared, Definition, Facts, Key, Publication
from care_reviews.report.sections import summary
from care_reviews.report.year import Year
from care_reviews.validation.code_lists import seed

NOW = Year(2019)
NIGHT = dt.date(2020, 4, 30)
PUBLICATION = Publication(2, "A", NIGHT, dt.datetime(2020, 5, 1, tzinfo=dt.UTC), "passed")
DEFINITIONS = {
    row["measure_id"]: Definition(
        row["measure_id"], "", row["name"], "", row["unit"], "", None, None, "", None, None, None, "none"
    )
    for row in seed("measure_definition")
}


def plain(said: Any) -> str:
    return str(said.striptags())


def cell(measure: str, grain: str, value: str | None, of: tuple[int, int] = (0, 0), **where: Any) -> Cell:
    """A cell of the year's end; a value that is one of `cxz` is the symbol in place of one."""
    key = Key(measure, grain, where.pop("end", NOW.end), **where)
    unit = DEFINITIONS[measure].unit
    if value is None or value in "cxz":
        return Cell(key, unit, symbol=value or "x")
    return Cell(key, unit, *of, Decimal(value), symbol=None)


def beside(measure: str, grain: str, now: str, before: str, overlap: bool | None = None) -> Compared:
    both = (cell(measure, grain, now), cell(measure, grain, before, end=NOW.before.end))
    values = [one.value for one in both]
    gap = None if None in values else values[0] - values[1]  # type: ignore[operator]
    return Compared(*both, gap, do_intervals_overlap=overlap)


def facts_of(*known: Compared, cells: tuple[Cell, ...] = (), points: Any = None, **more: Any) -> Facts:
    found = {one.key: one for each in known for one in (each.now, each.before)}
    found |= {one.key: one for one in cells}
    compared = {one.now.key: one for one in known}
    return Facts(NOW, "A", PUBLICATION, found, compared, points or {}, DEFINITIONS, more, {})


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        (
            ("98.8", "99.7", False),
            "98.8% were in time: 0.9 percentage points below the year before (99.7%); ",
        ),
        (("98.8", "c", None), "98.8% were in time: last year’s value is not published"),
        (("c", "99.7", None), None),
        (("x", "x", None), None),
    ],
)
def test_at_a_glance_the_reviews_stand_beside_the_year_before_where_the_children_are_hidden(
    reviews: tuple[str, str, bool | None], said: str | None
) -> None:
    facts = facts_of(
        beside("review_timeliness_children", DAY, "97.5", "c"),
        beside("review_timeliness_reviews", YEAR, *reviews),
    )
    tile = summary.section(facts).tiles[2]
    words = plain(tile.beside)
    assert words.startswith("Last year’s value is not published")
    assert ("Of the reviews" in words) is (said is not None)
    assert said is None or said in words
