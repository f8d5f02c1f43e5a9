"""What the board's pages tell first, final months before provisional ones, and what has a page of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from care_reviews.board import cards, changes, tables, words
from care_reviews.board.facts import Facts
from care_reviews.board.links import area_links
from care_reviews.report.facts import Cell, Definition, Key, Point, Publication
from tests.brute_force.spans import month_ends

MEASURE = "participation"
DEFINITION = Definition(
    MEASURE, "participation", "Took part", "", "percent", "", None, None, "", None, None, None, "higher"
)
LIMITS: dict[str, Any] = {
    "centre": Decimal(90),
    "lower_limit": Decimal(85),
    "upper_limit": Decimal(95),
    "base_points": 13,
}
ENDS = [dt.date(2020, 1, 31), dt.date(2020, 2, 29), dt.date(2020, 3, 31), dt.date(2020, 4, 30)]


def point(end: dt.date, value: float | None, status: str = "final", **given: Any) -> Point:
    """A month within 85 to 95; beyond is a signal."""
    known = value is not None
    shown = Decimal(str(value)) if known else None
    key = Key(MEASURE, given.pop("grain", "month"), end)
    found = Cell(key, "percent", value=shown, status=status, symbol=None if known else "c")
    is_beyond = value is not None and not 85 <= value <= 95
    return Point(found, **{**LIMITS, "is_beyond_limit": is_beyond, "is_signal": is_beyond, **given})


def facts_of(points: list[Point], definition: Definition = DEFINITION) -> Facts:
    publication = Publication(1, "A", dt.date(2020, 5, 1), dt.datetime(2020, 5, 2, tzinfo=dt.UTC), "passed")
    empty: dict[str, Any] = {name: {} for name in ("cells", "categories", "versions")}
    return Facts(
        "A",
        publication,
        ENDS[-1],
        points={MEASURE: tuple(points)},
        definitions={MEASURE: definition},
        since=None,
        **empty,
    )


def told(points: list[Point], definition: Definition = DEFINITION) -> tuple[list[str], list[str]]:
    found = changes.of_month(facts_of(points, definition))
    return tuple([str(one.words.striptags()) for one in each] for each in (found.final, found.provisional))  # type: ignore[return-value]


def months(*values: float | None, provisional: int = 0, **given: Any) -> list[Point]:
    """The months to April 2020, of which so many of the newest are provisional."""
    ends = ENDS[-len(values) :]
    return [
        point(end, value, "provisional" if place >= len(values) - provisional else "final", **given)
        for place, (end, value) in enumerate(zip(ends, values, strict=True))
    ]


@pytest.mark.parametrize(
    ("values", "provisional", "final", "open_months"),
    [
        ((90, 90, 81), 0, ["April 2020 (81.0%)"], []),
        ((90, 90, 81), 1, [], ["April 2020 (81.0%)"]),
        ((90, 81, 90), 1, ["March 2020 (81.0%)"], []),
        ((90, 81, 81), 1, ["March 2020 (81.0%)"], ["April 2020 (81.0%)"]),
        ((81, 90, 90), 1, [], []),  # what was said of an older month is no news
        ((81, 90, 90), 2, ["February 2020 (81.0%)"], []),
        ((81, 81), 2, [], ["April 2020 (81.0%)"]),
        ((90, 90, None), 1, [], []),
    ],
)
def test_a_signal_that_late_recording_may_undo_is_told_as_provisional_and_after_the_final_ones(
    values: tuple[float | None, ...], provisional: int, final: list[str], open_months: list[str]
) -> None:
    found = told(months(*values, provisional=provisional))
    assert [len(each) for each in found] == [len(final), len(open_months)]
    for said, wanted in zip((*found[0], *found[1]), (*final, *open_months), strict=True):
        assert wanted in said
    assert not any("rovisional" in said for said in found[0])
    assert all(said.endswith("Provisional: late recording may still change it.") for said in found[1])


def test_a_final_month_beside_limits_that_a_provisional_one_gives_is_provisional_as_well() -> None:
    trial = {"is_trial": True}
    assert [len(each) for each in told(months(90, 81, 90, provisional=1, **trial))] == [0, 1]
    older = [
        *months(90, 81, **trial),
        point(ENDS[-1], 90, "provisional", **{**LIMITS, "centre": Decimal(91)}),
    ]
    older = [
        replace(one, cell=replace(one.cell, key=one.cell.key._replace(end=end)))
        for one, end in zip(older, ENDS[1:], strict=True)
    ]
    assert [len(each) for each in told(older)] == [1, 0]


def test_a_target_that_turns_goes_the_same_way() -> None:
    goal = {"target": Decimal(90)}
    definition = replace(DEFINITION, target=Decimal(90))
    final, provisional = told(months(91, 89, 92, provisional=1, **goal), definition)
    assert [said.split(" lies ")[0] for said in (*final, *provisional)] == [
        "March 2020 (89.0%)",
        "April 2020 (92.0%)",
    ]


@pytest.mark.parametrize(
    ("value", "status", "said", "is_red"),
    [
        (81, "final", "◆ Signal", True),
        (81, "provisional", "◇ Signal, provisional", False),
        (90, "provisional", "● Usual variation", False),
    ],
)
def test_the_state_of_a_month_says_that_its_signal_is_provisional(
    value: float, status: str, said: str, is_red: bool
) -> None:
    found = words.state(point(ENDS[-1], value, status))
    assert found.striptags() == said
    assert ('class="state signal"' in found) is is_red


NO_LIMITS: dict[str, Any] = dict.fromkeys(LIMITS) | {"is_signal": None, "is_beyond_limit": None}


def years(values: Sequence[float | None], status: str = "final", **given: Any) -> list[Point]:
    """The months to April 2020, without limits."""
    ends = month_ends(ENDS[-1], len(values))
    return [
        point(end, value, status if end == ENDS[-1] else "final", **NO_LIMITS, **given)
        for end, value in zip(ends, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("others", "newest", "said"),
    [
        (
            [0] * 6,
            13,
            "of the 6 other months with a published value since October 2019, which are all 0.0%.",
        ),
        ([0] * 5, 13, None),  # too few to stand out from
        ([0] * 5 + [None], 13, None),
        ([0, 9, 4, 0, 2, 0], 9, None),
        ([0, 9, 4, 0, 2, 0], 9.04, None),  # which the page shows as 9.0
        ([0, 9, 4, 0, 2, 0], 9.05, "lies above each of the 6 other months"),
        ([5, 9, 4, 5, 2.5, 5], 2.4, "since October 2019, which lie between 2.5% and 9.0%."),
        ([5, 9, 4, 5, 2.5, 5], None, None),
    ],
)
def test_a_month_without_limits_that_stands_out_is_told_and_is_no_signal(
    others: list[float | None], newest: float | None, said: str | None
) -> None:
    facts = facts_of(years([*others, newest]))
    found = [str(one.words.striptags()) for one in changes.without_range(facts)]
    assert [said in each for each in found if said] == ([True] if said else [])
    assert len(found) == (said is not None)
    assert not any("signal" in each.lower() or "rovisional" in each for each in found)
    assert changes.of_month(facts) == changes.Changes((), ())


def test_one_that_stands_out_in_a_provisional_month_says_so() -> None:
    (one,) = changes.without_range(facts_of(years([0] * 6 + [13], "provisional")))
    assert str(one.words).endswith("Provisional: late recording may still change it.")


@pytest.mark.parametrize("measure", ["participation", "record_distributed_within_20_days"])
@pytest.mark.parametrize("status", ["final", "provisional"])
def test_a_month_whose_late_work_is_not_counted_yet_stands_out_from_none(measure: str, status: str) -> None:
    """100% of what is done already beside 85% of whole months is no news, and the chart says why."""
    is_awaited = measure != MEASURE and status == "provisional"
    definition = replace(DEFINITION, measure_id=measure)
    newest = years([85] * 6 + [100], status)
    facts = facts_of(newest, definition)
    facts = replace(facts, points={measure: facts.points[MEASURE]}, definitions={measure: definition})
    assert len(changes.without_range(facts)) == (not is_awaited)
    card = cards.of(facts, definition)
    assert card is not None
    assert (words.AWAITED in card.course) is is_awaited


def test_a_signal_of_such_a_month_says_so() -> None:
    definition = replace(DEFINITION, measure_id="outcomes_within_5_days")
    facts = facts_of(months(90, 90, 96, provisional=1), definition)
    facts = replace(facts, points={definition.measure_id: facts.points[MEASURE]})
    facts = replace(facts, definitions={definition.measure_id: definition})
    (one,) = changes.of_month(facts).provisional
    assert one.words.endswith(words.AWAITED)


def test_a_month_with_limits_is_judged_by_them() -> None:
    assert changes.without_range(facts_of([point(end, 90) for end in month_ends(ENDS[-1], 9)])) == ()
    last = point(ENDS[-1], 94)
    assert changes.without_range(facts_of([*years([90] * 8)[:-1], last])) == ()


@pytest.mark.parametrize(
    ("is_year_to_date", "grain", "is_anew"),
    [(True, "snapshot", True), (True, "month", False), (False, "snapshot", False)],
)
def test_what_counts_from_april_begins_anew_there(is_year_to_date: bool, grain: str, is_anew: bool) -> None:
    """Neither a line nor a comparison joins two reporting years."""
    definition = replace(DEFINITION, is_year_to_date=is_year_to_date)
    facts = facts_of(years([99, 98, 97, 96, 95, 94, 93, 100], grain=grain), definition)
    card = cards.of(facts, definition)
    assert card is not None
    lines = re.findall(r'<polyline [^>]*points="([^"]*)"', str(card.chart))
    assert [len(each.split()) for each in lines] == ([7] if is_anew else [8])
    assert ("begins anew" in card.course) is is_anew
    assert len(changes.without_range(facts)) == (not is_anew)


def test_what_is_known_of_no_area_has_no_page_and_stays_a_row_of_the_measure() -> None:
    """Nor has an area without any value but zero."""
    values = {"North": 90, "Not known": 80, "South": 0}
    cells = {}
    for name, value in values.items():
        key = Key(MEASURE, "financial_year", dt.date(2020, 3, 31), "quadrant", name)
        cells[key] = Cell(key, "percent", value=Decimal(value), symbol=None)
    facts = replace(facts_of(years([90])), cells=cells, categories={"quadrant": tuple(values)})
    assert [link.title for link in area_links(facts)] == ["North"]
    (drawn,) = tables.by_category(facts, DEFINITION)
    assert [row[0] for row in drawn.table.rows] == ["North", "Not known", "South"]
