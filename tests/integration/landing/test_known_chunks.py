"""Chunks that are known by the driver's values are not read again; all that is landed or told is right."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from care_reviews.errors import NightRefusedError
from care_reviews.landing import land
from care_reviews.source.batches import Reader
from care_reviews.source.extract import extract
from tests.lcs import Lcs, a_night, landed, quarantine, query, run_night, versions

NOTES = "fact_casenotes"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of the case notes that were read, as they come; a test empties it."""
    keys: list[int] = []
    whole = Reader.read

    def reading(self: Reader, rows):
        if self.columns[0].name == "fact_casenote_id":
            keys.extend(int(row[0]) for row in rows)
        return whole(self, rows)

    monkeypatch.setattr(Reader, "read", reading)
    return keys


@pytest.fixture
def filled(source: Lcs) -> Lcs:
    """Four hundred case notes, one of them unreadable until 5 March 2020: more than 3 years ahead."""
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id, event_dttm, seen_flag)"
        " select n, timestamp '2019-05-01', 'N' from generate_series(1, 400) as n"
    )
    source.run("update {s}fact_casenotes set event_dttm = '2023-03-05' where fact_casenote_id = 250")
    return source


def test_only_chunks_that_changed_are_read(filled: Lcs, pipeline: Engine, read: list[int]) -> None:
    first = run_night(filled, pipeline, a_night(1))[NOTES]
    assert sorted(read) == list(range(1, 401))
    read.clear()
    second = run_night(filled, pipeline, a_night(2))[NOTES]
    assert 250 in read
    assert len(read) <= 40  # the chunk of the unreadable row alone
    told = ("rows_read", "rows_quarantined", "bytes", "content_digest")
    assert [getattr(first, name) for name in told] == [getattr(second, name) for name in told]
    assert (second.rows_unchanged, second.rows_quarantined) == (399, 1)
    read.clear()
    filled.run("update {s}fact_casenotes set seen_flag = 'Y' where fact_casenote_id = 20")
    filled.run("delete from {s}fact_casenotes where fact_casenote_id = 380")
    third = run_night(filled, pipeline, a_night(3))[NOTES]
    assert {20, 250} < set(read)
    assert len(read) <= 120
    assert (third.rows_changed, third.rows_vanished, third.rows_unchanged) == (1, 1, 397)
    assert third.content_digest != second.content_digest
    assert len(landed(pipeline, NOTES)) == 398


def test_readable_rows_beside_an_unreadable_one_are_not_staged_again(filled: Lcs, pipeline: Engine) -> None:
    run_night(filled, pipeline, a_night(1))
    extract(a_night(2), filled.engine, pipeline, filled.settings)
    for what in ("", "__chunk", "__gone"):
        assert query(pipeline, f'select from stage."e10000030__{NOTES}{what}"') == [], what
    assert len(query(pipeline, 'select from stage."e10000030__quarantine"')) == 1


def test_a_row_becomes_readable_when_its_date_has_come_near(filled: Lcs, pipeline: Engine) -> None:
    for day, readable in ((3, 399), (4, 399), (5, 400), (6, 400)):
        row = run_night(filled, pipeline, a_night(day))[NOTES]
        assert (row.rows_read, row.rows_quarantined) == (400, 400 - readable), day
        assert len(landed(pipeline, NOTES)) == readable, day
        assert len(quarantine(pipeline, NOTES)) == 400 - readable, day
    assert (row.rows_unchanged, row.rows_new) == (400, 0)


def test_a_row_of_a_known_chunk_becomes_unreadable(filled: Lcs, pipeline: Engine) -> None:
    run_night(filled, pipeline, a_night(1))
    filled.run("update {s}fact_casenotes set event_dttm = '2023-03-03' where fact_casenote_id = 30")
    second = run_night(filled, pipeline, a_night(2))[NOTES]
    assert (second.rows_quarantined, second.rows_unchanged, second.rows_vanished) == (2, 398, 0)
    assert {row["record_key"] for row in quarantine(pipeline, NOTES)} == {"30", "250"}
    filled.run("update {s}fact_casenotes set event_dttm = '2019-05-01' where fact_casenote_id = 30")
    third = run_night(filled, pipeline, a_night(3))[NOTES]
    assert (third.rows_quarantined, third.rows_new, third.rows_unchanged) == (1, 1, 398)


def test_the_same_values_of_columns_of_another_type_are_read_again(
    filled: Lcs, pipeline: Engine, read: list[int]
) -> None:
    first = run_night(filled, pipeline, a_night(5))[NOTES]
    read.clear()
    filled.run(
        "alter table {s}fact_casenotes alter event_dttm type varchar"
        " using to_char(event_dttm, 'YYYY-MM-DD HH24:MI:SS')"
    )
    second = run_night(filled, pipeline, a_night(6))[NOTES]
    assert sorted(read) == list(range(1, 401))
    assert (second.rows_unchanged, second.content_digest) == (400, first.content_digest)
    filled.run("update {s}fact_casenotes set event_dttm = '31/02/2019' where fact_casenote_id = 7")
    assert run_night(filled, pipeline, a_night(7))[NOTES].rows_quarantined == 1


def test_keys_of_any_length_and_sign(source: Lcs, pipeline: Engine, read: list[int]) -> None:
    keys = [-137, -7, 0, 7, 67, 107, 2**62 + 7]
    for key in keys:
        source.add(NOTES, fact_casenote_id=key)
    run_night(source, pipeline, a_night(1))
    read.clear()
    assert run_night(source, pipeline, a_night(2))[NOTES].rows_unchanged == len(keys)
    assert read == []


def test_landed_rows_that_moved_since_the_extract(filled: Lcs, pipeline: Engine, owner: Engine) -> None:
    run_night(filled, pipeline, a_night(1))
    filled.run("update {s}fact_casenotes set seen_flag = 'Y' where fact_casenote_id in (20, 21)")
    night = a_night(2)
    extract(night, filled.engine, pipeline, filled.settings)
    with owner.begin() as connection:
        connection.exec_driver_sql(
            "update landing.lcs__fact_casenotes set seen_flag = seen_flag where fact_casenote_id = '20'"
        )
    before = versions(pipeline, NOTES)
    with pytest.raises(NightRefusedError, match="landed rows of fact_casenotes"):
        land(night, pipeline, filled.settings)
    assert versions(pipeline, NOTES) == before
    assert run_night(filled, pipeline, a_night(2, run="again"))[NOTES].rows_changed == 2


def test_a_night_cannot_go_back_to_where_a_date_was_too_far(filled: Lcs, pipeline: Engine) -> None:
    """A chunk is known because what could be read once can be read on every later night."""
    run_night(filled, pipeline, a_night(5))
    with pytest.raises(NightRefusedError, match="out of order"):
        extract(a_night(4), filled.engine, pipeline, filled.settings)
    with pipeline.connect() as connection:
        newest = connection.exec_driver_sql("select max(as_known) from audit.extract").scalar()
    assert newest == dt.date(2020, 3, 5)
