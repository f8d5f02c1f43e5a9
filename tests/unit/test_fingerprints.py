"""Fingerprints: alike for rows alike that one reader reads, and for no others."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews.source import fingerprints
from care_reviews.source.batches import Reader
from care_reviews.source.catalog import Column
from care_reviews.source.fingerprints import Fingerprints

Rows = Sequence[tuple[object, ...]]

NIGHT = dt.date(2020, 3, 31)
COLUMNS = (Column("fact_cla_id", "key"), Column("start_dttm", "moment"))
DAY = dt.datetime(2019, 5, 1)

values = st.one_of(
    st.none(), st.integers(-2, 300), st.text(max_size=3), st.binary(max_size=2), st.datetimes(), st.decimals()
)
rows = st.lists(st.tuples(values, values), max_size=3)


def of(some: Rows, **reader: object) -> bytes | None:
    return Fingerprints(Reader(**{"columns": COLUMNS, "as_known": NIGHT} | reader)).of_values(some)  # type: ignore[arg-type]


@given(rows, rows)
def test_alike_only_when_the_rows_are(first: Rows, second: Rows) -> None:
    both = Fingerprints(Reader(COLUMNS, NIGHT))
    assert both.of_values(first) == of(first)
    assert (both.of_values(first) == both.of_values(second)) == (repr(first) == repr(second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("1", None)], [(1, None)]),
        ([("1", None)], [("1", "")]),
        ([("1", "None")], [("1", None)]),
        ([("1", "ab")], [("1a", "b")]),
        ([("1", "a"), ("2", "b")], [("2", "b"), ("1", "a")]),
        ([("1", DAY)], [("1", str(DAY))]),
        ([("1", DAY)], [("1", DAY.replace(tzinfo=ZoneInfo("Europe/London")))]),
        ([("1", Decimal("1"))], [("1", Decimal("1.0"))]),
        ([("1", "a")], [("1", b"a")]),
        ([("1", "a")], [("1", "a"), ("1", "a")]),
    ],
)
def test_values_of_another_kind_or_place_differ(one: Rows, other: Rows) -> None:
    assert of(one) != of(other)


def test_whether_a_value_is_one_object_or_two_has_no_say() -> None:
    word, day = "some words", dt.datetime(2019, 5, 1)
    shared = [(word, day), (word, day)]
    apart = [("".join(list(word)), dt.datetime(2019, 5, 1)) for _ in range(2)]
    assert of(shared) == of(apart)


def test_all_that_decides_what_is_read_differs_but_the_night() -> None:
    some = [("1", "2019-05-01 00:00:00")]
    assert of(some) == of(some, as_known=NIGHT + dt.timedelta(days=400))
    assert of(some) != of(some, typed=frozenset({"start_dttm"}))
    assert of(some) != of(some, columns=(COLUMNS[0], Column("start_dttm", "birth")))
    assert of(some) != of(some, columns=(COLUMNS[0], Column("end_dttm", "moment")))


def test_a_reader_of_other_code_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = of([("1", None)])
    monkeypatch.setattr(fingerprints, "_CODE", fingerprints._CODE + b"\n")
    assert of([("1", None)]) != before


@pytest.mark.parametrize("odd", [memoryview(b"a"), threading.Lock(), lambda: None])
def test_a_value_that_cannot_be_written_down_has_none(odd: object) -> None:
    reading = Fingerprints(Reader(COLUMNS, NIGHT))
    before = reading.of_values([("1", DAY)])
    assert reading.of_values([("1", odd)]) is None
    assert reading.of_values([("1", DAY)]) == before


def test_content_is_never_taken_for_values() -> None:
    reading = Fingerprints(Reader(COLUMNS, NIGHT))
    assert reading.of_contents([b"1", b"2"]) == reading.of_contents([b"1", b"2"])
    assert reading.of_contents([b"1", b"2"]) != reading.of_contents([b"1", b"3"])
    assert reading.of_values([]) != reading.of_contents([])
