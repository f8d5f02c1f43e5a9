"""Forms keep their identity when every form and answer id is issued anew; hostile links lose nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import Engine

from care_reviews.landing.forms import NOWHERE
from care_reviews.source.catalog import FORM_TABLES
from tests.lcs import DAY, Lcs, a_night, landed, quarantine, query, run_night, versions

ALERT = "Care Planning Alert"


def answer(
    source: Lcs, number: int, form: int | None, answer_no: str, said: str | None, **more: object
) -> None:
    source.add(
        "fact_form_answers",
        **{
            "fact_form_answer_id": number,
            "fact_form_id": form,
            "dim_assessment_template_id_desc": ALERT,
            "answer_no": answer_no,
            "answer": said,
            **more,
        },
    )


def reissue(source: Lcs, order: str) -> None:
    """Give every form and answer another id, in an order that has nothing to do with the one before."""
    source.run(
        "create temporary table fresh on commit drop as"
        f" select fact_form_id as old, 9000 + row_number() over (order by {order}) as new"
        " from (select fact_form_id from {s}fact_forms"
        " union select fact_form_id from {s}fact_form_answers) as f;"
        "update {s}fact_forms as f set fact_form_id = -new from fresh where old = fact_form_id;"
        "update {s}fact_forms set fact_form_id = -fact_form_id where fact_form_id < -1;"
        "update {s}fact_form_answers as a set fact_form_id = new, fact_form_answer_id = -fact_form_answer_id"
        " from fresh where old = fact_form_id;"
        "update {s}fact_form_answers set fact_form_answer_id = 50000 + fact_form_answer_id;"
        "update {s}fact_meeting_subjects set fact_outcm_form_id = new from fresh"
        " where old = fact_outcm_form_id;"
    )


def all_versions(warehouse: Engine) -> dict[str, object]:
    return {table.name: versions(warehouse, table.name) for table in FORM_TABLES}


@pytest.mark.parametrize("order", ["fact_form_id desc", "md5(fact_form_id::text)", "fact_form_id"])
def test_ids_issued_anew_change_nothing(source: Lcs, pipeline: Engine, order: str) -> None:
    source.add_all()
    # Three alerts of one person, all answered at one moment; two of them alike to the letter.
    for form, category in ((201, "Health"), (202, "Education"), (203, "Education")):
        source.add("fact_forms", fact_form_id=form, dim_lookup_form_type_id_code="ALERT")
        answer(source, form * 10, form, "Category", category)
        answer(source, form * 10 + 1, form, "RaisedDate", "2019-05-01")
    first = run_night(source, pipeline, a_night(1))
    before, keys = all_versions(pipeline), landed(pipeline, "fact_form_answers")
    reissue(source, order)
    second = run_night(source, pipeline, a_night(2))
    assert all_versions(pipeline) == before
    for table in FORM_TABLES:
        assert second[table.name].rows_unchanged == second[table.name].rows_read > 0
        assert second[table.name].content_digest == first[table.name].content_digest
    assert {row["form_key"] for row in keys} == {
        "141/11 2019-05-01 00:00:00#1",
        *(f"-/11 2019-05-01 00:00:00#{n}" for n in (1, 2, 3)),
    }


def test_outcome_forms_belong_to_their_meeting_and_subject(source: Lcs, pipeline: Engine) -> None:
    # Two siblings in one meeting, and a second outcome form of the first child, answered later.
    source.add("fact_meeting_subjects", dim_person_id=11, fact_outcm_form_id=151)
    source.add("fact_meeting_subjects", dim_person_id=12, fact_outcm_form_id=152)
    source.add("fact_meeting_subjects", dim_person_id=11, fact_outcm_form_id=153)
    for form, person, day in ((151, 99, 1), (152, 12, 1), (153, 11, 9)):
        source.add("fact_forms", fact_form_id=form, dim_person_id=person)
        source.add(
            "fact_form_answers",
            fact_form_answer_id=form,
            fact_form_id=form,
            answered_dttm=dt.datetime(2019, 5, day),
        )
    run_night(source, pipeline)
    owners = {
        (row["fact_meetings_id"], row["dim_person_id"], row["form_key"])
        for row in landed(pipeline, "fact_form_answers")
    }
    assert owners == {
        ("141", "11", "141/11 2019-05-01 00:00:00#1"),
        ("141", "12", "141/12 2019-05-01 00:00:00#1"),
        ("141", "11", "141/11 2019-05-09 00:00:00#1"),
    }
    subjects = landed(pipeline, "fact_meeting_subjects")
    assert owners == {(row["fact_meetings_id"], row["dim_person_id"], row["form_key"]) for row in subjects}


@pytest.mark.parametrize("none", [None, -1])
def test_no_outcome_form_yet(source: Lcs, pipeline: Engine, none: int | None) -> None:
    source.add("fact_meeting_subjects", fact_outcm_form_id=none)
    source.add("fact_forms", fact_form_id=151)
    answer(source, 1, none, "Category", "Health")
    run_night(source, pipeline)
    assert landed(pipeline, "fact_meeting_subjects")[0]["form_key"] is None
    assert landed(pipeline, "fact_forms")[0]["form_key"] is None
    row = landed(pipeline, "fact_form_answers")[0]
    assert (row["fact_meetings_id"], row["dim_person_id"], row["form_key"]) == (None, None, None)


def test_an_outcome_form_that_is_not_there_is_told(source: Lcs, pipeline: Engine) -> None:
    """A form that is there and was not answered yet is none of those."""
    source.add("fact_meeting_subjects", dim_person_id=11, fact_outcm_form_id=151)
    source.add("fact_meeting_subjects", dim_person_id=12, fact_outcm_form_id=152)
    source.add("fact_forms", fact_form_id=151)
    run_night(source, pipeline)
    keys = {row["dim_person_id"]: row["form_key"] for row in landed(pipeline, "fact_meeting_subjects")}
    assert keys == {"11": None, "12": NOWHERE}


def test_hostile_links_lose_and_multiply_nothing(source: Lcs, pipeline: Engine) -> None:
    # Two subjects point at one form; a form's id stands in two templates; a form is in no FACT_FORMS row; a
    # form is twice in FACT_FORMS; an answer stands twice to the letter.
    source.add("fact_meeting_subjects", fact_meetings_id=142, dim_person_id=12)
    source.add("fact_meeting_subjects", fact_meetings_id=141, dim_person_id=13)
    source.run("alter table {s}fact_forms drop constraint fact_forms_pkey")
    source.add("fact_forms", fact_form_id=301, dim_person_id=14)
    source.add("fact_forms", fact_form_id=301, dim_person_id=15)
    answer(source, 1, 151, "Category", "Health")
    source.add("fact_form_answers", fact_form_answer_id=2)
    answer(source, 3, 777, "Category", "Health")
    answer(source, 4, 301, "Category", "Health")
    answer(source, 5, 301, "Category", "Health")
    manifest = run_night(source, pipeline)["fact_form_answers"]
    assert (manifest.rows_read, manifest.rows_new, manifest.rows_quarantined) == (5, 5, 0)
    rows = landed(pipeline, "fact_form_answers")
    owners = {(row["fact_meetings_id"], row["dim_person_id"]) for row in rows}
    assert owners == {("141", "13"), (None, None), (None, "14")}
    moment = "2019-05-01 00:00:00#1"
    assert {row["form_key"] for row in rows} == {f"141/13 {moment}", f"-/- {moment}", f"-/14 {moment}"}
    # Both subjects find the form's answers.
    subjects = landed(pipeline, "fact_meeting_subjects")
    assert [row["form_key"] for row in subjects] == [f"141/13 {moment}"] * 2
    assert len(landed(pipeline, "fact_forms")) == 2
    before = all_versions(pipeline)
    assert run_night(source, pipeline, a_night(1, month=4))["fact_form_answers"].rows_unchanged == 5
    assert all_versions(pipeline) == before


def test_a_form_without_a_moment_still_has_a_key(source: Lcs, pipeline: Engine) -> None:
    source.add("fact_forms", fact_form_id=151)
    answer(source, 1, 151, "Category", "Health", answered_dttm=None)
    run_night(source, pipeline)
    assert landed(pipeline, "fact_form_answers")[0]["form_key"] == "-/11 undated#1"


def test_a_quarantined_answer_keeps_its_forms_key_and_owner(source: Lcs, pipeline: Engine) -> None:
    source.add("fact_forms", fact_form_id=151)
    answer(source, 1, 151, "RaisedDate", "31/02/2019", answered_dttm=DAY)
    answer(source, 2, 151, "Category", "Health", answered_dttm=DAY + dt.timedelta(days=1))
    run_night(source, pipeline, a_night(1))
    assert landed(pipeline, "fact_form_answers")[0]["form_key"] == "-/11 2019-05-01 00:00:00#1"
    put_aside = quarantine(pipeline, "fact_form_answers")
    assert len(put_aside) == 1
    assert put_aside[0]["payload"]["form_key"] == "-/11 2019-05-01 00:00:00#1"
    assert put_aside[0]["payload"]["dim_person_id"] == "11"
    assert not {"fact_form_id", "fact_form_answer_id"} & set(put_aside[0]["payload"])
    reissue(source, "fact_form_id")
    run_night(source, pipeline, a_night(2))
    assert quarantine(pipeline, "fact_form_answers") == put_aside


def test_only_answers_of_the_site_map_are_read(source: Lcs, pipeline: Engine) -> None:
    answer(source, 1, 151, "Category", "Health")
    answer(source, 2, 151, "Comments", "free text about a child")
    answer(source, 3, 151, "Outcome", "free text about a child")
    answer(source, 4, 151, "Agency", "  ")
    answer(source, 5, 151, "Agency", None)
    answer(
        source, 6, 151, " category ", "Education", dim_assessment_template_id_desc="CARE  planning\r\nalert "
    )
    answer(
        source, 7, 151, "Outcome ", "more free text", dim_assessment_template_id_desc="care planning alert"
    )
    answer(source, 8, 151, "Agency", "free text about a school")
    manifest = run_night(source, pipeline)["fact_form_answers"]
    assert (manifest.rows_read, manifest.rows_new) == (7, 7)
    said = Counter((row["answer_no"], row["answer"]) for row in landed(pipeline, "fact_form_answers"))
    assert said == Counter(
        [
            ("Category", "Health"),
            ("Outcome", "Y"),
            ("Agency", None),
            ("Agency", None),
            ("Agency", "Y"),
            (" category ", "Education"),
            ("Outcome ", "Y"),
        ]
    )
    everything = query(pipeline, "select * from landing.lcs__fact_form_answers")
    assert not any("free text" in str(value) for row in everything for value in row.values())


def test_an_answer_corrected_has_changed_and_one_taken_away_has_vanished(
    source: Lcs, pipeline: Engine
) -> None:
    source.add("fact_forms", fact_form_id=201, dim_lookup_form_type_id_code="ALERT")
    for number, (name, words) in enumerate((("Category", "Health"), ("RaisedDate", "2019-05-01"))):
        answer(source, 2010 + number, 201, name, words)
    source.add("fact_meeting_subjects", fact_outcm_form_id=None)
    run_night(source, pipeline, a_night(1))
    source.run("update {s}fact_form_answers set answer = '2019-05-02' where answer_no = 'RaisedDate'")
    source.run("delete from {s}fact_form_answers where answer_no = 'Category'")
    source.run("update {s}fact_meeting_subjects set dim_lookup_participation_code_desc = 'Other'")
    second = run_night(source, pipeline, a_night(2))
    answers, subjects = second["fact_form_answers"], second["fact_meeting_subjects"]
    assert (answers.rows_new, answers.rows_changed, answers.rows_vanished) == (0, 1, 1)
    assert (subjects.rows_new, subjects.rows_changed, subjects.rows_vanished) == (0, 1, 0)
