"""What staging can cast, at both sides of every boundary and at null."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from care_reviews.source.catalog import Column
from care_reviews.validation.sql import can_be_cast, literal
from tests.integration.gates import council


def castable(
    connection: Connection, kind: str, value: str | None, as_known: dt.date = council.AS_KNOWN
) -> bool:
    condition = can_be_cast(Column("x", kind), "landed", as_known)  # type: ignore[arg-type]
    landed = f"(select cast({literal(value) if value is not None else 'null'} as text) as x)"
    query = f"select {condition} from {landed} as landed"
    return bool(connection.exec_driver_sql(query, execution_options={"no_parameters": True}).scalar())


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("moment", None, True),
        ("moment", "1900-01-01 00:00:00", True),
        ("moment", "1990-01-01 00:00:00", True),
        ("moment", "1989-12-31 23:59:59", False),
        ("moment", "2023-03-31 23:59:59.123", True),
        ("moment", "2023-04-01 00:00:00", False),
        ("moment", "0219-03-01 00:00:00", False),
        ("moment", "2020-02-29 00:00:00", True),
        ("moment", "2019-02-29 00:00:00", False),
        ("moment", "2000-02-29 00:00:00", True),
        ("moment", "2019-04-31 00:00:00", False),
        ("moment", "2019-12-31 24:00:00", False),
        ("moment", "2019-12-31", False),
        ("moment", "", False),
        ("birth", "1920-01-01 00:00:00", True),
        ("birth", "1919-12-31 00:00:00", False),
        ("birth", "2021-03-31 00:00:00", True),
        ("birth", "2021-04-01 00:00:00", False),
        ("key", "-1", True),
        ("key", "0", True),
        ("key", "007", False),
        ("key", "1.0", False),
        ("key", "9223372036854775807", True),
        ("key", "9223372036854775808", False),
        ("key", "-9223372036854775808", True),
        ("key", "-9223372036854775809", False),
        ("key", "99999999999999999999", False),
        ("ref", None, True),
        ("ref", "", False),
        ("number", "1.25", True),
        ("number", "1,25", False),
    ],
)
def test_what_can_be_cast(connection: Connection, kind: str, value: str | None, expected: bool) -> None:
    assert castable(connection, kind, value) is expected


def test_three_years_after_29_february(connection: Connection) -> None:
    leap_day = dt.date(2020, 2, 29)
    assert castable(connection, "moment", "2023-02-28 00:00:00", leap_day)
    assert not castable(connection, "moment", "2023-03-01 00:00:00", leap_day)


@settings(max_examples=150, deadline=None)
@given(st.integers(1990, 2022), st.integers(0, 13), st.integers(0, 32))
def test_days_of_the_calendar_are_those_of_python(
    connection: Connection, year: int, month: int, day: int
) -> None:
    try:
        real = bool(dt.date(year, month, day))
    except ValueError:
        real = False
    assert castable(connection, "moment", f"{year:04}-{month:02}-{day:02} 00:00:00") is real
