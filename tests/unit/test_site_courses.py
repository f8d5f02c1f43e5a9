"""What is drawn of a course over the months: no more than the words beside it say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from care_reviews.site.courses import HEIGHT, Bar, Course, Open, Point, RuleTrend, Trend, bars

DAY = dt.date(2020, 3, 31)


def rule(*findings: int | None, checked: int | None = 100) -> RuleTrend:
    months = tuple(None if number is None else Open(number, checked) for number in findings)
    return RuleTrend("care", "reviews.1", "It holds.", "a team", months)


@pytest.mark.parametrize(
    ("findings", "course"),
    [
        ((10, 11), "more"),
        ((11, 10), "fewer"),
        ((6, 10), "as many"),
        ((5, 6), "more"),
        ((6, 5), "fewer"),
        ((1, 5), "as many"),
        ((0, 1), "more"),
        ((1, 0), "fewer"),
        ((0, 0), "as many"),
        ((11, None, 8), "fewer"),
        ((9, 8, None), "–"),
        ((None, 8), "–"),
        ((8,), "–"),
        ((), "–"),
    ],
)
def test_the_course_is_that_of_the_counts_that_are_shown(
    findings: tuple[int | None, ...], course: str
) -> None:
    assert rule(*findings).course == course


def test_rules_are_counted_by_their_course() -> None:
    trend = Trend((DAY,), (rule(10, 11), rule(11, 10), rule(15, 16)))
    assert (trend.counted("more"), trend.counted("fewer"), trend.counted("as many")) == (2, 1, 0)


def test_a_month_with_nothing_to_check_is_not_drawn() -> None:
    assert rule(0, 0, checked=0).drawn == (None, None)
    assert Open(0, 0).words == "not applicable"
    assert (Open(0, 1).words, Open(0, None).words, Open(5, 9).words) == ("0", "0", "1 to 5")


def test_few_are_drawn_alike() -> None:
    assert set(rule(1, 2, 3, 4, 5).drawn) == {3.0}
    assert rule(0, 6, 10).drawn == (0.0, 10.0, 10.0)


def by_team(*months: dict[str, int] | None) -> RuleTrend:
    found = tuple(month if month is None else Open(sum(month.values()), 100, month) for month in months)
    return RuleTrend("care", "reviews.1", "It holds.", "a team", found)


def test_a_team_has_the_rules_of_which_something_of_it_can_be_told() -> None:
    told = by_team({"North": 3, "South": 20}, {"North": 12, "South": 20})
    untold = by_team({"North": 1, "South": 1, "East": 1, "West": 1})
    assert Trend((DAY, DAY), (told, untold)).teams == {"North": (told,), "South": (told,)}
    first, last = told.months
    assert first is not None
    assert last is not None
    assert (first.words_of("North"), last.words_of("North"), last.words_of("East")) == ("1 to 5", "15", "0")
    assert (told.course_of("North"), told.course_of("South"), told.course_of("East")) == (
        "more",
        "as many",
        "as many",
    )
    trend = Trend((DAY, DAY), (told, untold))
    assert (trend.counted("more", "North"), trend.counted("more", "South")) == (1, 0)
    (month,) = untold.months
    assert month is not None
    assert (month.words, month.words_of("North"), untold.drawn_of("North")) == (
        "1 to 5",
        "not split",
        (None,),
    )


def test_a_team_of_a_month_with_nothing_to_check_has_nothing() -> None:
    assert Open(0, 0).words_of("North") == "not applicable"
    assert by_team(None, {}).drawn_of("North") == (None, 0.0)


@pytest.mark.parametrize(
    ("value", "is_count", "words", "drawn"),
    [
        (None, True, "no value", None),
        (None, False, "no value", None),
        (Decimal("3.0000"), True, "1 to 5", 3.0),
        (Decimal("5.0000"), True, "1 to 5", 3.0),
        (Decimal("6.0000"), True, "6", 6.0),  # as readers see it
        (Decimal("1234.0000"), True, "1,234", 1234.0),
        (Decimal("3.0000"), False, "3.0", 3.0),
        (Decimal("1234.5678"), False, "1,234.6", 1234.6),
        (Decimal("0.0000"), False, "0.0", 0.0),
    ],
)
def test_a_value_is_drawn_as_it_is_written(
    value: Decimal | None, is_count: bool, words: str, drawn: float | None
) -> None:
    point = Point(DAY, value, is_count, is_provisional=False)
    assert (point.words, Course("a day", (point,)).drawn) == (words, (drawn,))


def test_a_course_by_reporting_year() -> None:
    days = (dt.date(2019, 3, 31), dt.date(2019, 4, 30), dt.date(2019, 12, 31), dt.date(2020, 1, 31))
    first, second, third, last = (Point(day, None, True, False) for day in days)
    assert Course("a day", (first, second, third, last)).years == {
        "2019/20": (second, *[None] * 7, third, last, None, None),
        "2018/19": (*[None] * 11, first),
    }
    assert Course("a day", ()).years == {}


def test_bars() -> None:
    assert bars((None, 0, 12, 24.0)) == (
        Bar(8, HEIGHT - 1, 1),
        Bar(16, HEIGHT - 12, 12),
        Bar(24, 0, HEIGHT),
    )
    assert bars((1, 100_000))[0].height == 2  # little is more than nothing
    assert bars((0, 0)) == (Bar(0, 23, 1), Bar(8, 23, 1))
    assert bars((None,)) == bars(()) == ()
