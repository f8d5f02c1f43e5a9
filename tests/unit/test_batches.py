"""Batches: readable rows as lines, each with a hash of its content alone; unreadable rows whole."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews.source.batches import Reader, hashes_of, to_lines
from care_reviews.source.catalog import FORM_READS, VOLATILE, Column, table
from care_reviews.source.readability import span
from care_reviews.source.site_map import FormField

AS_KNOWN = dt.date(2020, 3, 31)
CLA = table("fact_cla").columns
ANSWERS = next(entry for entry in FORM_READS if entry.name == "fact_form_answers").columns
DAY = dt.datetime(2019, 5, 1)

cells = st.one_of(st.none(), st.text(alphabet="a\\N\t\n\r'\x02", max_size=4))


@given(st.lists(st.tuples(cells, cells), max_size=5), st.lists(st.tuples(cells, cells), max_size=5))
def test_rows_share_a_line_only_when_they_are_alike(first, second) -> None:
    """Also when they stand in different batches."""

    def lines(rows):
        return to_lines([list(column) for column in zip(*rows, strict=True)]) if rows else []

    for row, line in zip(first, lines(first), strict=True):
        assert not set("\n\r") & set(line)
        for other, its_line in zip(second, lines(second), strict=True):
            assert (row == other) == (line == its_line)


def test_a_batch_of_readable_rows() -> None:
    batch = Reader(CLA, AS_KNOWN).read([(1, 11, None, DAY, None), (2, 12, 52, DAY, DAY)])
    assert batch.lines == [
        "1\t11\t\\N\t2019-05-01 00:00:00\t\\N",
        "2\t12\t52\t2019-05-01 00:00:00\t2019-05-01 00:00:00",
    ]
    assert batch.contents == [b"1\t11\t\\N\t2019-05-01 00:00:00", batch.lines[1].encode()]
    assert batch.unreadable == []
    assert len(set(hashes_of(batch.contents))) == 2


TWO = (Column("a", "text"), Column("b", "text"))


@pytest.mark.parametrize(
    ("row", "content"),
    [
        ((None, None), b"\\N"),
        (("x", None), b"x"),
        ((None, "x"), b"\\N\tx"),
        (("x", "\\N"), b"x\t\\\\N"),
        (("x\t\\N", None), b"x\\t\\\\N"),
        (("x", ""), b"x\t"),
    ],
)
def test_nulls_at_the_end_of_a_row_are_no_content(row, content) -> None:
    """Each in a batch of its own, and beside a row without nulls."""
    for rows in ([row], [row, ("y", "z")], [("y", "z"), row]):
        batch = Reader(TWO, AS_KNOWN).read(rows)
        assert batch.contents[rows.index(row)] == content


def test_a_column_that_landing_has_behind_leaves_the_hash_as_it_was() -> None:
    row = [("x", None)]
    before = Reader(TWO, AS_KNOWN).read(row)
    after = Reader(TWO, AS_KNOWN, landed=("a", "b", "later")).read(row)
    assert (before.contents, before.lines, after.lines) == (after.contents, ["x\t\\N"], ["x\t\\N\t\\N"])
    other = Reader(TWO, AS_KNOWN, landed=("a", "gone", "b")).read([("x", "y")])
    assert other.contents == [b"x\t\\N\ty"]


def test_the_first_fault_is_the_reason_and_the_row_is_kept_whole() -> None:
    batch = Reader(CLA, AS_KNOWN).read([(1, "x", None, "never", DAY), (2, 12, None, DAY, None)])
    assert len(batch) == 1
    row = batch.unreadable[0]
    assert (row.record_key, row.column, row.reason) == ("1", "dim_person_id", "is not a whole number")
    assert json.loads(row.payload) == {
        "fact_cla_id": "1",
        "dim_person_id": "x",
        "fact_referral_id": None,
        "start_dttm": "never",
        "last_updated_dttm": "2019-05-01 00:00:00",
    }


def test_a_batch_of_unreadable_rows_alone() -> None:
    batch = Reader(CLA, AS_KNOWN).read([(None, 11, None, DAY, None)])
    assert (len(batch), batch.lines, batch.contents) == (0, [], [])
    assert batch.unreadable[0].record_key is None


@pytest.mark.parametrize("odd", ["a\0b", "\udc81", b"\x81\x00"])
def test_one_odd_text_does_not_spoil_its_batch(odd: object) -> None:
    columns = (Column("worker_id", "key"), Column("name", "text"), Column("start_dttm", "moment"))
    batch = Reader(columns, AS_KNOWN).read([(1, "a", DAY), (2, odd, DAY), (3, odd, "never")])
    assert batch.lines == ["1\ta\t2019-05-01 00:00:00"]
    assert [(row.record_key, row.column) for row in batch.unreadable] == [("2", "name"), ("3", "name")]
    for row in batch.unreadable:
        json.loads(row.payload)["name"].encode()
        assert "\\u0000" not in row.payload
        assert "\\udc81" not in row.payload


def test_ids_that_are_issued_anew_are_no_content() -> None:
    reader = Reader(ANSWERS, AS_KNOWN)
    assert not VOLATILE & set(reader.content)
    first, second = (
        reader.read([(key, key + 1, "CLA Review Outcomes", "ICSParticipationCode", "PN1", DAY)])
        for key in (1, 7)
    )
    assert first.lines == second.lines
    assert first.columns["fact_form_id"] == ["2"]
    unreadable = reader.read([("x", 2, "T", "Q", "A", DAY)]).unreadable[0]
    assert json.loads(unreadable.payload)["fact_form_answer_id"] == "x"
    assert (unreadable.record_key, unreadable.form_id) == (None, "2")
    assert "fact_form_id" not in json.loads(unreadable.payload)


def test_only_answers_that_must_be_dates_are_read_as_dates() -> None:
    fields = [FormField("T", "Raised", "date"), FormField("T", "Said", "text")]
    rows = [
        (1, 1, " t ", "RAISED", "31/02/2020", DAY),
        (2, 1, "T", "Said", "31/02/2020", DAY),
        (3, 1, "T", "Raised", None, DAY),
    ]
    batch = Reader(ANSWERS, AS_KNOWN, fields=fields).read(rows)
    assert len(batch) == 2
    assert [(row.column, row.reason) for row in batch.unreadable] == [
        ("answer", "is not a date of the calendar")
    ]


@pytest.mark.parametrize(
    ("kind", "as_known", "first", "end"),
    [
        ("moment", dt.date(2020, 3, 31), "1990-01-01", "2023-04-01"),
        ("moment", dt.date(2020, 2, 29), "1990-01-01", "2023-03-01"),
        ("birth", dt.date(2020, 2, 29), "1920-01-01", "2021-03-01"),
        ("birth", dt.date(2020, 12, 31), "1920-01-01", "2022-01-01"),
    ],
)
def test_spans(kind: str, as_known: dt.date, first: str, end: str) -> None:
    found = span(kind, as_known)
    assert (found.first, found.end) == (first, end)
    assert found.wrong("1900-01-01 00:00:00") is None
    assert found.wrong(f"{end} 00:00:00") == found.too_late
    assert found.wrong("1899-12-31 00:00:00") == found.too_early
