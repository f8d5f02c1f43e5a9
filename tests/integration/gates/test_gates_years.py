"""Years without bank holidays, at both sides of every boundary."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from care_reviews.validation import marts_gate

YEARS_CASES = {
    # start of a period, review held → years not known; the calendar holds 2018 to 2021
    ("2018-01-01", None): [],
    ("2017-12-31", None): [2017],
    ("2021-11-21", None): [],
    ("2021-11-22", None): [2022],
    ("2019-01-01", "2021-12-31"): [],
    ("2019-01-01", "2022-01-01"): [2022],
    ("2019-01-01", "2016-06-01"): [2016, 2017],
}


@pytest.mark.parametrize(("dates", "years"), YEARS_CASES.items())
def test_years_without_bank_holidays(
    connection: Connection, dates: tuple[str, str | None], years: list[int]
) -> None:
    with connection.begin_nested() as savepoint:
        for statement in (
            "create temp table fct_period_of_care as select cast(:start as date) as start_date",
            "create temp table fct_review as select cast(:held as date) as held_date",
            "create temp table dim_date as select cast(day as date) as date_day, "
            "case when extract(doy from day) <= 8 then 'Holiday' end as bank_holiday_name "
            "from generate_series(timestamp '2018-01-01', '2021-12-31', '1 day') as day",
        ):
            connection.execute(text(statement), {"start": dates[0], "held": dates[1]})
        words = {"candidate": "pg_temp", "as_known": "2020-03-31"}
        assert list(marts_gate._years_outside(connection, words)) == years
        # A year that stands in the calendar but has lost its bank holidays is not known either.
        connection.execute(text("update dim_date set bank_holiday_name = null where date_day = '2020-01-08'"))
        assert 2020 in marts_gate._years_outside(connection, words)
        savepoint.rollback()
