"""What is drawn of a measure's course over the months: no more than the words beside it say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from care_reviews.site.courses import HEIGHT, Bar, Course, Point, bars

DAY = dt.date(2020, 3, 31)


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
