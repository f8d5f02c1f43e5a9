"""Text that no spreadsheet takes for a formula, periods, and places."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from care_reviews.demo.profiles import load_profile, profile_names
from care_reviews.errors import ConfigurationError
from care_reviews.open_data.places import HEADER, place_of
from care_reviews.open_data.plain_text import csv_bytes, plain
from care_reviews.open_data.tidy import number
from care_reviews.open_data.times import time_of
from tests.open_data.screener.places import REGIONS


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1", "'\uff1d1"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("  =1", "'=1"),
        ("\u2028=1", "'=1"),
        ("\x00=1", "'=1"),
        ("a\tb\r\nc", "a b c"),
        ("1=1", "1=1"),
        ("a-b", "a-b"),
        ("'=1", "'=1"),
        ("", ""),
        (" Male ", "Male"),
    ],
)
def test_what_begins_like_a_formula_is_marked_as_text(words: str, instead: str) -> None:
    assert plain(words) == instead
    assert plain(plain(words)) == instead


def test_csv_is_as_rfc_4180_says() -> None:
    assert csv_bytes([("a", "b"), ('say "x"', "1,5"), ("é", "=1")]) == (
        'a,b\r\n"say ""x""","1,5"\r\né,\'=1\r\n'.encode()
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("0.0000"), "0"),
        (Decimal("100.0000"), "100"),
        (Decimal("33.3300"), "33.33"),
        (Decimal("0.0001"), "0.0001"),
        (1000, "1000"),
        (Decimal(1000), "1000"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_number_loses_nothing_but_zeros(value: Decimal | int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("grain", "start", "end", "time"),
    [
        ("month", "2020-02-01", "2020-02-29", ("2020", "February")),
        ("snapshot", "2019-12-31", "2019-12-31", ("2019", "December")),
        ("rolling_12_months", "2019-02-01", "2020-01-31", ("2020", "January")),
        ("quarter", "2019-04-01", "2019-06-30", ("201920", "Financial year Q1")),
        ("quarter", "2019-07-01", "2019-09-30", ("201920", "Financial year Q2")),
        ("quarter", "2019-10-01", "2019-12-31", ("201920", "Financial year Q3")),
        ("quarter", "2020-01-01", "2020-03-31", ("201920", "Financial year Q4")),
        ("financial_year", "2019-04-01", "2020-03-31", ("201920", "Financial year")),
        ("financial_year", "1999-04-01", "2000-03-31", ("199900", "Financial year")),
    ],
)
def test_periods_have_the_services_names(grain: str, start: str, end: str, time: tuple[str, str]) -> None:
    assert time_of(grain, dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == time


@pytest.mark.parametrize("name", profile_names())
def test_every_demonstrated_council_has_a_place(name: str) -> None:
    authority = load_profile(name).authority
    place = place_of(authority.code)
    assert len(place.cells) == len(HEADER)
    assert REGIONS[place.region_code] == place.region_name
    assert place.old_la_code == authority.la_code


def test_a_council_without_a_place_is_told_where_to_say_it() -> None:
    with pytest.raises(ConfigurationError, match=r"site_place\.csv must have one row of E06000001"):
        place_of("E06000001")
