"""The same extract from another engine: no schemas, no dates of its own, texts and numbers in any column."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from care_reviews.connections import source_engine
from care_reviews.errors import ConfigurationError, SourceContractError
from care_reviews.source.catalog import TABLES
from care_reviews.source.extract import extract
from tests.lcs import Lcs, a_night, landed, quarantine, run_night


@pytest.fixture
def sqlite(tmp_path: Path) -> Lcs:
    return Lcs(create_engine(f"sqlite:///{tmp_path / 'lcs.db'}"), schema=None)


def test_both_engines_land_the_same(source: Lcs, sqlite: Lcs, pipeline: Engine) -> None:
    for each in (source, sqlite):
        each.add_all()
        each.add(
            "fact_casenotes", fact_casenote_id=172, event_dttm=dt.datetime(2019, 5, 1, 10, 11, 12, 500_000)
        )
        each.add("dim_worker", dim_worker_id=22, job_title="don’t\r\n")
    first = run_night(source, pipeline, a_night(1))
    second = run_night(sqlite, pipeline, a_night(2))
    for table in TABLES:
        row = second[table.name]
        assert row.rows_unchanged == row.rows_read > 0, table.name
        assert row.content_digest == first[table.name].content_digest, table.name
    assert [row["event_dttm"] for row in landed(pipeline, "fact_casenotes")] == [
        "2019-05-01 00:00:00",
        "2019-05-01 10:11:12.5",
    ]


def test_values_of_any_kind_in_any_column(sqlite: Lcs, pipeline: Engine) -> None:
    for key, day in (
        ("'71'", "'2019-05-01'"),
        ("72", "'01/05/2019'"),
        ("73", "'2019-05-01T10:00:00'"),
        ("74", "''"),
        ("75", "'31/02/2019'"),
        ("76", "43586"),
        ("77", "x'ff00fe'"),
    ):
        sqlite.run(
            f"insert into fact_care_episodes (fact_care_episodes_id, care_start_date) values ({key}, {day})"
        )
    manifest = run_night(sqlite, pipeline)["fact_care_episodes"]
    assert (manifest.rows_read, manifest.rows_new, manifest.rows_quarantined) == (7, 4, 3)
    days = {
        row["fact_care_episodes_id"]: row["care_start_date"] for row in landed(pipeline, "fact_care_episodes")
    }
    assert days == {
        "71": "2019-05-01 00:00:00",
        "72": "2019-05-01 00:00:00",
        "73": "2019-05-01 10:00:00",
        "74": None,
    }
    assert {row["record_key"] for row in quarantine(pipeline)} == {"75", "76", "77"}


def test_bytes_that_are_no_text_go_to_quarantine(sqlite: Lcs, pipeline: Engine) -> None:
    sqlite.run("insert into dim_worker (dim_worker_id, job_title) values (1, cast(x'8182ff' as text))")
    sqlite.run("insert into dim_worker (dim_worker_id, job_title) values (2, 'a' || char(0) || 'b')")
    sqlite.run("insert into dim_worker (dim_worker_id, job_title) values (3, 'Independent Chair')")
    manifest = run_night(sqlite, pipeline)["dim_worker"]
    assert (manifest.rows_new, manifest.rows_quarantined) == (1, 2)
    assert {(row["record_key"], row["reason"]) for row in quarantine(pipeline)} == {
        ("1", "holds characters that are no text"),
        ("2", "holds characters that are no text"),
    }


def test_a_missing_table(sqlite: Lcs, pipeline: Engine) -> None:
    sqlite.run("drop table fact_meetings")
    with pytest.raises(SourceContractError, match="table FACT_MEETINGS"):
        extract(a_night(), sqlite.engine, pipeline, sqlite.settings)


def test_a_file_that_cannot_be_opened(sqlite: Lcs, pipeline: Engine) -> None:
    engine = create_engine("sqlite:////nowhere/at/all.db")
    with pytest.raises(ConfigurationError, match=r"source /nowhere/at/all\.db is not there"):
        extract(a_night(), engine, pipeline, sqlite.settings)


@pytest.mark.parametrize("name", ["wrong.db", "50% of #1? wrong.db"])
def test_a_wrong_path_is_said_and_no_file_is_made(
    sqlite: Lcs, pipeline: Engine, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    engine = source_engine(str(URL.create("sqlite", database=str(path))))
    with pytest.raises(ConfigurationError, match=re.escape(f"source {path} is not there")):
        extract(a_night(), engine, pipeline, sqlite.settings)
    assert not path.exists()


def test_a_file_that_is_no_database_is_said(sqlite: Lcs, pipeline: Engine, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear council, " * 100)
    with pytest.raises(ConfigurationError, match="no SQLite file that can be read"):
        extract(a_night(), source_engine(f"sqlite:///{path}"), pipeline, sqlite.settings)


def test_a_file_is_read_and_cannot_be_written(sqlite: Lcs, pipeline: Engine, tmp_path: Path) -> None:
    sqlite.run("insert into dim_worker (dim_worker_id, job_title) values (1, 'Independent Chair')")
    engine = source_engine(f"sqlite:///{tmp_path / 'lcs.db'}")
    extract(a_night(), engine, pipeline, sqlite.settings)
    with engine.connect() as reading:
        assert reading.scalar(text("select count(*) from dim_worker")) == 1
        with pytest.raises(OperationalError, match="readonly"):
            reading.execute(text("delete from dim_worker"))
