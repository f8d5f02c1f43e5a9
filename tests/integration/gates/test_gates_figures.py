"""The flags of published values, at both sides of every boundary."""

from __future__ import annotations

import csv

import pytest
from sqlalchemy import Connection, text

from care_reviews import dbt
from care_reviews.settings import get_settings
from care_reviews.validation import marts_gate
from care_reviews.validation.history import facts_of
from tests.integration.gates import council

# measure, grain, start, end, numerator, denominator, value, unit, status, symbol → flags that are raised
MONTH = ("month", "2020-03-01", "2020-03-31")
APRIL, BEFORE = ("month", "2017-04-01", "2017-04-30"), ("month", "2017-03-01", "2017-03-31")


def day(of: str) -> tuple[str, str, str]:
    return "snapshot", of, of


KPI_CASES = {
    ("participation", *MONTH, 3, 4, 75, "percent", "provisional", None): set(),
    ("participation", *MONTH, 4, 4, 100, "percent", "provisional", None): set(),
    ("participation", *MONTH, 1, 3, "33.3333", "percent", "provisional", None): set(),
    ("participation", *MONTH, 1, 3, "33.3334", "percent", "provisional", None): {"value_wrong"},
    ("participation", *MONTH, 0, 0, None, "percent", "provisional", "z"): set(),
    ("participation", *MONTH, 0, 0, 0, "percent", "provisional", None): {"value_wrong"},
    ("participation", *MONTH, 0, 0, None, "percent", "provisional", None): {"symbol_wrong"},
    ("participation", *MONTH, 3, 4, 75, "percent", "provisional", "c"): {"symbol_wrong"},
    ("participation", *MONTH, 5, 4, 125, "percent", "provisional", None): {
        "above_denominator",
        "percent_outside",
    },
    ("participation", *MONTH, None, 4, None, "percent", "provisional", "x"): {
        "numerator_wrong",
        "above_denominator",
        "value_wrong",
    },
    ("participation", *MONTH, 0, -1, 0, "percent", "provisional", None): {
        "denominator_wrong",
        "above_denominator",
    },
    ("participation", *MONTH, 3, 4, 75, "reviews", "provisional", None): {
        "denominator_wrong",
        "value_wrong",
        "undefined",
    },
    ("rate", *MONTH, 3, 2, 150, "alerts_per_100_children", "provisional", None): set(),
    ("rate", *MONTH, 3, 2, 3, "alerts_per_100_children", "provisional", None): {"value_wrong"},
    ("rate", *MONTH, 3, 0, None, "alerts_per_100_children", "provisional", "z"): set(),
    ("rate", *MONTH, 3, None, 3, "alerts_per_100_children", "provisional", None): {
        "denominator_wrong",
        "value_wrong",
    },
    ("per_10k", *MONTH, 984, 260000, "37.8462", "children_per_10k", "provisional", None): set(),
    ("per_10k", *MONTH, 984, 260000, "0.3785", "children_per_10k", "provisional", None): {"value_wrong"},
    ("per_10k", *MONTH, 984, None, None, "children_per_10k", "provisional", "x"): set(),
    ("per_10k", *MONTH, 984, None, None, "children_per_10k", "provisional", None): {"symbol_wrong"},
    ("per_10k", *MONTH, 984, 260000, None, "children_per_10k", "provisional", "x"): {"value_wrong"},
    ("per_10k", *MONTH, None, 260000, None, "children_per_10k", "provisional", "x"): {
        "numerator_wrong",
        "value_wrong",
    },
    ("days", *MONTH, 7, 0, None, "working_days", "provisional", "z"): {"value_wrong"},
    ("fte", *MONTH, 2670, None, "26.7", "fte", "provisional", None): set(),
    ("fte", *MONTH, 2670, None, 2670, "fte", "provisional", None): {"value_wrong"},
    ("load", *MONTH, 51, 100, 51, "children_per_fte", "provisional", None): set(),
    ("load", *MONTH, 51, 100, "0.51", "children_per_fte", "provisional", None): {"value_wrong"},
    ("days", *MONTH, 7, 2, 7, "working_days", "provisional", None): set(),
    ("days", *MONTH, 7, 2, 350, "working_days", "provisional", None): {"value_wrong"},
    ("days", *MONTH, -1, 2, -1, "working_days", "provisional", None): {"numerator_wrong"},
    ("days", *MONTH, 7, None, 7, "working_days", "provisional", None): {"denominator_wrong"},
    ("days", *MONTH, None, 2, None, "working_days", "provisional", "x"): set(),
    ("days", *MONTH, None, 2, None, "working_days", "provisional", None): {"symbol_wrong"},
    ("reviews_held", *MONTH, None, None, None, "reviews", "provisional", "x"): {
        "numerator_wrong",
        "value_wrong",
    },
    ("reviews_held", *MONTH, 0, None, 0, "reviews", "provisional", None): set(),
    ("reviews_held", *MONTH, 3, None, 4, "reviews", "provisional", None): {"value_wrong"},
    ("reviews_held", *MONTH, 3, 4, 3, "reviews", "provisional", None): {"denominator_wrong"},
    ("reviews_held", *MONTH, -1, None, -1, "reviews", "provisional", None): {"numerator_wrong"},
    ("reviews_held", *MONTH, 3, None, 3, "reviews", "final", None): {"status_wrong"},
    ("reviews_held", "month", "2020-02-01", "2020-02-29", 3, None, 3, "reviews", "final", None): set(),
    ("reviews_held", "month", "2020-02-01", "2020-02-28", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    ("reviews_held", "month", "2020-04-01", "2020-04-30", 3, None, 3, "reviews", "provisional", None): {
        "period_wrong",
        "undefined",  # not over yet, and beyond the definition's last day
    },
    ("reviews_held", "week", "2020-03-01", "2020-03-31", 3, None, 3, "reviews", "provisional", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "quarter",
        "2020-01-01",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    ("reviews_held", "quarter", "2019-12-01", "2020-02-29", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "financial_year",
        "2019-04-01",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    ("reviews_held", "financial_year", "2019-01-01", "2019-12-31", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "rolling_12_months",
        "2019-03-01",
        "2020-02-29",
        3,
        None,
        3,
        "reviews",
        "final",
        None,
    ): set(),
    (
        "reviews_held",
        "snapshot",
        "2020-03-31",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    # Before the records, which begin with April 2017, nothing is said; from their first day on, something is.
    ("reviews_held", *BEFORE, None, None, None, "reviews", "final", "x"): set(),
    ("reviews_held", *BEFORE, 3, None, 3, "reviews", "final", None): {"coverage_wrong"},
    ("reviews_held", *BEFORE, None, None, None, "reviews", "final", "z"): {"coverage_wrong"},
    ("reviews_held", *APRIL, None, None, None, "reviews", "final", "x"): {"numerator_wrong", "value_wrong"},
    ("reviews_held", *APRIL, 3, None, 3, "reviews", "final", None): set(),
    ("back", *day("2018-02-28"), None, None, None, "reviews", "final", "x"): set(),
    ("back", *day("2018-02-28"), 3, None, 3, "reviews", "final", None): {"coverage_wrong"},
    ("back", *day("2018-03-31"), 3, None, 3, "reviews", "final", None): set(),
    ("so_far", *day("2017-03-31"), 3, None, 3, "reviews", "final", None): {"coverage_wrong"},
    ("so_far", *day("2017-04-30"), 3, None, 3, "reviews", "final", None): set(),
    ("so_far", *day("2018-03-31"), 3, None, 3, "reviews", "final", None): set(),
    # Workers are known as they had landed: on the day of the first night, and not the month end before it.
    ("landed", *day("2020-02-29"), None, None, None, "fte", "final", "x"): set(),
    ("landed", *day("2020-02-29"), 300, None, 3, "fte", "final", None): {"coverage_wrong"},
    ("landed", *day("2020-03-31"), 300, None, 3, "fte", "provisional", None): set(),
    ("landed", *day("2020-03-31"), None, None, None, "fte", "provisional", "x"): {
        "numerator_wrong",
        "value_wrong",
    },
    ("invented", *MONTH, 3, None, 3, "reviews", "provisional", None): {"undefined"},
}


@pytest.fixture(scope="module")
def kpi_query(connection: Connection) -> str:
    """The query of published values on a small table of values and definitions of its own."""
    for name, columns in (
        (
            "kpi_value_unsuppressed",
            "measure_id text, period_grain text, period_start date, period_end date, numerator integer, "
            "denominator integer, value numeric(9, 4), unit text, status text, symbol text",
        ),
        (
            "kpi_definition",
            "measure_id text, unit text, looks_back_months integer, is_year_to_date boolean, "
            "is_as_landed boolean, valid_from date, valid_to date",
        ),
        (
            "measure_unit",
            "unit text, multiplier numeric(9, 2), is_ratio boolean, has_denominator boolean, may_lack text",
        ),
    ):
        connection.execute(text(f"create temp table {name} ({columns})"))
    with (dbt.PROJECT / "seeds" / "measure_unit.csv").open(newline="") as file:
        for unit in csv.DictReader(file):
            connection.execute(
                text(
                    "insert into measure_unit values (:unit, cast(:multiplier as numeric), "
                    "cast(:is_ratio as boolean), cast(:has_denominator as boolean), nullif(:may_lack, ''))"
                ),
                unit,
            )
    connection.execute(
        text(
            "insert into kpi_definition values "
            "('participation', 'percent', 0, false, false, '2011-04-01', null), "
            "('rate', 'alerts_per_100_children', 0, false, false, '2011-04-01', null), "
            "('days', 'working_days', 0, false, false, '2011-04-01', null), "
            "('fte', 'fte', 0, false, false, '2011-04-01', null), "
            "('load', 'children_per_fte', 0, false, false, '2011-04-01', null), "
            "('landed', 'fte', 0, false, true, '2011-04-01', null), "
            "('per_10k', 'children_per_10k', 0, false, false, '2011-04-01', null), "
            "('back', 'reviews', 12, false, false, '2011-04-01', null), "
            "('so_far', 'reviews', 0, true, false, '2011-04-01', null), "
            "('reviews_held', 'reviews', 0, false, false, '2011-04-01', '2020-03-31')"
        )
    )
    connection.execute(
        text(
            "insert into audit.extract (authority_code, as_known, run_id, status) values ('E10000030', "
            ":night, 'r', 'landed')"
        ),
        {"night": council.AS_KNOWN},
    )
    extract = council.extract_of(connection)
    words = marts_gate._words(extract, get_settings(), facts_of(connection, extract, get_settings()))
    delay = "(select 28 as provisional_days) as delay"
    return marts_gate._query(
        "kpi_value_unsuppressed", words | {"candidate": "pg_temp", "landed_recording_delay": delay}
    )


@pytest.mark.parametrize(("case", "raised"), KPI_CASES.items())
def test_published_values(
    connection: Connection, kpi_query: str, case: tuple[object, ...], raised: set[str]
) -> None:
    with connection.begin_nested() as savepoint:
        slots = ", ".join(f":v{n}" for n in range(len(case)))
        casts = (
            slots.replace(":v2", "cast(:v2 as date)")
            .replace(":v3", "cast(:v3 as date)")
            .replace(":v6", "cast(:v6 as numeric)")
        )
        connection.execute(
            text(f"insert into kpi_value_unsuppressed values ({casts})"),
            {f"v{n}": v for n, v in enumerate(case)},
        )
        found = (
            connection.exec_driver_sql(kpi_query, execution_options={"no_parameters": True}).mappings().one()
        )
        savepoint.rollback()
    assert {name for name, flag in found.items() if flag} == raised
    assert None not in found.values()
