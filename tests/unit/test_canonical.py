"""One text form for every value, whatever driver it came from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from care_reviews.source.canonical import (
    LARGEST,
    UnreadableError,
    flag,
    flags,
    integer,
    integers,
    moment,
    moments,
    shown,
    text,
    texts,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (7, "7"),
        (-1, "-1"),
        (0, "0"),
        ("007", "7"),
        (" 7 ", "7"),
        ("+7", "7"),
        ("-0", "0"),
        ("7.0", "7"),
        (Decimal("7"), "7"),
        (Decimal("7.00"), "7"),
        (7.0, "7"),
        (LARGEST, str(LARGEST)),
        (-LARGEST - 1, str(-LARGEST - 1)),
        (b"7", "7"),
    ],
)
def test_whole_numbers(value: object, words: str | None) -> None:
    assert integer(value) == words


@pytest.mark.parametrize(
    "value",
    [
        "7.5",
        "7a",
        "1e3",
        "٧",
        "-",
        ".",
        Decimal("7.5"),
        7.5,
        float("nan"),
        float("inf"),
        True,
        LARGEST + 1,
        "9" * 40,
        b"\x81",
    ],
)
def test_what_is_no_whole_number(value: object) -> None:
    with pytest.raises(UnreadableError) as wrong:
        integer(value)
    assert str(value) not in str(wrong.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, None),
        ("", None),
        (dt.datetime(2019, 5, 1, 10, 11, 12), "2019-05-01 10:11:12"),
        (dt.datetime(2019, 5, 1, 10, 11, 12, 500_000), "2019-05-01 10:11:12.5"),
        (dt.datetime(2019, 5, 1, 10, 11, 12, 3_000), "2019-05-01 10:11:12.003"),
        (dt.datetime(219, 5, 1), "0219-05-01 00:00:00"),
        (dt.datetime(2019, 7, 1, 23, 30, tzinfo=dt.UTC), "2019-07-02 00:30:00"),
        (dt.date(2019, 5, 1), "2019-05-01 00:00:00"),
        ("2019-05-01", "2019-05-01 00:00:00"),
        ("2019-05-01 10:11", "2019-05-01 10:11:00"),
        ("2019-05-01T10:11:12", "2019-05-01 10:11:12"),
        ("2019-05-01 10:11:12.000000", "2019-05-01 10:11:12"),
        ("2019-05-01 10:11:12.120", "2019-05-01 10:11:12.12"),
        ("01/05/2019", "2019-05-01 00:00:00"),
        ("01/05/2019 10:11:12", "2019-05-01 10:11:12"),
        ("29/02/2020", "2020-02-29 00:00:00"),
    ],
)
def test_moments(value: object, words: str | None) -> None:
    assert moment(value) == words


@pytest.mark.parametrize(
    "value",
    [
        *(
            "29/02/2019",
            "31/04/2019",
            "2019-13-01",
            "0000-01-01",
            "1/5/2019",
            "2019-5-1",
            "05/13/2019",
            "soon",
        ),
        *(
            "infinity",
            "2019-05-01 24:00:00",
            "2019-05-01 10:60",
            "20190501",
            "0044-03-15 00:00:00 BC",
            "20000-01-01",
        ),
        *(43586, 1.5, True, b"\x81"),
    ],
)
def test_what_is_no_moment(value: object) -> None:
    with pytest.raises(UnreadableError) as wrong:
        moment(value)
    assert str(value) not in str(wrong.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, None),
        *(
            (yes, "Y")
            for yes in (True, 1, 1.0, Decimal(1), b"\1", b"Y", "1", "t", "TRUE", "y", "yes ", "\u00a0Yes")
        ),
        *((no, "N") for no in (False, 0, 0.0, Decimal(0), b"\0", b"N", "0", "f", "False", "n", " NO\n")),
        (memoryview(b"\1"), "Y"),
        *((each, each) for each in ("", " ", "Perhaps", "Yesterday", "none", "-1", "2", "10")),
        *((-1, "-1"), (2, "2"), (0.5, "0.5"), (float("nan"), "nan")),
    ],
)
def test_a_flag_says_yes_or_no_or_what_it_says(value: object, said: str | None) -> None:
    assert flag(value) == said
    assert flags([value, "Y"]) == ([said, "Y"], {})


def test_a_flag_that_is_no_text_cannot_be_read() -> None:
    assert flags(["Y", "a\0", "\udc81", b"\x81"])[1].keys() == {1, 2, 3}


def test_columns_that_the_engine_vouches_for() -> None:
    assert integers(["7", None], typed=True) == (["7", None], {})
    good = ["2019-05-01 10:11:12", None]
    assert moments(good, typed=True) == (good, {})
    found, wrong = moments([*good, "infinity", "2019-05-01", "2019-05-01 10:11:12.5"], typed=True)
    assert found == [*good, "infinity", "2019-05-01 00:00:00", "2019-05-01 10:11:12.5"]
    assert list(wrong) == [2]


def test_columns_of_the_drivers_own_kinds() -> None:
    assert integers([7, None, 8], typed=False) == (["7", None, "8"], {})
    assert integers([LARGEST, LARGEST + 1], typed=False)[1] == {1: "is too large a number"}
    assert integers([True, 1], typed=False)[1] == {0: "is not a whole number"}
    day = dt.datetime(2019, 5, 1)
    assert moments([day, None], typed=False) == (["2019-05-01 00:00:00", None], {})
    assert (
        moments([day, dt.datetime(2019, 5, 1, 0, 0, 0, 10)], typed=False)[0][1] == "2019-05-01 00:00:00.00001"
    )
    assert moments([], typed=False) == ([], {})


def test_texts_are_looked_into_unless_trusted() -> None:
    assert texts(["a", None, ""]) == (["a", None, ""], {})
    assert texts(["a\0", "b", "\udc81"])[1].keys() == {0, 2}
    assert texts(["a\0"], trust=True) == (["a\0"], {})
    assert texts([1, Decimal("0.50"), dt.datetime(2019, 5, 1)]) == (["1", "0.50", "2019-05-01 00:00:00"], {})
    assert texts([Decimal("-1.0000"), Decimal("7")]) == (["-1", "7"], {})
    assert text("don’t ".encode("cp1252")) == "don’t "
    assert text("don’t ".encode()) == "don’t "


def test_what_cannot_be_read_can_still_be_shown() -> None:
    for value in ("a\0b", "\udc81", b"\x81\x00", memoryview(b"\xff")):
        words = shown(value)
        assert "\0" not in words
        words.encode()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2020-01-01 00:00:00+00", "2020-01-01 00:00:00"),
        ("2020-06-30 23:30:00+00", "2020-07-01 00:30:00"),
        ("2020-07-01 00:30:00+01", "2020-07-01 00:30:00"),
        ("2020-06-30T23:30:00Z", "2020-07-01 00:30:00"),
        ("2020-06-30 23:30:00.5+00:00", "2020-07-01 00:30:00.5"),
    ],
)
def test_a_time_with_a_zone_becomes_london_s(words: str, expected: str) -> None:
    assert moments([words], typed=True) == ([expected], {})


def test_a_zone_that_there_is_not_cannot_be_read() -> None:
    assert list(moments(["2020-06-30 23:30:00+99"], typed=True)[1]) == [0]
