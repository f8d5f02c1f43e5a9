"""What measures that are part of each other tell between them: cases that an attacker once solved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from care_reviews.disclosure.cells import Cell, CellKey, is_primary
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import SETTLED, WITHIN, of_days, of_parts
from care_reviews.disclosure.suppression import suppressed
from tests.attack.attacker import Attack
from tests.attack.secrets import secrets_of, shown_of

DAY = (dt.date(2020, 3, 31), dt.date(2020, 3, 31))
YEAR = (dt.date(2019, 4, 1), dt.date(2020, 3, 31))
Row = tuple[int | None, int | None]


def by(
    measure: str,
    grain: str,
    days: tuple[dt.date, dt.date],
    breakdown: str,
    unit: str,
    rows: Mapping[str, Row],
) -> dict[CellKey, Cell]:
    """Cells of a measure by category; `all` is the whole."""
    return {
        CellKey(measure, grain, *days, "all" if name == "all" else breakdown, name): Cell(*row, unit)
        for name, row in rows.items()
    }


def month(measure: str, unit: str, first: dt.date, row: Row) -> dict[CellKey, Cell]:
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return {CellKey(measure, "month", first, last, "all", "all"): Cell(*row, unit)}


def late() -> dict[CellKey, Cell]:
    """Children with a review late, and those of them who had one due."""
    names = ("all", "Care order", "Voluntary", "Placement order")
    in_time = ((961, 986), (383, 400), (300, 306), (278, 280))
    of_due = ((939, 964), (381, 398), (294, 300), (264, 266))
    of = ("snapshot", DAY, "legal_status_group", "percent")
    return by("review_timeliness_children", *of, dict(zip(names, in_time, strict=True))) | by(
        "review_timeliness_children_due", *of, dict(zip(names, of_due, strict=True))
    )


def timed() -> dict[CellKey, Cell]:
    """Alerts raised, and those whose days to resolve are counted."""
    raised = {"all": 297, "Under 1": 5, "1 to 4": 56, "5 to 9": 47, "10 to 15": 102, "16 and over": 87}
    of = ("financial_year", YEAR, "age_band")
    return by("alerts_raised", *of, "alerts", {name: (count, None) for name, count in raised.items()}) | by(
        "alert_days_to_resolve_median",
        *of,
        "working_days",
        {name: (8, count) for name, count in raised.items()},
    )


def allocated() -> dict[CellKey, Cell]:
    """Periods started, those with a chair in time, and who is there at the ends of the months."""
    found: dict[CellKey, Cell] = {}
    for number, started, ceased, there in ((7, 8, 9, 198), (8, 7, 5, 200), (9, 7, 8, 199)):
        first = dt.date(2018, number, 1)
        found |= month("periods_started", "periods", first, (started, None))
        found |= month("periods_ceased", "periods", first, (ceased, None))
        found |= month("chair_allocated_within_5_days", "percent", first, (started, started))
        last = next(iter(month("", "", first, (0, None)))).period_end
        found[CellKey("children_looked_after", "snapshot", last, last, "all", "all")] = Cell(
            there, None, "children"
        )
    quarter = (dt.date(2018, 7, 1), dt.date(2018, 9, 30), "all", "all")
    found[CellKey("periods_started", "quarter", *quarter)] = Cell(22, None, "periods")
    found[CellKey("periods_ceased", "quarter", *quarter)] = Cell(22, None, "periods")
    found[CellKey("chair_allocated_within_5_days", "quarter", *quarter)] = Cell(22, 22, "percent")
    return found


def ones() -> dict[CellKey, Cell]:
    """Two hidden counts that add up to 2: none is hidden for nothing, so that each is 1."""
    counts = {"all": 30, "White": 22, "Asian": 6, "Black": 1, "Mixed": 1}
    rows = {name: (count, None) for name, count in counts.items()}
    return by("alerts_open", "snapshot", DAY, "ethnicity", "alerts", rows)


def slowest() -> dict[CellKey, Cell]:
    """Alerts of three months, of each of which the 18th of 19 took 21 days: no more than 17 were in time."""
    found: dict[CellKey, Cell] = {}
    for number in (7, 8, 9):
        first = dt.date(2019, number, 1)
        found |= month("alerts_raised", "alerts", first, (19, None))
        found |= month("alert_resolved_within_20_days", "percent", first, (17, 19))
        found |= month("alert_days_to_resolve_p90", "working_days", first, (21, 19))
    quarter = (dt.date(2019, 7, 1), dt.date(2019, 9, 30), "all", "all")
    found[CellKey("alerts_raised", "quarter", *quarter)] = Cell(57, None, "alerts")
    found[CellKey("alert_resolved_within_20_days", "quarter", *quarter)] = Cell(51, 57, "percent")
    return found


def once() -> dict[CellKey, Cell]:
    """Children and periods of 12 months: as many in the year, so that nobody is in two of its months."""
    found: dict[CellKey, Cell] = {}
    year = (dt.date(2019, 4, 1), dt.date(2020, 3, 31), "all", "all")
    for measure, unit in (("children_started", "children"), ("periods_started", "periods")):
        for number in range(12):
            first = dt.date(2019 + (number + 3) // 12, (number + 3) % 12 + 1, 1)
            found |= month(measure, unit, first, (5 if number == 6 else 7, None))
        found[CellKey(measure, "rolling_12_months", *year)] = Cell(82, None, unit)
    return found


CASES = {
    "late": late(),
    "timed": timed(),
    "allocated": allocated(),
    "ones": ones(),
    "slowest": slowest(),
    "once": once(),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_small_is_found_out(name: str) -> None:
    cells = CASES[name]
    assert any(map(is_primary, cells.values()))
    hidden = suppressed(cells)
    assert Attack(shown_of(cells, hidden)).found_out(secrets_of(cells, hidden)) == {}
    assert len(hidden) < len(cells)


@pytest.mark.parametrize("name", CASES)
def test_the_attacker_finds_what_is_hidden_alone(name: str) -> None:
    """So that the test above can fail: with the small cells hidden and nothing else."""
    cells = CASES[name]
    hidden = {key for key, cell in cells.items() if is_primary(cell)}
    assert Attack(shown_of(cells, hidden)).found_out(secrets_of(cells, hidden)) != {}


def relations(numbers: Mapping[str, int]) -> list[tuple[int, str]]:
    """Of numbers by their quantity's name: how many parts each relation has, and what they make up."""
    found = of_parts({Quantity(name, *YEAR, "sex", "Male"): number for name, number in numbers.items()})
    return [(len(each.parts), each.whole.name) for each in found]


@pytest.mark.parametrize(("part", "whole"), WITHIN)
def test_a_part_is_never_more_than_its_whole(part: str, whole: str) -> None:
    assert (2, whole) in relations({part: 7, whole: 7})
    assert (2, whole) not in relations({part: 8, whole: 7})


@pytest.mark.parametrize(("one", "other"), SETTLED)
def test_what_is_settled_is_the_same_where_the_numbers_are(one: str, other: str) -> None:
    assert (1, other) in relations({one: 7, other: 7})
    assert (1, other) not in relations({one: 7, other: 8})


@pytest.mark.parametrize(
    ("took", "bounds"),
    [
        (20, {("alert_resolved_within_20_days", "reached"), ("alerts_raised_concluded", "reached")}),
        (21, {("below", "alert_resolved_within_20_days"), ("alerts_raised_concluded", "reached")}),
        (None, {("below", "alert_resolved_within_20_days"), ("below", "alerts_raised_concluded")}),
    ],
)
def test_days_tell_how_many_alerts_took_as_long(took: int | None, bounds: set[tuple[str, str]]) -> None:
    """Nine in ten of 18 alerts are 17; where they took more than 20 days, or some are open, 16 did not."""
    days = CellKey("alert_days_to_resolve_p90", "financial_year", *YEAR, "all", "all")
    count = 17 if took == 20 else 16
    cells = {
        days: Cell(took, 18, "working_days"),
        days._replace(measure_id="alert_resolved_within_20_days"): Cell(count, 18, "percent"),
        days._replace(measure_id="alerts_raised_concluded"): Cell(17 if took else 16, 18, "percent"),
    }
    picture = Picture(cells)
    found = of_days(cells, picture.counts, picture.number)
    assert {(each.whole.name.split(":")[0], each.parts[0].name.split(":")[0]) for each in found} == bounds


@pytest.mark.parametrize(("intervals", "is_told"), [(30, True), (31, False)])
def test_every_review_but_a_first_ends_an_interval(intervals: int, is_told: bool) -> None:
    def of(name: str, breakdown: str = "all", category: str = "all") -> Quantity:
        return Quantity(name, *YEAR, breakdown, category)

    first, later, held = (
        of("reviews_held", "review_sequence", "First"),
        of("of:progress_update_coverage"),
        of("reviews_held"),
    )
    found = list(of_parts({first: 10, later: intervals, held: 40}))
    assert ((first, later) in [each.parts for each in found]) == is_told
