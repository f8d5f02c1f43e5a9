"""Extract and land a night: what landing, quarantine and manifest hold afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from care_reviews.errors import NightRefusedError
from care_reviews.landing import land
from care_reviews.source.catalog import TABLES
from care_reviews.source.extract import extract
from tests.lcs import Lcs, a_night, landed, quarantine, query, run_night, versions


def test_every_table_lands_with_its_manifest(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    manifest = run_night(source, pipeline)
    assert set(manifest) == {table.name for table in TABLES}
    for name, row in manifest.items():
        assert (row.rows_read, row.rows_new, row.rows_changed, row.rows_unchanged) == (1, 1, 0, 0), name
        assert (row.rows_vanished, row.rows_quarantined) == (0, 0), name
        assert row.bytes > 0
        assert len(landed(pipeline, name)) == 1, name
    assert landed(pipeline, "dim_person")[0] == {
        "dim_person_id": "11",
        "legacy_id": "4011",
        "birth_dttm": "2010-06-01 00:00:00",
        "dob_estimated": None,
        "death_dttm": None,
        "gender_main_code": None,
        "ethnicity_main_code": None,
        "is_client": "Y",
        "duplicated_dttm": None,
    }
    assert landed(pipeline, "fact_form_answers")[0] == {
        "fact_meetings_id": "141",
        "dim_person_id": "11",
        "dim_assessment_template_id_desc": "CLA Review Outcomes",
        "form_key": "141/11 2019-05-01 00:00:00#1",
        "answer_no": "ICSParticipationCode",
        "answer": "PN1",
        "answered_dttm": "2019-05-01 00:00:00",
    }


def test_what_steps_leave_in_the_audit(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    night = a_night()
    extract_id = extract(night, source.engine, pipeline, source.settings)
    found = query(pipeline, "select * from audit.extract")
    assert [(row["extract_id"], row["status"]) for row in found] == [(extract_id, "extracted")]
    assert found[0]["extracted_at"] >= found[0]["started_at"]
    manifest = land(night, pipeline, source.settings)
    (row,) = query(pipeline, "select * from audit.extract")
    assert row["status"] == "landed"
    assert row["landed_at"] >= row["extracted_at"]
    assert len(row["source_digest"]) == 32
    assert query(pipeline, "select count(*) as n from audit.manifest")[0]["n"] == len(TABLES) == len(manifest)
    assert query(pipeline, "select relname from pg_class where relnamespace = 'stage'::regnamespace") == []


def test_new_changed_vanished_and_unchanged_rows(source: Lcs, pipeline: Engine) -> None:
    for key in range(1, 201):
        source.add("fact_casenotes", fact_casenote_id=key, seen_flag="N")
    first = run_night(source, pipeline, a_night(1))["fact_casenotes"]
    assert (first.rows_read, first.rows_new) == (200, 200)
    source.run("update {s}fact_casenotes set seen_flag = 'Y' where fact_casenote_id in (3, 77, 200)")
    source.run("delete from {s}fact_casenotes where fact_casenote_id in (4, 5)")
    source.add("fact_casenotes", fact_casenote_id=900)
    before = versions(pipeline, "fact_casenotes")
    second = run_night(source, pipeline, a_night(2))["fact_casenotes"]
    assert (second.rows_read, second.rows_new, second.rows_changed) == (199, 1, 3)
    assert (second.rows_vanished, second.rows_unchanged, second.rows_quarantined) == (2, 195, 0)
    now = {row["fact_casenote_id"]: row["seen_flag"] for row in landed(pipeline, "fact_casenotes")}
    assert len(now) == 199
    assert {now[key] for key in ("3", "77", "200")} == {"Y"}
    # What the first night knew reads back, and only what changed was written.
    assert len(landed(pipeline, "fact_casenotes", at=first.extract_id)) == 200
    assert len(versions(pipeline, "fact_casenotes") - before) == 4 + 5


def test_a_night_on_which_nothing_changed_writes_no_version(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    source.add("fact_cla", fact_cla_id=62, start_dttm=dt.datetime(219, 1, 1))
    first = run_night(source, pipeline, a_night(1))
    before = {table.name: versions(pipeline, table.name) for table in TABLES}
    put_aside = quarantine(pipeline)
    second = run_night(source, pipeline, a_night(2))
    assert before == {table.name: versions(pipeline, table.name) for table in TABLES}
    assert put_aside == quarantine(pipeline)
    for name, row in second.items():
        assert (row.rows_new, row.rows_changed, row.rows_vanished) == (0, 0, 0), name
        assert row.rows_unchanged + row.rows_quarantined == row.rows_read, name
        assert row.content_digest == first[name].content_digest, name


def test_the_same_night_again_with_other_content_is_another_picture(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    first = run_night(source, pipeline, a_night(1))["fact_cla"].extract_id
    source.run("update {s}fact_cla set fact_referral_id = 52")
    second = run_night(source, pipeline, a_night(1, run="again"))["fact_cla"].extract_id
    assert second > first
    assert landed(pipeline, "fact_cla", at=first)[0]["fact_referral_id"] == "51"
    assert landed(pipeline, "fact_cla", at=second)[0]["fact_referral_id"] == "52"


def test_rows_alike_are_kept_as_occurrences(source: Lcs, pipeline: Engine) -> None:
    for _ in range(3):
        source.add("fact_meeting_subjects", fact_outcm_form_id=None)
    assert run_night(source, pipeline, a_night(1))["fact_meeting_subjects"].rows_new == 3
    source.run(
        "delete from {s}fact_meeting_subjects where ctid = (select min(ctid) from {s}fact_meeting_subjects)"
    )
    second = run_night(source, pipeline, a_night(2))["fact_meeting_subjects"]
    assert (second.rows_vanished, second.rows_unchanged) == (1, 2)


def test_rows_alike_in_a_table_with_a_key(source: Lcs, pipeline: Engine) -> None:
    source.run("alter table {s}fact_cla drop constraint fact_cla_pkey")
    for key in (61, 61, 103, 61):
        source.add("fact_cla", fact_cla_id=key)
    assert run_night(source, pipeline, a_night(1))["fact_cla"].rows_new == 4
    source.run("delete from {s}fact_cla where ctid = (select max(ctid) from {s}fact_cla)")
    second = run_night(source, pipeline, a_night(2))["fact_cla"]
    assert (second.rows_new, second.rows_changed, second.rows_unchanged) == (0, 0, 3)
    source.add("fact_cla", fact_cla_id=61)
    source.add("fact_cla", fact_cla_id=61)
    assert run_night(source, pipeline, a_night(3))["fact_cla"].rows_unchanged == 3
    assert len(landed(pipeline, "fact_cla")) == 5


def test_the_order_of_rows_has_no_say(source: Lcs, pipeline: Engine) -> None:
    for key in range(1, 301):
        source.add("fact_casenotes", fact_casenote_id=key)
    first = run_night(source, pipeline, a_night(1))["fact_casenotes"]
    before = versions(pipeline, "fact_casenotes")
    source.run(
        "create table {s}moved as select * from {s}fact_casenotes order by md5(fact_casenote_id::text)"
    )
    source.run("truncate {s}fact_casenotes")
    source.run("insert into {s}fact_casenotes select * from {s}moved")
    second = run_night(source, pipeline, a_night(2))["fact_casenotes"]
    assert (second.rows_new, second.rows_vanished, second.rows_unchanged) == (0, 0, 300)
    assert second.content_digest == first.content_digest
    assert versions(pipeline, "fact_casenotes") == before


def test_landing_that_was_repaired_by_hand_is_compared_whole(
    source: Lcs, pipeline: Engine, owner: Engine
) -> None:
    for key in range(1, 101):
        source.add("fact_casenotes", fact_casenote_id=key)
    run_night(source, pipeline, a_night(1))
    with owner.begin() as connection:
        connection.exec_driver_sql(
            "delete from landing.lcs__fact_casenotes where fact_casenote_id in ('7', '8')"
        )
    second = run_night(source, pipeline, a_night(2))["fact_casenotes"]
    assert (second.rows_new, second.rows_unchanged) == (2, 98)
    third = run_night(source, pipeline, a_night(3))["fact_casenotes"]
    assert (third.rows_new, third.rows_unchanged) == (0, 100)


def test_nights_out_of_order_are_refused_before_anything_is_read(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    run_night(source, pipeline, a_night(2))
    with pytest.raises(NightRefusedError, match="2020-03-01 is out of order: 2020-03-02 has landed"):
        extract(a_night(1), source.engine, pipeline, source.settings)
    assert query(pipeline, "select count(*) as n from audit.extract")[0]["n"] == 1


def test_landing_twice_gives_the_same_manifest(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    first = run_night(source, pipeline)
    before = versions(pipeline, "fact_cla")
    again = land(a_night(), pipeline, source.settings)
    assert {(r.table_name, r.rows_new, r.content_digest) for r in again} == {
        (r.table_name, r.rows_new, r.content_digest) for r in first.values()
    }
    assert versions(pipeline, "fact_cla") == before


def test_land_refuses_what_is_not_staged_whole(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    night = a_night()
    with pytest.raises(NightRefusedError, match="nothing was extracted"):
        land(night, pipeline, source.settings)
    extract(night, source.engine, pipeline, source.settings)
    with pipeline.begin() as connection:
        connection.exec_driver_sql('truncate stage."e10000030__fact_cla"')
    with pytest.raises(NightRefusedError, match="fact_cla"):
        land(night, pipeline, source.settings)
    # A crash of the database empties every staged table.
    with pipeline.begin() as connection:
        connection.exec_driver_sql('truncate stage."e10000030__read"')
    with pytest.raises(NightRefusedError, match="run extract again"):
        land(night, pipeline, source.settings)
    extract(night, source.engine, pipeline, source.settings)
    assert {row.rows_new for row in land(night, pipeline, source.settings)} == {1}


def test_a_newer_run_takes_over(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    extract(a_night(1), source.engine, pipeline, source.settings)
    extract(a_night(1, run="newer"), source.engine, pipeline, source.settings)
    with pytest.raises(NightRefusedError, match="newer 3-1"):
        land(a_night(1), pipeline, source.settings)
    assert land(a_night(1, run="newer"), pipeline, source.settings)


def test_councils_do_not_touch_each_other(
    source: Lcs, pipeline: Engine, new_council: Callable[[str], None]
) -> None:
    new_council("W06000001")
    source.add_all()
    run_night(source, pipeline, a_night(2))
    before = versions(pipeline, "fact_cla")
    source.run("update {s}fact_cla set fact_referral_id = 9")
    run_night(source, pipeline, a_night(1, authority="W06000001"))
    assert len(landed(pipeline, "fact_cla", authority="W06000001")) == 1
    assert before - versions(pipeline, "fact_cla") == {}
    assert landed(pipeline, "fact_cla")[0]["fact_referral_id"] == "51"
