"""The plain calculation of trends, held against published figures and both sides of every signal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.brute_force.cell import Cell, CellKey, count
from tests.brute_force.due_dates import add_months
from tests.brute_force.spans import month_ends
from tests.brute_force.trends import Limits, Trend, assurance, limits_of, of_series, signals, trends

# Month ends from March 2019 to March 2020, as the report prints them, and as known a month later.
LOOKED_AFTER = (972, 957, 954, 944, 958, 962, 974, 972, 974, 968, 975, 980, 984)
UASC = (114, 115, 114, 111, 119, 118, 120, 123, 120, 123, 114, 112, 108)
UASC_LATER = (*UASC[:-1], 106)
MARCH = date(2020, 3, 31)
WIDE = Limits(13, Decimal(0), Decimal(10), Decimal(-30), Decimal(30))


def judged(values: Sequence[float | None], until: date = MARCH) -> list[Trend]:
    """The trends of these values at the month ends up to a day."""
    days = month_ends(until, len(values))
    series = {
        day: None if value is None else Decimal(str(value)) for day, value in zip(days, values, strict=True)
    }
    return list(of_series(series).values())


def test_the_reports_series_of_children_looked_after() -> None:
    found = judged(LOOKED_AFTER)
    limits = found[-1].limits
    assert limits[1:] == tuple(map(Decimal, ("967.2308", "7.0000", "948.6108", "985.8508")))
    beyond = [number for number, trend in enumerate(found[1:], 1) if trend.signals and trend.signals[0]]
    assert [LOOKED_AFTER[number] for number in beyond] == [944]  # June 2019


@pytest.mark.parametrize(("series", "is_signal"), [(UASC, False), (UASC_LATER, True)])
def test_the_last_month_of_the_reports_series_of_uasc(series: tuple[int, ...], is_signal: bool) -> None:
    last = judged(series)[-1]
    assert last.signals is not None
    assert any(last.signals) is is_signal
    assert last.signals[0] is is_signal


def points(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((30,), (False, False, False, False)),
        ((30.0001,), (True, False, False, False)),
        ((-30,), (False, False, False, False)),
        ((-30.0001,), (True, False, False, False)),
        ((1, 2, 1, 2, 1, 2), (False, False, False, False)),
        ((1, 2, 1, 2, 1, 2, 1), (False, True, False, False)),
        ((-1, -2, -1, -2, -1, -2, -1), (False, True, False, False)),
        ((1, 2, 1, 0, 1, 2, 1), (False, False, False, False)),
        ((1, 2, 1, -1, 1, 2, 1), (False, False, False, False)),
        ((-3, -2, -1, 0, 1, 2), (False, False, False, False)),
        ((-3, -2, -1, 0, 1, 2, 3), (False, False, True, False)),
        ((3, 2, 1, 0, -1, -2, -3), (False, False, True, False)),
        ((-3, -2, -1, 0, 0, 1, 2), (False, False, False, False)),
        ((21, 0, 21), (False, False, False, True)),
        ((-21, 0, -21), (False, False, False, True)),
        ((0, 21, 21), (False, False, False, True)),
        ((21, 21, 0), (False, False, False, False)),
        ((20, 0, 21), (False, False, False, False)),
        ((-21, 0, 21), (False, False, False, False)),
        ((21, 0, 0, 21), (False, False, False, False)),
    ],
)
def test_each_signal_at_both_sides(values: tuple[float, ...], expected: tuple[bool, ...]) -> None:
    assert signals(points(*values), WIDE) == expected


def test_limits_of_few_points() -> None:
    assert limits_of([]) == Limits(0, None, None, None, None)
    assert limits_of(points(5)) == Limits(1, Decimal(5), None, None, None)
    assert limits_of(points(5, 7)) == Limits(2, Decimal(6), Decimal(2), Decimal("0.68"), Decimal("11.32"))
    assert limits_of(points(5, 5, 5)) == Limits(3, Decimal(5), Decimal(0), Decimal(5), Decimal(5))


def test_what_never_changes_gives_no_signal() -> None:
    assert {trend.signals for trend in judged([5] * 13)} == {(False,) * 4}


def test_a_year_that_runs_is_held_against_the_year_before() -> None:
    found = judged([5] * 13 + [6], until=date(2020, 4, 30))
    assert found[-1].base_year == date(2019, 4, 1) == found[-2].base_year
    assert found[-1].limits == found[-2].limits
    assert found[-1].signals == (True, False, False, False)


def test_a_year_that_is_over_is_held_against_itself() -> None:
    found = judged([5] * 13 + [6] * 12, until=date(2021, 3, 31))
    assert {trend.base_year for trend in found[13:]} == {date(2020, 4, 1)}
    assert found[-1].limits.points == 13
    # Seven points on one side, beginning with the first of the year: the month before it is on the other.
    assert [trend.signals[1] for trend in found[13:] if trend.signals] == [False] * 6 + [True] * 6


@pytest.mark.parametrize(("months", "base"), [(12, date(2019, 4, 1)), (11, date(2020, 4, 1))])
def test_a_year_that_runs_needs_twelve_points_before_it(months: int, base: date) -> None:
    assert judged([5] * months + [6], until=date(2020, 4, 30))[-1].base_year == base


def test_a_gap_is_no_point() -> None:
    found = judged([None, 5, None, 7], until=date(2020, 6, 30))
    assert found[2].signals is None
    assert found[2].limits == Limits(2, Decimal(6), Decimal(2), Decimal("0.68"), Decimal("11.32"))
    assert found[0].limits.points == 0


def month_ends_with(symbols: dict[int, str], values: Sequence[float], until: date = MARCH) -> list[Trend]:
    """The trends of these values, of which those at some places have a symbol instead."""
    days = month_ends(until, len(values))
    series = {day: None if n in symbols else Decimal(values[n]) for n, day in enumerate(days)}
    return list(of_series(series, {days[n]: symbol for n, symbol in symbols.items()}).values())


@pytest.mark.parametrize(("symbol", "said"), [("c", "c"), ("x", "x"), ("z", None)])
def test_a_base_with_a_point_that_readers_do_not_see_gives_no_limits(symbol: str, said: str | None) -> None:
    found = month_ends_with({3: symbol}, LOOKED_AFTER)
    assert found[3].symbol == symbol
    assert {trend.symbol for trend in found[4:]} == {said}
    assert {trend.limits.points for trend in found[1:]} == {12}
    assert all((trend.limits.centre is None) == (said is not None) for trend in found[1:])
    assert all((trend.signals is None) == (said is not None) for trend in found[4:])


def test_what_is_suppressed_goes_before_what_is_not_available() -> None:
    assert month_ends_with({2: "x", 3: "c"}, LOOKED_AFTER)[-1].symbol == "c"


def test_no_run_reaches_over_a_point_that_readers_do_not_see() -> None:
    later = month_ends_with({16: "c"}, [*LOOKED_AFTER, *[970] * 10], date(2021, 1, 31))
    # Months from January 2020 on lie above the centre; after July there are six of them.
    assert later[16].signals is None
    assert [trend.signals and trend.signals[1] for trend in later[17:]] == [False] * 6
    seen = month_ends_with({}, [*LOOKED_AFTER, *[970] * 10], date(2021, 1, 31))
    assert [trend.signals and trend.signals[1] for trend in seen[17:]] == [True] * 6


@pytest.mark.parametrize(
    ("measure_id", "grain", "is_charted"),
    [
        ("children_looked_after", "snapshot", True),
        ("review_timeliness_children", "snapshot", False),
        ("chair_changes", "snapshot", False),
        ("review_timeliness_reviews", "month", True),
        ("alert_repeat_children", "month", True),
    ],
)
def test_month_ends_that_repeat_each_other_have_no_limits(
    measure_id: str, grain: str, is_charted: bool
) -> None:
    cells = {
        CellKey(measure_id, grain, day.replace(day=1) if grain == "month" else day, day): count(each)
        for day, each in zip(month_ends(MARCH, 13), LOOKED_AFTER, strict=True)
    }
    for trend in trends(cells).values():
        assert trend.symbol == (None if is_charted else "z")
        assert (trend.limits.centre is not None) is (trend.signals is not None) is is_charted


def test_a_measure_is_followed_by_its_months() -> None:
    day = date(2020, 1, 31)
    month = CellKey("m", "month", add_months(day, 0).replace(day=1), day)
    snapshot = CellKey("m", "snapshot", day, day)
    other = CellKey("other", "snapshot", day, day)
    part = month._replace(breakdown="sex", category="Male")
    year = month._replace(period_grain="rolling_12_months")
    cells = {
        snapshot: count(9),
        month: count(3),
        other: Cell(None, 0, None, "z"),
        part: count(1),
        year: count(7),
    }
    assert {key: trend.value for key, trend in trends(cells).items()} == {
        ("m", day): Decimal(3),
        ("other", day): None,
    }


@pytest.mark.parametrize(
    ("direction", "band", "expected"),
    [
        ("higher", ("90", None), "will"),
        ("higher", ("90.0001", None), "may_or_may_not"),
        ("higher", ("95", None), "may_or_may_not"),
        ("higher", ("95.0001", None), "will_not"),
        ("lower", ("95", None), "will"),
        ("lower", ("94.9999", None), "may_or_may_not"),
        ("lower", ("90", None), "may_or_may_not"),
        ("lower", ("89.9999", None), "will_not"),
        ("within", ("90", "95"), "will"),
        ("within", ("90", "94.9999"), "may_or_may_not"),
        ("within", ("90.0001", "95"), "may_or_may_not"),
        ("within", ("95.0001", "96"), "will_not"),
        ("within", ("80", "89.9999"), "will_not"),
        ("higher", (None, None), None),
    ],
)
def test_what_limits_say_of_a_target(
    direction: str, band: tuple[str | None, str | None], expected: str | None
) -> None:
    """A value on the target meets it; without limits, or with some of few points, nothing is said."""
    target, target_upper = (None if each is None else Decimal(each) for each in band)
    limits = Limits(13, Decimal("92.5"), Decimal(1), Decimal(90), Decimal(95))
    assert assurance(limits, target, target_upper, direction) == expected
    assert assurance(limits._replace(lower=None, upper=None), target, target_upper, direction) is None
    assert assurance(limits._replace(points=12), target, target_upper, direction) == expected
    assert assurance(limits._replace(points=11), target, target_upper, direction) is None
