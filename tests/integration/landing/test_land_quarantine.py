"""Rows that cannot be read: put aside whole with the reason, counted, looked at again every night."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, text

from care_reviews.source.catalog import READS
from tests.lcs import Lcs, a_night, landed, quarantine, run_night


def in_postgres(source: Lcs, name: str, **expressions: str) -> None:
    """A row whose columns are SQL expressions: Python has no such value."""
    names, values = ", ".join(expressions), ", ".join(expressions.values())
    source.run(f"insert into {{s}}{name} ({names}) values ({values})")


def test_a_poison_row_in_every_table(source: Lcs, pipeline: Engine) -> None:
    """A date that cannot be true beside a row that can, wherever there is a date; else an empty key."""
    source.add_all()
    poisoned = []
    for entry in READS:
        moment = next((column.name for column in entry.columns if column.kind in ("moment", "birth")), None)
        source.run(f"alter table {{s}}{entry.name} drop constraint if exists {entry.name}_pkey")
        if moment:
            source.add(entry.name, **{moment: dt.datetime(219, 5, 1)})
        elif entry.key:
            source.run(f"alter table {{s}}{entry.name} alter column {entry.key} drop not null")
            source.add(entry.name, **{entry.key: None})
        else:
            continue
        poisoned.append(entry.name)
    manifest = run_night(source, pipeline)
    assert len(poisoned) == len(READS) - 2  # the ethnicity lookup and meeting subjects have neither
    for name in poisoned:
        row = manifest[name]
        assert (row.rows_read, row.rows_new, row.rows_quarantined) == (2, 1, 1), name
        assert len(landed(pipeline, name)) == 1
        put_aside = quarantine(pipeline, name)
        assert len(put_aside) == 1
        assert put_aside[0]["reason"]
        assert "219" not in put_aside[0]["reason"]


@pytest.mark.parametrize(
    "moment", ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'20000-01-01'", "'0219-05-01'"]
)
def test_moments_that_python_cannot_hold(source: Lcs, pipeline: Engine, moment: str) -> None:
    source.add("fact_cla")
    in_postgres(source, "fact_cla", fact_cla_id="62", start_dttm=f"timestamp {moment}")
    manifest = run_night(source, pipeline)["fact_cla"]
    assert (manifest.rows_read, manifest.rows_new, manifest.rows_quarantined) == (2, 1, 1)
    row = quarantine(pipeline)[0]
    assert (row["table_name"], row["record_key"], row["column_name"]) == ("fact_cla", "62", "start_dttm")
    assert row["payload"]["fact_cla_id"] == "62"
    assert row["payload"]["start_dttm"]


@pytest.mark.parametrize(
    ("day", "is_readable"),
    [
        ("1989-12-31 23:59:59", False),
        ("1990-01-01", True),
        ("2023-03-31 23:59:59", True),
        ("2023-04-01", False),
        ("1900-01-01 00:00:00", True),
        ("1900-01-02", False),
        (None, True),
    ],
)
def test_the_span_of_facts(source: Lcs, pipeline: Engine, day: str | None, is_readable: bool) -> None:
    source.add("fact_meetings", actual_dttm=day and dt.datetime.fromisoformat(day))
    manifest = run_night(source, pipeline)["fact_meetings"]
    assert (manifest.rows_new, manifest.rows_quarantined) == ((1, 0) if is_readable else (0, 1))


@pytest.mark.parametrize(
    ("day", "is_readable"),
    [
        ("1919-12-31", False),
        ("1920-01-01", True),
        ("2021-03-31", True),
        ("2021-04-01", False),
        ("1900-01-01", True),
    ],
)
def test_the_span_of_births(source: Lcs, pipeline: Engine, day: str, is_readable: bool) -> None:
    source.add("dim_person", birth_dttm=dt.datetime.fromisoformat(day))
    manifest = run_night(source, pipeline)["dim_person"]
    assert (manifest.rows_new, manifest.rows_quarantined) == ((1, 0) if is_readable else (0, 1))


@pytest.mark.parametrize(
    ("said", "is_readable"),
    [
        ("2019-05-01", True),
        ("01/05/2019", True),
        (" 01/05/2019\r\n", True),
        ("", True),
        (None, True),
        ("1900-01-01", True),
        ("31/02/2020", False),
        ("2020-13-01", False),
        ("0219-05-01", False),
        ("01/05/2109", False),
        ("soon", False),
    ],
)
def test_dates_typed_into_forms(source: Lcs, pipeline: Engine, said: str | None, is_readable: bool) -> None:
    source.add("fact_form_answers", answer_no="OutcomesCompletedDate", answer=said)
    source.add("fact_form_answers", fact_form_answer_id=162, answer="31/02/2020")  # no date is asked for here
    manifest = run_night(source, pipeline)["fact_form_answers"]
    assert (manifest.rows_new, manifest.rows_quarantined) == ((2, 0) if is_readable else (1, 1))
    for row in quarantine(pipeline):
        assert (row["column_name"], row["payload"]["answer"]) == ("answer", said)
        assert said not in row["reason"]


def test_a_row_becomes_readable_when_the_night_is_late_enough(source: Lcs, pipeline: Engine) -> None:
    source.add("fact_cla", start_dttm=dt.datetime(2023, 4, 1))
    first = run_night(source, pipeline, a_night(31))["fact_cla"]
    assert (first.rows_quarantined, first.rows_new) == (1, 0)
    second = run_night(source, pipeline, a_night(1, month=4))["fact_cla"]
    assert (second.rows_quarantined, second.rows_new) == (0, 1)
    assert quarantine(pipeline) == []
    with pipeline.connect() as connection:
        closed = connection.execute(text("select known_from, known_to from landing.quarantine")).all()
    assert [tuple(row) for row in closed] == [(first.extract_id, second.extract_id)]


def test_a_row_that_becomes_unreadable_has_not_vanished(source: Lcs, pipeline: Engine) -> None:
    source.add("fact_cla")
    run_night(source, pipeline, a_night(1))
    source.run("update {s}fact_cla set start_dttm = '0219-01-01'")
    second = run_night(source, pipeline, a_night(2))["fact_cla"]
    assert (second.rows_read, second.rows_quarantined) == (1, 1)
    assert (second.rows_new, second.rows_changed, second.rows_vanished, second.rows_unchanged) == (0, 0, 0, 0)
    assert landed(pipeline, "fact_cla") == []


def test_a_whole_table_that_cannot_be_read(source: Lcs, pipeline: Engine) -> None:
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id, event_dttm)"
        " select n, 'infinity' from generate_series(1, 25000) as n"
    )
    manifest = run_night(source, pipeline)["fact_casenotes"]
    assert (manifest.rows_read, manifest.rows_quarantined) == (25000, 25000)
    assert len(quarantine(pipeline, "fact_casenotes")) == 25000


def test_texts_land_as_the_source_gives_them(source: Lcs, pipeline: Engine) -> None:
    odd = "Tab\there, line\r\nbreak, back\\slash \\N, quote ' \" , don’t, \x92, ☃ "
    source.add("dim_worker", job_title=odd)
    source.add("dim_worker", dim_worker_id=22, job_title="\\N")
    source.add("dim_worker", dim_worker_id=23, job_title="")
    run_night(source, pipeline)
    titles = {row["dim_worker_id"]: row["job_title"] for row in landed(pipeline, "dim_worker")}
    assert titles == {"21": odd, "22": "\\N", "23": ""}


def test_keys_that_are_text_in_the_source(source: Lcs, pipeline: Engine) -> None:
    source.run("alter table {s}fact_cla alter fact_cla_id type varchar, alter dim_person_id type varchar")
    source.run("alter table {s}fact_cla drop constraint fact_cla_pkey")
    for key, person in (("00061", "11.0"), ("62", "eleven"), (None, "11"), ("1e3", "11"), ("9" * 19, "11")):
        source.run("alter table {s}fact_cla alter column fact_cla_id drop not null")
        source.run(
            "insert into {s}fact_cla (fact_cla_id, dim_person_id) values (:key, :person)",
            key=key,
            person=person,
        )
    manifest = run_night(source, pipeline)["fact_cla"]
    assert (manifest.rows_new, manifest.rows_quarantined) == (1, 4)
    assert landed(pipeline, "fact_cla")[0]["fact_cla_id"] == "61"
    assert landed(pipeline, "fact_cla")[0]["dim_person_id"] == "11"
    reasons = {(row["column_name"], row["reason"]) for row in quarantine(pipeline)}
    assert ("dim_person_id", "is not a whole number") in reasons
    assert ("fact_cla_id", "is empty, and it is what names the row") in reasons
    assert ("fact_cla_id", "is too large a number") in reasons
