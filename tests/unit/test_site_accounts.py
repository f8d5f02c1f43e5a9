"""Accounts as the pages tell them: they close or not, agree or not, and give no small number away."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest

from care_reviews.site.accounts import AccountFacts, account_of

JANUARY, FEBRUARY = dt.date(2020, 1, 31), dt.date(2020, 2, 29)


class Line(NamedTuple):
    kind: str
    reason: str | None
    period_end: dt.date | None
    rows: int
    published: int | None = None
    table_name: str = "fact_cla"


READ, BLANK = Line("read", None, None, 100), Line("set aside", "blank", None, 20)


def counted(day: dt.date, rows: int, published: int | None) -> Line:
    return Line("counted", None, day, rows, published)


def test_months_make_up_one_account() -> None:
    lines = [READ, BLANK, counted(JANUARY, 30, 30), counted(FEBRUARY, 50, 49), counted(FEBRUARY, 0, None)]
    again = Line("set aside", "of a child who counts already", JANUARY, 3)
    account = account_of("periods_started", True, [*lines, again])
    assert (account.day, account.counted, account.periods, account.agree) == (None, 80, 2, 1)
    assert account.aside == {"blank": 20, "of a child who counts already": 3}
    assert not account.closes
    assert account_of("periods_started", True, lines).closes


def test_of_month_ends_the_newest_is_the_account() -> None:
    earlier = Line("set aside", "begins later", JANUARY, 40)
    over = Line("set aside", "is over by then", FEBRUARY, 30)
    ends = [counted(JANUARY, 40, 40), counted(FEBRUARY, 50, 50)]
    lines = [READ, BLANK, earlier, over, *ends]
    account = account_of("children_looked_after", False, lines, {("children_looked_after", FEBRUARY)})
    assert (account.day, account.counted, account.periods, account.agree) == (FEBRUARY, 50, 2, 2)
    assert account.aside == {"blank": 20, "is over by then": 30}
    assert account.closes
    assert account.lines == (("is over by then", "30"), ("blank", "20"))
    hidden = account_of("children_looked_after", False, lines, {("children_looked_after", JANUARY)})
    assert (hidden.counted_words, dict(hidden.lines)["blank"]) == ("not told", "not told")


@pytest.mark.parametrize(
    ("aside", "count", "lines", "counted"),
    [
        # 101 rows, told as 105: beside 100 that are known, each of 1 to 5 is possible.
        ({"blank": 1}, 100, (("blank", "1 to 5"),), "100"),
        # 102 rows, told as 105: beside 101 that are known, 5 is not.
        ({"blank": 1}, 101, (("blank", "not told"),), "not told"),
        ({"blank": 6}, 101, (("blank", "10"),), "105"),
        ({"blank": 2, "again": 30}, 7, (("again", "30"), ("blank", "1 to 5")), "10"),
        ({}, 3, (), "1 to 5"),
    ],
)
def test_numbers_that_would_tell_a_small_one_are_not_told(
    aside: dict[str, int], count: int, lines: tuple[tuple[str, str], ...], counted: str
) -> None:
    account = AccountFacts("x", "y", None, count + sum(aside.values()), aside, count, 1, 1)
    assert (account.lines, account.counted_words) == (lines, counted)
