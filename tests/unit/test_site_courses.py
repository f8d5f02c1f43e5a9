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
        ((6, 7), "more"),
        ((7, 6), "fewer"),
        ((7, 7), "as many"),
        ((5, 6), "more"),
        ((6, 5), "fewer"),
        ((1, 5), "as many"),
        ((0, 1), "more"),
        ((1, 0), "fewer"),
        ((0, 0), "as many"),
        ((9, None, 8), "fewer"),
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
    trend = Trend((DAY,), (rule(6, 7), rule(7, 6), rule(8, 9)))
    assert (trend.counted("more"), trend.counted("fewer"), trend.counted("as many")) == (2, 1, 0)


def test_a_month_with_nothing_to_check_is_not_drawn() -> None:
    assert rule(0, 0, checked=0).drawn == (None, None)
    assert Open(0, 0).words == "not applicable"
    assert (Open(0, 1).words, Open(0, None).words, Open(5, 9).words) == ("0", "0", "1 to 5")


def test_few_are_drawn_alike() -> None:
    assert set(rule(1, 2, 3, 4, 5).drawn) == {3.0}
    assert rule(0, 6).drawn == (0.0, 6.0)


@pytest.mark.parametrize(
    ("value", "is_count", "words", "drawn"),
    [
        (None, True, "no value", None),
        (None, False, "no value", None),
        (Decimal("3.0000"), True, "1 to 5", 3.0),
        (Decimal("5.0000"), True, "1 to 5", 3.0),
        (Decimal("6.0000"), True, "6", 6.0),
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


def test_bars() -> None:
    assert bars((None, 0, 12, 24.0)) == (
        Bar(8, HEIGHT - 1, 1),
        Bar(16, HEIGHT - 12, 12),
        Bar(24, 0, HEIGHT),
    )
    assert bars((1, 100_000))[0].height == 2  # little is more than nothing
    assert bars((0, 0)) == (Bar(0, 23, 1), Bar(8, 23, 1))
    assert bars((None,)) == bars(()) == ()
