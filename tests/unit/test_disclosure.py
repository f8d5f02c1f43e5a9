"""Which cells are hidden: small ones by their unit, and as many more as it takes, the smallest first."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest

from care_reviews.disclosure.cells import Cell, CellKey, is_primary
from care_reviews.disclosure.equations import Equations
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import Relation, of_parts
from care_reviews.disclosure.suppression import suppressed, too_fine
from care_reviews.disclosure.swaps import cheapest

YEAR = (dt.date(2019, 4, 1), dt.date(2020, 3, 31))


def cell(measure: str, breakdown: str = "all", category: str = "all") -> CellKey:
    return CellKey(measure, "financial_year", *YEAR, breakdown, category)


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "is_hidden"),
    [
        (0, None, "children", False),
        (1, None, "children", True),
        (5, None, "reviews", True),
        (6, None, "alerts", False),
        (0, 0, "percent", False),
        (0, 6, "percent", False),
        (0, 5, "percent", True),
        (6, 6, "percent", False),
        (5, 5, "percent", True),
        (5, 11, "percent", True),
        (6, 11, "percent", True),
        (6, 12, "percent", False),
        (968, 972, "percent", True),
        (966, 972, "percent", False),
        (3, 6, "working_days", False),
        (60, 5, "working_days", True),
        (None, 5, "working_days", True),
        (None, 6, "working_days", False),
        (None, 0, "working_days", False),
        (5, None, "fte", False),
        (5, 100, "children_per_fte", True),
        (6, 3, "children_per_fte", False),
        (5, 100, "alerts_per_100_children", True),
        (6, 5, "alerts_per_100_children", True),
        (9, 8, "alerts_per_100_children", False),
    ],
)
def test_what_is_small(numerator: int | None, denominator: int | None, unit: str, is_hidden: bool) -> None:
    assert is_primary(Cell(numerator, denominator, unit)) == is_hidden


def row(male: int, female: int, other: int, measure: str = "periods_started") -> dict[CellKey, Cell]:
    numbers = {"Male": male, "Female": female, "Indeterminate": other}
    parts = {cell(measure, "sex", name): Cell(number, None, "periods") for name, number in numbers.items()}
    return {cell(measure): Cell(male + female + other, None, "periods"), **parts}


def hidden(cells: dict[CellKey, Cell], before: Picture | None = None) -> dict[str, str]:
    return {key.category: reason for key, reason in suppressed(cells, before).items()}


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((6, 9, 0), {}),
        ((5, 9, 0), {"Male": "primary", "Female": "secondary"}),
        ((3, 9, 8), {"Male": "primary", "Indeterminate": "secondary"}),
        ((3, 4, 8), {"Male": "primary", "Female": "primary"}),
        ((3, 0, 0), {"Male": "primary", "all": "primary"}),
        ((0, 0, 0), {}),
    ],
)
def test_the_next_smallest_of_a_row(numbers: tuple[int, int, int], found: dict[str, str]) -> None:
    assert hidden(row(*numbers)) == found


@pytest.mark.parametrize("measure", ["periods_started", "children_started"])
@pytest.mark.parametrize(("category", "is_hidden"), [("Not known", True), ("Second", False)])
def test_a_breakdown_of_which_nothing_is_known_shows_nothing_more_than_the_whole(
    measure: str, category: str, is_hidden: bool
) -> None:
    """Its one category says what the whole says, so both are hidden; one of several may stay."""
    whole = {cell(measure): Cell(12, None, "periods")}
    cells = whole | {cell(measure, "quadrant", category): Cell(12, None, "periods")}
    found = hidden(cells, before=Picture(whole, whole))
    assert found == {"all": "secondary"} | ({category: "secondary"} if is_hidden else {})


def test_children_who_may_be_in_two_categories_are_hidden_in_rows_too() -> None:
    assert hidden(row(3, 9, 8, "children_started")) == {"Male": "primary", "Indeterminate": "secondary"}


def test_what_was_hidden_stays_hidden_while_it_is_unchanged() -> None:
    cells = row(3, 9, 8)
    before = Picture(cells, suppressed(cells))
    assert hidden(row(7, 9, 8), before) == {"Male": "secondary", "Indeterminate": "secondary"}
    assert hidden(row(7, 9, 10), before) == {}


def test_what_was_shown_protects_nothing() -> None:
    before = Picture(row(6, 9, 8))
    # The girls and the others are known; the whole has changed, and is not.
    assert hidden(row(5, 9, 8), before).keys() >= {"Male", "all"}
    assert hidden(row(5, 9, 7), before) == {"Male": "primary", "Indeterminate": "secondary"}


def test_a_zero_is_hidden_where_nothing_else_is_left() -> None:
    """All and the girls are known; of the others, hidden before, are none: that shown tells the boys."""
    there = row(5, 53, 0)
    earlier = row(5, 53, 48) | {cell("periods_started"): there[cell("periods_started")]}
    before = Picture(earlier, {cell("periods_started", "sex", name) for name in ("Male", "Indeterminate")})
    assert hidden(there, before) == {"Male": "primary", "Indeterminate": "secondary"}
    # One that readers have seen protects nothing.
    assert hidden(there, Picture(there, {cell("periods_started", "sex", "Male")})) == {"Male": "told"}


def test_a_night_after_one_that_hid_nothing_still_hides_what_is_small() -> None:
    cells = row(3, 9, 8)
    assert hidden(cells, Picture(cells))["Male"] == "primary"


def test_shares_of_the_same_reviews_are_not_given_away_by_each_other() -> None:
    cells = {
        cell("participation"): Cell(80, 100, "percent"),
        cell("participation_not"): Cell(17, 100, "percent"),
        cell("participation_not_recorded"): Cell(3, 100, "percent"),
        cell("attendance"): Cell(60, 100, "percent"),
    }
    assert {key.measure_id: reason for key, reason in suppressed(cells).items()} == {
        "participation_not_recorded": "primary",
        "participation_not": "secondary",
    }


@pytest.mark.parametrize(("well", "is_shown"), [(80, True), (97, False)])
def test_an_audit_without_a_rating_is_not_rated_well(well: int, is_shown: bool) -> None:
    """Of 100 audits 20, or 3, are not rated well: those without a rating are among them."""
    cells = {
        cell("smart_rating"): Cell(well, 100, "percent"),
        cell("smart_rating_not_recorded"): Cell(100 - well, 100, "percent"),
        cell("child_focused"): Cell(60, 100, "percent"),
    }
    found = {key.measure_id for key in suppressed(cells)}
    assert found == (set() if is_shown else {"smart_rating", "smart_rating_not_recorded"})


@pytest.mark.parametrize(("overdue", "shown"), [(9, {"review_up_to_date": 976}), (3, {})])
def test_what_is_part_of_something_else_is_not_above_it(overdue: int, shown: dict[str, int]) -> None:
    """Where all children but some are up to date, those have reviews overdue: no fewer than they are."""
    day = (dt.date(2020, 4, 30), dt.date(2020, 4, 30), "all", "all")
    cells = {
        CellKey("review_up_to_date", "snapshot", *day): Cell(985 - overdue, 985, "percent"),
        CellKey("overdue_reviews", "snapshot", *day): Cell(overdue, None, "reviews"),
        CellKey("children_looked_after", "snapshot", *day): Cell(985, None, "children"),
    }
    found = suppressed(cells)
    readable = {key.measure_id: cell.numerator for key, cell in cells.items() if key not in found}
    assert readable == {"children_looked_after": 985} | shown | ({"overdue_reviews": 9} if shown else {})


@pytest.mark.parametrize(("late", "is_secret"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_few_children_who_were_late_and_are_up_to_date_are_not_told_by_two_measures(
    late: int, is_secret: bool
) -> None:
    day = (dt.date(2020, 4, 30), dt.date(2020, 4, 30), "all", "all")
    cells = {
        CellKey("review_up_to_date", "snapshot", *day): Cell(500, 600, "percent"),
        CellKey("review_timeliness_children", "snapshot", *day): Cell(500 - late, 600, "percent"),
        CellKey("children_looked_after", "snapshot", *day): Cell(600, None, "children"),
    }
    assert {key.measure_id for key in suppressed(cells)} == ({"review_up_to_date"} if is_secret else set())


@pytest.mark.parametrize(("band", "is_told"), [("5 to 9", True), ("1 to 4", False)])
def test_every_review_of_older_children_is_in_scope(band: str, is_told: bool) -> None:
    """So the reviews held tell how many have a participation code; of younger children they do not."""
    of = Quantity("reviews_in_scope", *YEAR, "age_band", band)
    relations = list(of_parts({of: 20, of._replace(name="reviews_held"): 20}))
    assert [len(relation.parts) for relation in relations] == [1 if is_told else 2]
    assert not list(of_parts({of: 21, of._replace(name="reviews_held"): 20}))


def test_whoever_is_an_asylum_seeker_was_one_within_the_year_and_is_looked_after() -> None:
    day = (dt.date(2020, 3, 31), dt.date(2020, 3, 31))
    names = ("children_looked_after_uasc", "children_looked_after_uasc_12_months", "children_looked_after")
    boys = [Quantity(name, *day, "sex", "Male") for name in names]
    everybody = [
        Quantity("children_looked_after", *day, "uasc", "UASC"),
        *(Quantity(name, *day, "all", "all") for name in names[1:]),
    ]
    for each in (boys, everybody):
        relations = of_parts(dict(zip(each, (3, 3, 40), strict=True)))
        assert [(relation.parts[0], relation.whole) for relation in relations] == [*pairwise(each)]
        assert len([*of_parts(dict(zip(each, (4, 3, 40), strict=True)))]) == 1


@pytest.mark.parametrize(("also_said", "is_told"), [(1, True), (2, False)])
def test_numbers_that_contradict_each_other_tell_nothing(also_said: int, is_told: bool) -> None:
    """Where readers are told twice how many one is, and not the same, no equation holds."""
    secret, whole, once, twice, one, other = (
        Quantity(name, *YEAR, "all", "all") for name in ("secret", "whole", "once", "twice", "one", "other")
    )
    relations = [
        Relation(secret, (one,)),
        Relation(whole, (one, other)),
        Relation(once, (other,)),
        Relation(twice, (other,)),
    ]
    equations = Equations(relations, {secret: 3, whole: 4, once: 1, twice: also_said})
    known = np.array([0, np.inf, np.inf, np.inf])
    assert (cheapest(equations, known, 0) is None) is is_told


def test_what_nobody_publishes_links_a_secret_with_others() -> None:
    """One more of the secret is one less of what both sums share, and one more of the other."""
    secret, other, shared, first, second = (
        Quantity(name, *YEAR, "all", "all") for name in ("secret", "other", "shared", "first", "second")
    )
    relations = [Relation(first, (secret, shared)), Relation(second, (other, shared))]
    equations = Equations(relations, {secret: 3, other: 9, first: 8, second: 14})
    swap = cheapest(equations, np.array([0, 0, np.inf, np.inf]), 0)
    assert swap is not None
    assert set(swap.changed) == {0, 1}
    assert cheapest(equations, np.array([0, np.inf, np.inf, np.inf]), 0) is None


def month(number: int, measure: str = "reviews_held") -> CellKey:
    end = dt.date(2020, number % 12 + 1, 1) - dt.timedelta(days=1) if number < 12 else dt.date(2020, 12, 31)
    return CellKey(measure, "month", dt.date(2020, number, 1), end, "all", "all")


def quarter(*months: int) -> dict[CellKey, Cell]:
    """The first months of 2020 and their quarter."""
    whole = CellKey("reviews_held", "quarter", dt.date(2020, 1, 1), dt.date(2020, 3, 31), "all", "all")
    cells = {month(number): Cell(count, None, "reviews") for number, count in enumerate(months, 1)}
    return cells | {whole: Cell(sum(months), None, "reviews")}


@pytest.mark.parametrize(
    ("months", "found"),
    [
        ((6, 7, 8), set()),
        ((5, 8, 7), {1, 3}),
        ((0, 0, 5), {3, "quarter"}),
        ((0, 6, 9), set()),
        ((4, 5, 9), {1, 2, 3}),
    ],
)
def test_a_small_month_hides_the_next_smallest_of_its_quarter(
    months: tuple[int, ...], found: set[object]
) -> None:
    hidden_keys = suppressed(quarter(*months))
    assert {
        key.period_start.month if key.period_grain == "month" else "quarter" for key in hidden_keys
    } == found


def concluded(*months: int, left: int = 0) -> dict[CellKey, Cell]:
    """The alerts raised in the first months of 2020 and in their quarter, which were concluded but for `left`
    of the first month.
    """
    raised = {key._replace(measure_id="alerts_raised"): each for key, each in quarter(*months).items()}
    of = {
        key._replace(measure_id="alerts_raised_concluded"): each.numerator or 0
        for key, each in raised.items()
    }
    fewer = {key: left if key.period_start.month == 1 else 0 for key in of}
    return raised | {key: Cell(count - fewer[key], count, "percent") for key, count in of.items()}


def test_a_zero_that_is_hidden_tells_nobody_that_its_months_had_none() -> None:
    """A quarter and its first month were hidden, 45 of 45 and 12 of 12. When the month is no longer published
    nothing says that none of it was left, so that the quarter, which would tell the month, stays hidden.
    """
    cells = concluded(12, 17, 16)
    secrets = {
        key for key in cells if key.measure_id == "alerts_raised_concluded" and key.period_start.month == 1
    }
    later = {key: each for key, each in cells.items() if key != month(1, "alerts_raised_concluded")}
    assert {key.period_grain for key in secrets} == {"month", "quarter"}
    assert suppressed(later, Picture(cells, secrets)).keys() == secrets & later.keys()


def test_a_zero_that_is_shown_tells_that_its_months_had_none() -> None:
    """Where nothing was left in a quarter, nothing can be hidden in a month by what was left of it."""
    cells = concluded(12, 17, 16)
    first = month(1, "alerts_raised_concluded")
    later = {key: each for key, each in cells.items() if key != first}
    assert not suppressed(later, Picture(cells, {first}))


@pytest.mark.parametrize(("others", "reason"), [((9, 8), "told"), ((9, 7), "primary")])
def test_what_publications_before_tell_is_named(others: tuple[int, int], reason: str) -> None:
    """The whole and every other category were shown as they are: whoever remembers them can subtract."""
    before = Picture(row(3, 9, 8), [cell("periods_started", "sex", "Male")])
    assert hidden(row(3, *others), before)["Male"] == reason


@pytest.mark.parametrize(("numbers", "is_whole"), [((5, 8, 7, 9), False), ((5, 4, 7, 9), True)])
def test_of_a_grain_with_many_small_cells_none_is_shown(numbers: tuple[int, ...], is_whole: bool) -> None:
    """A third of them small is too many to read anything from the others."""
    cells = {month(number): Cell(count, None, "reviews") for number, count in enumerate(numbers, 1)}
    primary = {key for key, each in cells.items() if is_primary(each)}
    assert too_fine(cells, primary) == (set(cells) if is_whole else set())


@pytest.mark.parametrize("small_month", [None, 9])
def test_a_quarter_that_its_months_tell_is_shown(small_month: int | None) -> None:
    """Two of three quarters are small: the third would be hidden with them, were its months not shown."""
    whole = CellKey("reviews_held", "quarter", dt.date(2020, 1, 1), dt.date(2020, 3, 31), "all", "all")
    quarters = [whole._replace(period_start=dt.date(2020, first, 1)) for first in (1, 4, 7)]
    months = [month(number) for number in range(1, 10)]
    cells = {key: Cell(9, None, "reviews") for key in (*quarters, *months)}
    primary = {*quarters[:2], month(1), month(4), *([month(small_month)] if small_month else [])}
    assert too_fine(cells, primary) == {*quarters[:2], *(quarters[2:] if small_month else [])}
    assert too_fine({key: cells[key] for key in quarters}, primary) == {*quarters}


def test_two_runs_of_12_months_do_not_give_away_the_month_before_them() -> None:
    """There were 100 up to February, 109 up to March, and 12 in March: so there were 3 the March before."""
    spans = {(2019, 3): (dt.date(2020, 2, 29), 100), (2019, 4): (dt.date(2020, 3, 31), 109)}
    years = {
        CellKey("reviews_held", "rolling_12_months", dt.date(*start, 1), end, "all", "all"): count
        for start, (end, count) in spans.items()
    }
    cells = {key: Cell(count, None, "reviews") for key, count in {**years, month(3): 12}.items()}
    assert set(suppressed(cells)) == {month(3)}
    assert not suppressed(cells | {month(3): Cell(9 + 6, None, "reviews")})


@pytest.mark.parametrize(("cost", "is_near"), [(29_999, True), (30_001, False)])
def test_a_figure_of_a_report_is_kept_where_others_further_away_may_be_hidden(
    cost: int, is_near: bool
) -> None:
    """A secret, the year that it is part of, and a row of others: each makes up a known sum with the next."""
    year, secret, *others = quantities = [
        Quantity(name, *YEAR, "all", "all") for name in ("year", "secret", "a", "b", "c", "d")
    ]
    known = [Quantity(name, *YEAR, "all", "all") for name in ("ab", "bc", "cd")]
    relations = [Relation(year, (secret, others[0]))]
    relations += [Relation(one, pair) for one, pair in zip(known, pairwise(others), strict=True)]
    numbers = dict.fromkeys(others, 10) | {year: 12, secret: 2} | dict.fromkeys(known, 20)
    equations = Equations(relations, {one: numbers[one] for one in (*quantities, *known)})
    costs = np.array([cost, 0, 10, 10, 10, 10, *[np.inf] * 3])
    swap = cheapest(equations, costs, 1)
    assert swap is not None
    assert (0 in swap.changed) is is_near
