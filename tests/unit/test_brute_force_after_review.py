"""The plain calculation of what follows a review: both sides of each deadline, and without a value."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.deadlines import done_in_time, working_day_after
from tests.brute_force.measures import Cell, CellKey, cells
from tests.brute_force.source_rows import Row, Source

NIGHT = date(2024, 5, 15)
APRIL = ("month", date(2024, 4, 1), date(2024, 4, 30))
END_OF_APRIL = ("snapshot", date(2024, 4, 30), date(2024, 4, 30))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2024, 3, 28), 1, date(2024, 4, 2)),  # Good Friday and Easter Monday between
        (date(2024, 4, 5), 5, date(2024, 4, 12)),
        (date(2024, 4, 6), 5, date(2024, 4, 12)),  # a Saturday
        (date(2024, 4, 5), 20, date(2024, 5, 3)),
        (date(2024, 4, 5), 21, date(2024, 5, 7)),  # the early May bank holiday between
    ],
)
def test_working_days_after_a_day(day: date, number: int, expected: date) -> None:
    assert working_day_after(day, number) == expected


@pytest.mark.parametrize(
    ("done", "deadline", "expected"),
    [
        (date(2024, 5, 1), date(2024, 5, 1), True),
        (date(2024, 5, 2), date(2024, 5, 1), False),
        (None, date(2024, 5, 14), False),
        (None, NIGHT, None),  # the deadline's own day has not passed
        (NIGHT, NIGHT, True),
        (date(2024, 5, 16), date(2024, 5, 16), None),  # not done yet
        (date(2024, 5, 16), date(2024, 5, 14), False),
    ],
)
def test_in_time_on_the_deadline(done: date | None, deadline: date, expected: bool | None) -> None:
    assert done_in_time(done, deadline, NIGHT) is expected


def answers(form_id: int, template: str, **said: str | None) -> list[Row]:
    return [
        {
            "fact_form_answer_id": form_id * 100 + number,
            "fact_form_id": form_id,
            "dim_assessment_template_id_desc": template,
            "answer_no": question,
            "answer": answer,
            "answered_dttm": "2024-05-01 09:00:00",
        }
        for number, (question, answer) in enumerate(said.items())
    ]


def history(*forms: Row, meetings: tuple[tuple[str, str], ...] = (("CLAR", "2024-04-05"),)) -> Source:
    """A child in care from 13 March 2024, due by 12 April, whose meetings share form 50; form 60 is hers."""
    person = {"dim_person_id": 1}
    return Source(
        dim_person=[person],
        fact_care_episodes=[
            person | {"fact_care_episodes_id": 1, "fact_cla_id": 10, "care_start_date": "2024-03-13"}
        ],
        fact_cla_review=[
            person | {"fact_cla_review_id": number, "fact_meeting_id": number}
            for number, (kind, _) in enumerate(meetings)
            if kind == "CLAR"
        ],
        fact_meetings=[
            {"fact_meeting_id": number, "dim_lookup_mtg_type_id_code": kind, "actual_dttm": day}
            for number, (kind, day) in enumerate(meetings)
        ],
        fact_meeting_subjects=[
            person | {"fact_meetings_id": number, "fact_outcm_form_id": 50} for number in range(len(meetings))
        ],
        fact_forms=[person | {"fact_form_id": 60}],
        fact_form_answers=list(forms),
    )


def shares(
    source: Source, measure: str, when: tuple[str, date, date] = APRIL
) -> tuple[int | None, int | None]:
    cell: Cell = cells(source, NIGHT, breakdowns=())[CellKey(measure, *when)]
    return cell.numerator, cell.denominator


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2024-04-12", (1, 1)), ("13/04/2024", (0, 1)), ("31/04/2024", (0, 1)), (None, (0, 1))],
)
def test_outcomes_within_5_working_days(typed: str | None, expected: tuple[int, int]) -> None:
    found = history(*answers(50, "CLA Review Outcomes", OutcomesCompletedDate=typed))
    assert shares(found, "outcomes_within_5_days") == expected


@pytest.mark.parametrize(("last", "expected"), [("2024-05-03", (1, 1)), ("2024-05-07", (0, 1))])
def test_a_series_within_20_working_days_of_its_first_meeting(last: str, expected: tuple[int, int]) -> None:
    found = history(meetings=(("CLAR", "2024-04-05"), ("CLARS", last)))
    year = ("rolling_12_months", date(2023, 5, 1), date(2024, 4, 30))
    assert shares(found, "series_within_20_days", year) == (0, 0)  # completed after it
    in_may = CellKey("series_within_20_days", "month", date(2024, 5, 1), date(2024, 5, 31))
    cell = cells(found, date(2024, 5, 31), breakdowns=())[in_may]
    assert (cell.numerator, cell.denominator) == expected


@pytest.mark.parametrize(
    ("named", "further", "expected"),
    [
        (None, (), (0, 0)),
        ("2024-04-05", (), (0, 0)),  # the first meeting is its last
        ("06/04/2024", (), (1, 1)),
        ("2024-04-18", (("CLAR", "2024-04-19"),), (1, 1)),
        ("2024-04-19", (("CLAR", "2024-04-19"),), (0, 0)),  # the day of the next review
        ("2024-05-10", (("CLARS", "2024-04-08"),), (1, 1)),  # the tables know better
        ("2024-04-30", (), (1, 1)),
        ("2024-05-01", (), (0, 0)),  # completed after the span
    ],
)
def test_a_form_names_the_last_meeting_that_no_table_has(
    named: str | None, further: tuple[tuple[str, str], ...], expected: tuple[int, int]
) -> None:
    form = answers(50, "CLA Review Outcomes", LastMeetingDate=named)
    found = history(*form, meetings=(("CLAR", "2024-04-05"), *further))
    assert shares(found, "series_within_20_days") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("Y", 1), (" yes", 1), ("N", 0), ("yet to come", 0), ("", 0), (None, 0)],
)
def test_only_yes_is_yes_and_nothing_stays_in_the_denominator(said: str | None, expected: int) -> None:
    found = history(*answers(50, "CLA Review Outcomes", WrittenToChild=said))
    assert shares(found, "written_to_child") == (expected, 1)
    assert shares(history(), "written_to_child") == (0, 1)


def test_only_second_reviews_need_a_plan() -> None:
    plan = answers(50, "CLA Review Outcomes", PermanencePlan="ADOPT")
    days = [("CLAR", f"2024-04-{day:02}") for day in (5, 12, 19)]
    assert shares(history(*plan, meetings=(*days[:1],)), "permanence_plan_at_second_review") == (0, 0)
    assert shares(history(*plan, meetings=(*days,)), "permanence_plan_at_second_review") == (1, 1)
    assert shares(history(meetings=(*days,)), "permanence_plan_at_second_review") == (0, 1)


@pytest.mark.parametrize(
    ("typed", "rating", "well", "unknown"),
    [
        ("2024-04-30", "good", (1, 1), (0, 1)),
        ("2024-04-30", "Outstanding ", (1, 1), (0, 1)),
        ("2024-04-30", "Requires improvement", (0, 1), (0, 1)),
        ("2024-04-30", "Fair", (0, 1), (1, 1)),
        ("2024-04-30", None, (0, 1), (1, 1)),
        ("2024-05-01", "Good", (0, 0), (0, 0)),
        (None, "Good", (0, 0), (0, 0)),
    ],
)
def test_an_audit_counts_by_its_date_and_rating(
    typed: str | None, rating: str | None, well: tuple[int, int], unknown: tuple[int, int]
) -> None:
    audit = answers(60, "Review Quality Audit", AuditDate=typed, SmartRating=rating)
    assert shares(history(*audit), "smart_rating") == well
    assert shares(history(*audit), "smart_rating_not_recorded") == unknown


@pytest.mark.parametrize(("day", "audits"), [("2024-03-12", 0), ("2024-03-13", 1)])
def test_an_audit_is_of_a_child_who_had_been_in_care(day: str, audits: int) -> None:
    march = ("month", date(2024, 3, 1), date(2024, 3, 31))
    audit = answers(60, "Review Quality Audit", AuditDate=day, ChildFocused="Y")
    assert shares(history(*audit), "child_focused", march) == (audits, audits)
    nobodys = [row | {"fact_form_id": 61} for row in audit]
    assert shares(history(*nobodys), "child_focused", march) == (0, 0)


@pytest.mark.parametrize(("held", "overdue"), [("2024-04-12", 0), ("2024-04-30", 0), ("2024-05-01", 1)])
def test_a_review_is_overdue_until_it_is_held(held: str, overdue: int) -> None:
    found = history(meetings=(("CLAR", held),))
    assert shares(found, "overdue_reviews", END_OF_APRIL) == (overdue, None)
