"""The working lists against the measures that count the same, at both sides of each boundary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from care_reviews.validation import marts_gate

# A night on which each list and its measure agree. Of the records 3 are late: two not complete, one complete
# a day after 14 April 2020, here the 15th working day after 24 March: this calendar has no bank holidays.
NIGHT = (
    "create temp table kpi_value_unsuppressed (measure_id text, period_grain text, period_start date, "
    "period_end date, breakdown text, numerator bigint, denominator bigint)",
    "insert into kpi_value_unsuppressed values "
    "('overdue_reviews', 'snapshot', '2020-04-30', '2020-04-30', 'all', 2, null), "
    "('overdue_reviews', 'snapshot', '2020-03-31', '2020-03-31', 'all', 9, null), "
    "('overdue_reviews', 'snapshot', '2020-04-30', '2020-04-30', 'sex', 9, null), "
    "('alerts_open', 'snapshot', '2020-04-30', '2020-04-30', 'all', 1, null), "
    "('chair_fte', 'snapshot', '2020-04-30', '2020-04-30', 'all', 150, null), "
    "('record_within_15_days', 'month', '2020-02-01', '2020-02-29', 'all', null, null), "
    "('record_within_15_days', 'month', '2020-03-01', '2020-03-31', 'all', 1, 3), "
    "('record_within_15_days', 'month', '2020-04-01', '2020-04-30', 'all', 4, 5), "
    "('record_within_15_days', 'quarter', '2020-01-01', '2020-03-31', 'all', 0, 9)",
    "create temp table dim_date as "
    "select day::date as date_day, extract(isodow from day) < 6 as is_working_day, "
    "sum((extract(isodow from day) < 6)::integer) over (order by day) as working_day_index "
    "from generate_series(timestamp '2020-02-01', timestamp '2020-05-31', interval '1 day') as day",
    "create temp table fct_review (completed_date date, record_completed_date date)",
    "insert into fct_review values ('2020-03-24', '2020-04-15'), ('2020-03-24', '2020-04-14'), "
    "('2020-03-24', null), ('2020-02-03', '2020-04-30'), ('2020-04-01', '2020-05-01')",
    "create temp table worklist_review (is_overdue boolean)",
    "insert into worklist_review values (true), (true), (false)",
    "create temp table worklist_alert (is_overdue boolean)",
    "insert into worklist_alert values (false)",
    "create temp table worklist_chair (full_time_equivalent numeric(9, 4))",
    "insert into worklist_chair values (1), (0.5), (null)",
    "create temp table worklist_record (completed_date date, is_overdue boolean)",
    "insert into worklist_record values ('2020-03-24', true), ('2020-04-01', true), ('2020-04-29', false), "
    "('2020-02-28', true)",
)
CASES = [
    ("select 1", set()),
    ("insert into worklist_review values (false)", set()),
    ("insert into worklist_review values (true)", {"reviews_differ"}),
    ("update worklist_review set is_overdue = false", {"reviews_differ"}),
    ("insert into worklist_alert values (true)", {"alerts_differ"}),
    ("delete from worklist_alert", {"alerts_differ"}),
    ("insert into worklist_chair values (0.01)", {"chairs_differ"}),
    ("insert into worklist_chair values (0)", set()),
    ("delete from worklist_chair", {"chairs_differ"}),
    ("insert into worklist_record values ('2020-04-30', true)", {"records_differ"}),
    ("insert into worklist_record values ('2020-05-01', true), ('2020-02-29', true)", set()),
    ("delete from worklist_record where is_overdue", {"records_differ"}),
    ("delete from fct_review where record_completed_date = '2020-04-15'", {"records_differ"}),
    # Complete on the last day is in time, complete after the night is not complete.
    ("insert into fct_review values ('2020-03-24', '2020-04-14')", set()),
    ("insert into fct_review values ('2020-03-24', '2020-04-30')", {"records_differ"}),
    ("insert into fct_review values ('2020-03-24', '2020-05-01')", set()),
    # On a night that ends no month there is no snapshot to compare with.
    (
        "delete from kpi_value_unsuppressed where period_end = '2020-04-30' and period_grain = 'snapshot'",
        set(),
    ),
    ("delete from kpi_value_unsuppressed where period_grain = 'month'", {"records_differ"}),
]


@pytest.fixture
def night(connection: Connection) -> Iterator[Connection]:
    with connection.begin_nested() as savepoint:
        for statement in NIGHT:
            connection.exec_driver_sql(statement)
        yield connection
        savepoint.rollback()


@pytest.mark.parametrize(("change", "raised"), CASES)
def test_lists_and_measures(night: Connection, change: str, raised: set[str]) -> None:
    query = marts_gate._query(
        "worklists", {"candidate": "pg_temp", "covered_from": "2020-03-01", "as_known": "2020-04-30"}
    )
    night.exec_driver_sql(change)
    found = night.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
    assert {name for name, flag in found.items() if flag} == raised
