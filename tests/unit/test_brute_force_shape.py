"""The periods and measures that cells are of, and how percentages round."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from care_reviews.validation.code_lists import seed
from expectations.schedule import schedules
from tests.brute_force.breakdowns import BREAKDOWNS
from tests.brute_force.cell import Cell, CellKey, percentage
from tests.brute_force.chairs import Service
from tests.brute_force.coverage import MONTHS_BACK, SINCE_APRIL
from tests.brute_force.measures import cells, workforce
from tests.brute_force.source_rows import Source
from tests.brute_force.spans import Between, month_ends, spans
from tests.histories import APRIL, NIGHT


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
    years, parts = {"financial_year": 3, "rolling_12_months": 36}, {"month": 36, "quarter": 12}
    assert {name: dict(of) for name, of in grains.items()} == {
        name: ({"snapshot": 36} if schedule.snapshot else {})
        | (years if schedule.year else {})
        | (parts if schedule.part else {})
        for name, schedule in schedules(seed("measure_definition")).items()
    }
    assert found[CellKey("reviews_held", *APRIL)] == Cell(0, None, Decimal(0), None)
    assert found[CellKey("participation", *APRIL)] == Cell(0, 0, None, "z")


def test_percentages_round_half_up_to_four_places() -> None:
    assert percentage(2, 3).value == Decimal("66.6667")
    assert percentage(1, 32000).value == Decimal("0.0031")  # 0.003125
    assert percentage(1, 160000).value == Decimal("0.0006")  # 0.000625
    assert percentage(1, 2000000).value == Decimal("0.0001")  # 0.00005, a half exactly
    assert percentage(3, 3).value == Decimal(100)


def test_every_measure_is_broken_down_as_its_definition_says() -> None:
    planned = {name: {*each.breakdowns} for name, each in schedules(seed("measure_definition")).items()}
    assert {name: {*of} for name, of in BREAKDOWNS.items()} == planned


def test_every_measure_looks_back_as_far_as_its_definition_says() -> None:
    rows = seed("measure_definition")
    said = {row["measure_id"]: int(row["looks_back_months"]) for row in rows}
    assert {name: months for name, months in said.items() if months} == MONTHS_BACK
    assert {row["measure_id"] for row in rows if row["is_year_to_date"] == "true"} == SINCE_APRIL
    as_landed = {row["measure_id"] for row in rows if row["is_as_landed"] == "true"}
    assert as_landed == set(workforce(Service({}, 0), 0, 0))
