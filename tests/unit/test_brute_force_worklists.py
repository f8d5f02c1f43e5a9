"""The plain working lists at both sides of each boundary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.brute_force.source_rows import Source
from tests.brute_force.worklists import Rows, caseload, worklists

# A Friday: 20 working days after 6 March, 15 after 13 March; the 20th after it, over Easter, is 5 May.
NIGHT = date(2020, 4, 3)
BORN = date(2010, 1, 1)

Tables = dict[str, list[dict[str, Any]]]


def council(
    started: date, ended: date | None = None, held: tuple[date, ...] = (), tables: Tables | None = None
) -> Source:
    """One child, looked after from one day to another, with these reviews and rows of other tables."""
    rows: Tables = {
        "dim_person": [{"dim_person_id": 1, "birth_dttm": BORN}],
        "fact_care_episodes": [
            {
                "fact_care_episodes_id": 1,
                "fact_cla_id": 5,
                "dim_person_id": 1,
                "care_start_date": started,
                "care_end_date": ended,
                "care_reason_end_code": "E4A" if ended else None,
            }
        ],
        "fact_meetings": [
            {"fact_meeting_id": number, "dim_lookup_mtg_type_id_code": "CLAR", "actual_dttm": day}
            for number, day in enumerate(held, start=1)
        ],
        "fact_cla_review": [
            {"fact_cla_review_id": number, "fact_meeting_id": number, "fact_cla_id": 5, "dim_person_id": 1}
            for number, _ in enumerate(held, start=1)
        ],
    }
    return Source(**(rows | (tables or {})))


def listed(source: Source, name: str) -> Rows:
    return worklists(source, NIGHT)[name]


def form(template: str, *answers: tuple[str, str]) -> Tables:
    """A form of the child."""
    return {
        "fact_forms": [{"fact_form_id": 9, "dim_person_id": 1}],
        "fact_form_answers": [
            {
                "fact_form_answer_id": number,
                "fact_form_id": 9,
                "dim_assessment_template_id_desc": template,
                "answer_no": question,
                "answer": answer,
            }
            for number, (question, answer) in enumerate(answers)
        ],
    }


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (date(2020, 3, 5), (date(2020, 4, 2), True, 1, None)),
        (date(2020, 3, 6), (date(2020, 4, 3), False, None, 0)),
        (date(2020, 4, 3), (date(2020, 5, 5), False, None, 20)),
        (date(2019, 9, 2), (date(2019, 9, 30), True, 131, None)),
    ],
)
def test_a_first_review_is_due_on_its_20th_working_day(started: date, expected: tuple[Any, ...]) -> None:
    (row,) = listed(council(started), "worklist_review")
    columns = ("due_date", "is_overdue", "working_days_overdue", "working_days_left")
    assert tuple(row[column] for column in columns) == expected
    assert (row["period_id"], row["review_sequence"], row["last_review_date"]) == (5, 1, None)


@pytest.mark.parametrize(
    ("held", "is_listed"),
    [(date(2019, 11, 5), True), (date(2019, 11, 6), False), (date(2019, 10, 2), True)],
)
def test_a_later_review_is_listed_20_working_days_ahead(held: date, is_listed: bool) -> None:
    found = listed(council(date(2019, 7, 1), held=(date(2019, 7, 20), held)), "worklist_review")
    assert [row["last_review_date"] for row in found] == [held] * is_listed


@pytest.mark.parametrize(("ended", "is_listed"), [(NIGHT, False), (NIGHT + timedelta(days=1), True)])
def test_a_child_who_left_needs_no_review(ended: date, is_listed: bool) -> None:
    assert bool(listed(council(date(2020, 3, 2), ended), "worklist_review")) == is_listed


@pytest.mark.parametrize(
    ("held", "is_overdue", "days"), [(date(2020, 3, 12), True, 1), (date(2020, 3, 13), False, None)]
)
def test_a_record_has_15_working_days(held: date, is_overdue: bool, days: int | None) -> None:
    (row,) = listed(council(date(2020, 1, 2), held=(held,)), "worklist_record")
    assert (row["is_overdue"], row["working_days_overdue"]) == (is_overdue, days)


def test_a_record_of_long_ago_is_no_work_any_more() -> None:
    first_day = date(2017, 4, 1)
    for day, rows in ((first_day, 1), (first_day - timedelta(days=1), 0)):
        assert len(listed(council(date(2017, 3, 1), held=(day,)), "worklist_record")) == rows


@pytest.mark.parametrize(
    ("raised", "resolved", "is_overdue"),
    [
        ("2020-03-05", "", True),
        ("2020-03-06", "", False),
        ("2020-03-05", "2020-04-04", True),
        ("2020-03-05", "2020-04-03", None),
        ("2020-04-04", "", None),
        ("", "", None),
    ],
)
def test_an_alert_is_overdue_after_20_working_days(
    raised: str, resolved: str, is_overdue: bool | None
) -> None:
    alert = form("Care Planning Alert", ("RaisedDate", raised), ("ResolvedDate", resolved))
    found = listed(council(date(2020, 1, 2), tables=alert), "worklist_alert")
    assert [row["is_overdue"] for row in found] == ([] if is_overdue is None else [is_overdue])


@pytest.mark.parametrize(
    ("update", "is_listed"),
    [("", True), ("2020-02-03", True), ("2020-02-04", False), ("2020-04-03", False), ("2020-04-04", True)],
)
def test_an_update_counts_after_the_last_review(update: str, is_listed: bool) -> None:
    held = (date(2020, 2, 3),)
    updates = form("IRO Progress Update", ("UpdateDate", update))
    found = listed(council(date(2020, 1, 2), held=held, tables=updates), "worklist_progress_update")
    assert [row["next_review_due_date"] for row in found] == [date(2020, 5, 3)] * is_listed
    assert listed(council(date(2020, 1, 2), tables=updates), "worklist_progress_update") == []


@pytest.mark.parametrize(
    ("looked_after", "with_plan", "working_time", "is_above"),
    [
        *((50, 20, "1.00", False), (50, 21, "1.00", True)),
        *((35, 0, "0.5", False), (36, 0, "0.5", True)),
        *((70, 0, text, False) for text in ("", "1.5", "full time", "0")),
        *((71, 0, text, True) for text in ("", "1.5", "full time", "0")),
    ],
)
def test_a_caseload_is_held_against_70(
    looked_after: int, with_plan: int, working_time: str, is_above: bool
) -> None:
    assert caseload(looked_after, with_plan, working_time)["is_above_70"] is is_above


@pytest.mark.parametrize(
    ("ended", "until", "chair", "team"),
    [
        (None, None, 70, "North East Safeguarding Team"),
        (None, NIGHT, None, "Not known"),
        (None, NIGHT + timedelta(days=1), 70, "North East Safeguarding Team"),
        (NIGHT, date(2020, 3, 1), 70, "North East Safeguarding Team"),
    ],
)
def test_a_child_keeps_chair_and_team_after_care_alone(
    ended: date | None, until: date | None, chair: int | None, team: str
) -> None:
    tables = form("Care Planning Alert", ("RaisedDate", "2020-03-05"))
    tables["dim_department"] = [{"dim_department_id": 3, "name": "North East  safeguarding team"}]
    tables["fact_involvements"] = [
        {
            "fact_involvements_id": 1,
            "dim_person_id": 1,
            "dim_worker_id": 70,
            "dim_department_id": 3,
            "dim_lookup_involvement_type_code": "IRO",
            "start_dttm": date(2020, 1, 2),
            "end_dttm": until,
        }
    ]
    (row,) = listed(council(date(2020, 1, 2), ended, tables=tables), "worklist_alert")
    assert (row["chair_id"], row["team"]) == (chair, team)
