"""The plain calculation's choice between rows that the source holds twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.brute_force.care import form_owners, people
from tests.brute_force.readable import readable
from tests.brute_force.source_rows import Source

NIGHT = date(2020, 3, 31)


def meeting(key: int | None, held: str | None, cancelled: Any = None) -> dict[str, Any]:
    return {"fact_meeting_id": key, "actual_dttm": held, "cancelled": cancelled}


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([meeting(1, "2020-03-01"), meeting(1, "2020-03-01")], [date(2020, 3, 1)]),
        ([meeting(1, "2020-03-01"), meeting(2, "2020-03-01")], [date(2020, 3, 1)] * 2),
        ([meeting(1, "2020-03-02"), meeting(1, "2020-03-01", "Y")], [date(2020, 3, 2)]),
        ([meeting(1, None, "Y"), meeting(1, "1900-01-01")], [None]),
        # One that cannot be read leaves the other to count.
        ([meeting(1, "2109-03-02"), meeting(1, "2020-03-01")], [date(2020, 3, 1)]),
        # Nothing says that rows without a key are one.
        (
            [meeting(-1, "2020-03-01"), meeting(-1, "2020-03-01"), meeting(None, None)],
            [date(2020, 3, 1)] * 2 + [None],
        ),
    ],
)
def test_one_row_a_key_counts_in_whatever_order_they_come(rows: list[Any], counted: list[Any]) -> None:
    for order in (rows, rows[::-1]):
        found = [row["actual_dttm"] for row in readable(Source(fact_meetings=order), NIGHT).fact_meetings]
        assert sorted(found, key=str) == sorted(counted, key=str)


@pytest.mark.parametrize(("yes", "no"), [("Y", "N"), ("1", "n"), (True, "False")])
def test_the_greater_text_counts_in_the_first_column_that_differs(yes: Any, no: Any) -> None:
    rows = [meeting(1, "2020-03-01", yes), meeting(1, "2020-03-01", no), meeting(1, "2020-03-01")]
    for order in (rows, rows[::-1]):
        (kept,) = readable(Source(fact_meetings=order), NIGHT).fact_meetings
        assert kept["cancelled"] == yes


def test_a_form_of_two_persons_is_the_lower_ones() -> None:
    source = Source(
        dim_person=[{"dim_person_id": 1}, {"dim_person_id": 2}],
        fact_forms=[
            {"fact_form_id": form, "dim_person_id": person}
            for form, person in ((1, 2), (1, 1), (2, None), (2, 2), (3, 2), (3, -1), (4, None))
        ],
    )
    known = people(source)
    assert form_owners(source, known) == {1: known[1], 2: known[2], 3: None, 4: None}
