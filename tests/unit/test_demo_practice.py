"""Everything that a real source does to a pipeline occurs in the synthetic council, in every profile."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest

from care_reviews.demo.build import build_history
from care_reviews.demo.fill import table_rows
from care_reviews.demo.form_ids import FormNumbers
from care_reviews.demo.history import History
from care_reviews.demo.profiles import load_profile, profile_names
from care_reviews.demo.tables import metadata

Row = dict[str, Any]
EARLIER, NIGHT, LATER = date(2019, 9, 30), date(2020, 3, 31), date(2020, 4, 3)
SEED = 1
NO_DATE = datetime(1900, 1, 1)


class Nights:
    """The rows of one council's tables on any night."""

    def __init__(self, profile: str) -> None:
        self.first_day = load_profile(profile).covers.first_day
        self.forms = load_profile(profile).site.forms
        self.history: History = build_history(load_profile(profile), seed=SEED)

    @lru_cache(maxsize=64)  # noqa: B019
    def rows(self, table: str, night: date = NIGHT) -> list[Row]:
        columns = self.history.columns(table)
        found = table_rows(self.history, table, night, FormNumbers(self.first_day, night))
        return [dict(zip(columns, row, strict=True)) for row in found]

    def column(self, table: str, column: str) -> list[Any]:
        return [row[column] for row in self.rows(table)]


@pytest.fixture(scope="module", params=profile_names())
def nights(request: pytest.FixtureRequest) -> Nights:
    return Nights(request.param)


def few(count: int, rows: list[Row]) -> bool:
    """Some, and so few that nobody would take them for the rule."""
    return 0 < count <= max(6, 0.01 * len(rows))


def impossible(rows: Iterable[Row], night: date = NIGHT) -> list[Row]:
    """Rows with a date that cannot be true."""
    latest = datetime.combine(night, datetime.min.time()) + timedelta(days=3 * 365)
    return [
        row
        for row in rows
        if any(
            isinstance(value, datetime) and value != NO_DATE and not datetime(1990, 1, 1) <= value <= latest
            for name, value in row.items()
            if name not in ("birth_dttm", "death_dttm")
        )
    ]


def test_1_no_such_row_and_no_date(nights: Nights) -> None:
    for table, column in (
        ("fact_meeting_subjects", "fact_outcm_form_id"),
        ("fact_involvements", "dim_worker_id"),
        ("fact_cla_review", "fact_cla_id"),
        ("fact_cla_review", "fact_meeting_id"),
        ("fact_casenotes", "dim_person_id"),
    ):
        assert -1 in nights.column(table, column), (table, column)
    for table, column in (("fact_legal_status", "end_dttm"), ("fact_meetings", "actual_dttm")):
        assert NO_DATE in nights.column(table, column), (table, column)


def test_2_merged_and_test_persons_with_facts(nights: Nights) -> None:
    persons = nights.rows("dim_person")
    merged = {p["dim_person_id"] for p in persons if p["duplicated_dttm"]}
    tests = {p["dim_person_id"] for p in persons if p["is_client"] == "N"}
    survivors = {p["legacy_id"] for p in persons if not p["duplicated_dttm"]}
    assert any(p["legacy_id"] in survivors for p in persons if p["dim_person_id"] in merged)
    assert any(p["legacy_id"] not in survivors for p in persons if p["dim_person_id"] in merged)
    for table in ("fact_cla", "fact_cla_review", "fact_meeting_subjects", "fact_forms"):
        assert merged & set(nights.column(table, "dim_person_id")), table
        assert tests & set(nights.column("fact_cla", "dim_person_id")), table
    births = defaultdict(set)
    for person in persons:
        births[person["legacy_id"]].add(person["birth_dttm"])
    assert any(len(born) > 1 for born in births.values())


def test_3_joins_that_fan_out(nights: Nights) -> None:
    subjects = nights.rows("fact_meeting_subjects")
    of_subject = defaultdict(list)
    for row in subjects:
        of_subject[row["fact_meetings_id"], row["dim_person_id"]].append(row["fact_outcm_form_id"])
    doubled = [forms for forms in of_subject.values() if len(forms) > 1]
    assert few(sum(len(set(forms)) > 1 for forms in doubled), subjects), "two outcome forms"
    assert few(sum(len(set(forms)) == 1 for forms in doubled), subjects), "one subject twice"
    reviews = nights.rows("fact_cla_review")
    by_meeting = Counter(
        (r["fact_meeting_id"], r["dim_person_id"]) for r in reviews if r["fact_meeting_id"] != -1
    )
    assert few(sum(count > 1 for count in by_meeting.values()), reviews), "two review rows for a meeting"
    held = {
        m["fact_meeting_id"]: m["actual_dttm"].date()
        for m in nights.rows("fact_meetings")
        if m["actual_dttm"] and m["actual_dttm"] != NO_DATE and not m["cancelled"]
    }
    by_day = defaultdict(set)
    for row in reviews:
        if row["fact_meeting_id"] in held:
            by_day[row["dim_person_id"], held[row["fact_meeting_id"]]].add(row["fact_meeting_id"])
    assert few(sum(len(meetings) > 1 for meetings in by_day.values()), reviews), "two meetings on a day"
    together = Counter(r["fact_meeting_id"] for r in reviews if r["fact_meeting_id"] != -1)
    assert sum(count > 1 for count in together.values()) > 0.05 * len(together), "siblings"


def test_3_overlapping_legal_statuses(nights: Nights) -> None:
    spans = defaultdict(list)
    for row in nights.rows("fact_legal_status"):
        end = row["end_dttm"] if row["end_dttm"] not in (None, NO_DATE) else datetime.max
        spans[row["dim_person_id"]].append((row["start_dttm"].date(), end.date()))
    overlaps = sum(a[1] > b[0] for found in map(sorted, spans.values()) for a, b in pairwise(found))
    assert overlaps > 0


def test_4_scheduled_and_cancelled_reviews(nights: Nights) -> None:
    meetings = nights.rows("fact_meetings")
    assert set(nights.column("fact_meetings", "cancelled")) == {None, "Y", "Yes", "N", "No"}
    assert nights.column("fact_meetings", "cancelled").count(None) > 0.6 * len(meetings)
    not_held = {m["fact_meeting_id"] for m in meetings if m["actual_dttm"] in (None, NO_DATE)}
    scheduled = [r for r in nights.rows("fact_cla_review") if r["fact_meeting_id"] in not_held]
    assert any(r["due_dttm"].date() < NIGHT for r in scheduled if r["due_dttm"] != NO_DATE), "overdue"
    assert any(r["due_dttm"].date() > NIGHT for r in scheduled), "future"
    forms = {
        s["fact_outcm_form_id"]
        for s in nights.rows("fact_meeting_subjects")
        if s["fact_meetings_id"] in not_held
    }
    assert forms <= {None, -1}
    assert any(
        m["actual_dttm"] not in (None, NO_DATE) for m in meetings if (m["cancelled"] or "").startswith("Y")
    )


def test_4_series_of_meetings(nights: Nights) -> None:
    further = {
        m["fact_meeting_id"]
        for m in nights.rows("fact_meetings")
        if m["dim_lookup_mtg_type_id_code"] == "CLARS"
    }
    assert further & set(nights.column("fact_meeting_subjects", "fact_meetings_id"))
    assert not further & set(nights.column("fact_cla_review", "fact_meeting_id"))


def test_5_form_numbers_are_issued_anew(nights: Nights) -> None:
    """Within a few nights some forms get new numbers, and their answers with them; nothing is lost."""

    def answers(night: date) -> Counter[tuple[Any, ...]]:
        named = ("answer_no", "answer", "answered_dttm")
        return Counter(tuple(row[name] for name in named) for row in nights.rows("fact_form_answers", night))

    before, after = (
        {row["fact_form_id"] for row in nights.rows("fact_forms", night)} for night in (NIGHT, LATER)
    )
    assert 0 < len(before - after) < 0.05 * len(before)
    lost = answers(NIGHT) - answers(LATER)
    assert sum(lost.values()) < 20
    for night in (NIGHT, LATER):
        forms = {row["fact_form_id"] for row in nights.rows("fact_forms", night)}
        assert {row["fact_form_id"] for row in nights.rows("fact_form_answers", night)} <= forms
        used = {row["fact_outcm_form_id"] for row in nights.rows("fact_meeting_subjects", night)}
        assert used - {None, -1} <= forms


def test_6_only_periods_of_care_say_when_they_changed(nights: Nights) -> None:
    earlier = {row["fact_cla_id"]: row for row in nights.rows("fact_cla", EARLIER)}
    episodes = {row["fact_care_episodes_id"]: row for row in nights.rows("fact_care_episodes", EARLIER)}
    changed = {
        row["fact_cla_id"]
        for row in nights.rows("fact_care_episodes")
        if episodes.get(row["fact_care_episodes_id"], row) != row
    }
    assert changed
    last = {row["fact_cla_id"]: row["last_updated_dttm"] for row in nights.rows("fact_cla")}
    assert any(last[cla].date() > EARLIER for cla in changed)
    assert all(last[cla] >= row["last_updated_dttm"] for cla, row in earlier.items() if cla in last)


def test_7_rows_disappear(nights: Nights) -> None:
    for table, key in (
        ("dim_person", "dim_person_id"),
        ("fact_cla_review", "fact_cla_review_id"),
        ("fact_meetings", "fact_meeting_id"),
    ):
        before = {row[key] for row in nights.rows(table, date(2018, 2, 28))}
        assert before - set(nights.column(table, key)), table


def test_8_late_recording(nights: Nights) -> None:
    known = {m["fact_meeting_id"] for m in nights.rows("fact_meetings", EARLIER) if held_by(m, EARLIER)}
    learnt = [
        m for m in nights.rows("fact_meetings") if held_by(m, EARLIER) and m["fact_meeting_id"] not in known
    ]
    assert any(m["actual_dttm"].date() < EARLIER - timedelta(days=14) for m in learnt)


def held_by(meeting: Row, night: date) -> bool:
    held = meeting["actual_dttm"]
    return bool(held) and date(1990, 1, 1) <= held.date() <= night


def test_9_dates_that_cannot_be_true_are_few(nights: Nights) -> None:
    found: Counter[int] = Counter()
    for table in metadata.tables:
        wrong = impossible(nights.rows(table))
        found.update(v.year for row in wrong for v in row.values() if isinstance(v, datetime))
        assert len(wrong) <= max(6, 0.01 * len(nights.rows(table))), table
        if table in ("fact_meetings", "fact_casenotes", "fact_cla_placement", "fact_care_plans"):
            assert wrong, table
    assert {219, 2109} <= set(found)
    births = [p["birth_dttm"] for p in nights.rows("dim_person") if p["birth_dttm"]]
    assert {219, 2109, 1900} <= {born.year for born in births}


def test_9_dates_that_are_only_wrong(nights: Nights) -> None:
    placements = nights.rows("fact_cla_placement")
    backwards = [
        p for p in placements if p["end_dttm"] not in (None, NO_DATE) and p["end_dttm"] < p["start_dttm"]
    ]
    assert few(len(backwards), placements)
    born = {p["dim_person_id"]: p["birth_dttm"] for p in nights.rows("dim_person")}
    reviews = nights.rows("fact_cla_review")
    unborn = [r for r in reviews if r["meeting_dttm"] and born.get(r["dim_person_id"], NO_DATE)
              and NO_DATE < r["meeting_dttm"] < born.get(r["dim_person_id"], NO_DATE)]  # fmt: skip
    assert few(len(unborn), reviews)


def test_9_both_formats_and_a_day_that_never_was(nights: Nights) -> None:
    asked = {
        (form.template, number)
        for form in nights.forms.values()
        for field, number in form.answers.items()
        if field.endswith("_date")
    }
    dates = [
        row["answer"]
        for row in nights.rows("fact_form_answers")
        if (row["dim_assessment_template_id_desc"], row["answer_no"]) in asked
    ]
    assert {"-", "/"} <= {text[i] for text in dates if text for i in (2, 4)}
    assert few(sum((text or "").startswith("31/02/") for text in dates), nights.rows("fact_form_answers"))


def test_10_text_as_people_type_it(nights: Nights) -> None:
    said = [
        text for text in nights.column("fact_meeting_subjects", "dim_lookup_participation_code_desc") if text
    ]
    assert any(text != text.rstrip() for text in said)
    assert any(text.isupper() for text in said)
    assert any("’" in text for text in nights.column("dim_person", "surname"))
    notes = nights.column("fact_casenotes", "note_text")
    assert any("\r\n" in text for text in notes)
    assert any("’" in text for text in notes)


def test_legal_status_codes_are_often_missing(nights: Nights) -> None:
    codes = nights.column("fact_legal_status", "dim_lookup_lgl_status_code")
    assert 0.2 < codes.count(None) / len(codes) < 0.5
    assert None not in nights.column("fact_legal_status", "dim_lookup_lgl_status_desc")


def test_an_unrelated_form_names_children(nights: Nights) -> None:
    named = {p["forename"] for p in nights.rows("dim_person")}
    forms = [
        row
        for row in nights.rows("fact_form_answers")
        if row["dim_assessment_template_id_desc"] == nights.forms["direct_work"].template
    ]
    assert any((row["answer"] or "").split(" ")[0] in named for row in forms)


def test_workers_without_number_or_full_time_equivalent(nights: Nights) -> None:
    assert "unknown" in nights.column("dim_worker", "staff_id")
    assert None in nights.column("dim_worker", "full_time_equivalency")
