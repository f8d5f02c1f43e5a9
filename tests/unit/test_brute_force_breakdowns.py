"""Who a child is on a day, and what kind an alert is, in the plain calculation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.brute_force.alerts import alerts
from tests.brute_force.care import people, periods_of_care
from tests.brute_force.characteristics import Characteristics, age_band
from tests.brute_force.readable import readable
from tests.brute_force.source_rows import Source

NIGHT = date(2024, 5, 15)
LEFT = date(2024, 3, 10)


def on(day: date, **tables: Any) -> dict[str, str]:
    """A child who was in care from 2024 to the day on which they left."""
    source = Source(
        dim_person=[{"dim_person_id": 1, "birth_dttm": "2014-03-10", **tables.pop("person", {})}],
        fact_cla=[{"fact_cla_id": 5, "dim_person_id": 1}],
        fact_care_episodes=[
            {
                "fact_care_episodes_id": 6,
                "fact_cla_id": 5,
                "dim_person_id": 1,
                "care_start_date": "2024-01-01",
                "care_end_date": str(LEFT),
                "care_reason_end_code": "E4A",
            }
        ],
        **{name: [{"dim_person_id": 1, **row} for row in rows] for name, rows in tables.items()},
    )
    rows = readable(source, NIGHT)
    known = people(rows)
    return Characteristics(rows, known, periods_of_care(rows, known)).of(known[1], day)


@pytest.mark.parametrize(
    ("born", "day", "band"),
    [
        (None, date(2024, 1, 1), "Not known"),
        (date(2024, 1, 2), date(2024, 1, 1), "Not known"),
        (date(2024, 1, 1), date(2024, 1, 1), "Under 1"),
        (date(2024, 2, 29), date(2025, 2, 27), "Under 1"),
        (date(2024, 2, 29), date(2025, 2, 28), "1 to 4"),
        (date(2019, 1, 2), date(2024, 1, 1), "1 to 4"),
        (date(2019, 1, 1), date(2024, 1, 1), "5 to 9"),
        (date(2014, 1, 2), date(2024, 1, 1), "5 to 9"),
        (date(2014, 1, 1), date(2024, 1, 1), "10 to 15"),
        (date(2008, 1, 2), date(2024, 1, 1), "10 to 15"),
        (date(2008, 1, 1), date(2024, 1, 1), "16 and over"),
    ],
)
def test_age_bands(born: date | None, day: date, band: str) -> None:
    assert age_band(born, day) == band


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 3, 9), "Care order"), (LEFT, "Care order"), (date(2024, 3, 11), "Not known")],
)
def test_on_the_day_of_leaving_the_statuses_are_those_of_the_day_before(day: date, expected: str) -> None:
    status = {
        "fact_legal_status_id": 1,
        "dim_lookup_lgl_status_code": "C2",
        "start_dttm": "2024-01-01",
        "end_dttm": str(LEFT),
    }
    assert on(day, fact_legal_status=[status])["legal_status_group"] == expected


def test_age_on_the_day_of_leaving_is_that_of_the_day() -> None:
    assert on(LEFT)["age_band"] == "10 to 15"
    assert on(date(2024, 3, 9))["age_band"] == "5 to 9"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "Not known"),
        ([("K2", "2024-01-01", None)], "Residential"),
        ([("K2", "2024-01-01", None), ("U4", "2024-02-01", None)], "Fostering"),
        ([("K2", "2024-01-01", None), ("U4", "2024-02-01", "2024-02-20")], "Residential"),
        ([("K2", "2024-01-01", None), ("U4", "2024-02-01", "2024-02-21")], "Fostering"),
        ([("K2", "2024-01-01", None), ("no such", "2024-02-01", None)], "Not known"),
        ([("K2", None, None)], "Not known"),
        ([("U4", "2024-01-01", None), ("K2", "2024-01-01", None)], "Residential"),
    ],
)
def test_of_placements_the_later_start_counts(rows: list[tuple[Any, ...]], expected: str) -> None:
    placements = [
        {
            "fact_cla_placement_id": number,
            "dim_lookup_placement_type_code": code,
            "start_dttm": start,
            "end_dttm": end,
        }
        for number, (code, start, end) in enumerate(rows, start=1)
    ]
    assert on(date(2024, 2, 20), fact_cla_placement=placements)["placement_group"] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("CW", 1, "2024-01-01"), ("IRO", 2, "2024-02-01")], "North East"),
        ([("CPCHAIR", 1, "2024-01-01"), ("IRO", 2, "2024-02-01")], "South West"),
        ([("CW", 1, "2024-01-01"), ("CW", 2, "2024-02-01")], "South West"),
        ([("CW", 3, "2024-01-01"), ("IRO", 2, "2024-02-01")], "South West"),
        ([("CW", -1, "2024-01-01"), ("CW", None, "2024-01-01")], "Not known"),
    ],
)
def test_the_case_workers_quadrant_goes_before(rows: list[tuple[Any, ...]], expected: str) -> None:
    teams = [(1, "North East"), (2, "south west  Assessment Team"), (3, "Elsewhere")]
    involvements = [
        {
            "fact_involvements_id": number,
            "dim_lookup_involvement_type_code": role,
            "dim_department_id": department,
            "start_dttm": start,
        }
        for number, (role, department, start) in enumerate(rows, start=1)
    ]
    departments = [{"dim_department_id": number, "name": name} for number, name in teams]
    found = on(date(2024, 2, 20), fact_involvements=involvements, dim_department=departments)
    assert found["quadrant"] == expected


@pytest.mark.parametrize(
    ("person", "lookup", "sex", "ethnicity"),
    [
        ({"gender_main_code": " m", "ethnicity_main_code": "a1"}, [("A1", "WBRI")], "Male", "White"),
        ({"gender_main_code": "U", "ethnicity_main_code": "A1"}, [("A1", "REFU")], "Not known", "Not known"),
        ({"ethnicity_main_code": "A1"}, [("A1", "no such")], "Not known", "Not known"),
        ({"ethnicity_main_code": "A1"}, [("A1", "WBRI"), ("A1", "AIND")], "Not known", "Asian"),
        ({}, [(None, "WBRI")], "Not known", "Not known"),
    ],
)
def test_sex_and_ethnicity(
    person: dict[str, str], lookup: list[tuple[str | None, str]], sex: str, ethnicity: str
) -> None:
    rows = [{"main_code": local, "nat_id": national} for local, national in lookup]
    found = on(date(2024, 2, 20), person=person, dim_lookup_dfe_ethnic=rows)
    assert (found["sex"], found["ethnicity"]) == (sex, ethnicity)


def alert_of(*answers: tuple[str, str | None]) -> Any:
    source = Source(
        dim_person=[{"dim_person_id": 1}],
        fact_forms=[{"fact_form_id": 5, "dim_person_id": 1}],
        fact_form_answers=[
            {
                "fact_form_answer_id": number,
                "fact_form_id": 5,
                "dim_assessment_template_id_desc": "Care Planning Alert",
                "answer_no": question,
                "answer": answer,
                "answered_dttm": f"2024-01-01 09:00:{number:02}",
            }
            for number, (question, answer) in enumerate((("RaisedDate", "2024-01-01"), *answers))
        ],
    )
    rows = readable(source, NIGHT)
    (found,) = alerts(rows, people(rows))
    return found


def test_an_alert_without_a_word_on_its_kind() -> None:
    found = alert_of(("Category", None), ("Agency", " "))
    assert (found.type, found.stage, found.agency) == ("Not known", "Not recorded", "Local authority")
    assert found.categories == {"Not known"}


def test_an_alert_of_every_kind() -> None:
    found = alert_of(
        ("AlertType", "Informal"),
        ("AlertType", " FORMAL "),
        ("Stage1Date", "2024-01-02"),
        ("Stage3Date", "01/02/2024"),
        ("Stage6Date", "1900-01-01"),
        ("Agency", "Health trust"),
        ("Category", "health"),
        ("Category", "Drift  or delay"),
        ("Category", "no such"),
    )
    assert (found.type, found.stage, found.agency) == ("Formal", "Assistant Director", "Partner agency")
    assert found.categories == {"Health", "Drift or delay", "Not known"}
