"""Histories of a few made-up children, for the plain calculation of the measures.

`child`, `review` and the like each give the rows of one thing and `cells_of` puts them together. The night is
15 May 2024, so April 2024 is the last month that is complete.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.measures import cells
from tests.brute_force.source_rows import Row, Source

NIGHT = date(2024, 5, 15)
APRIL = ("month", date(2024, 4, 1), date(2024, 4, 30))
YEAR_TO_APRIL = ("rolling_12_months", date(2023, 5, 1), date(2024, 4, 30))
END_OF_APRIL = ("snapshot", date(2024, 4, 30), date(2024, 4, 30))
END_OF_MARCH = ("snapshot", date(2024, 3, 31), date(2024, 3, 31))

Rows = tuple[str, Row]


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


def meeting(meeting_id: int, held: Any, kind: str | None = "CLAR", cancelled: Any = None) -> Rows:
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
