"""Periods of care counted from landing alone: which legal statuses make one a series of short breaks."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from care_reviews.settings import get_settings
from care_reviews.source.catalog import table
from care_reviews.validation import marts_gate
from care_reviews.validation.history import facts_of
from care_reviews.validation.sql import run
from tests.integration.gates import council

START, END = "2019-05-02 00:00:00", "2019-06-02 00:00:00"
BEFORE = "2019-05-10 23:00:00", "2019-05-09 23:59:59"
SAME_DAY = "2019-05-10 23:00:00", "2019-05-10 00:00:00"

NOTHING: tuple[str | None, ...] = (None,) * 8
Status = tuple[str, str | None, str | None]


@pytest.mark.parametrize(
    ("statuses", "is_measured"),
    [
        ([], True),
        ([("V3", START, None)], False),
        ([("V3", START, "1900-01-01 00:00:00")], False),
        ([("V3", None, None)], True),
        ([("V3", *SAME_DAY)], False),
        ([("V3", *BEFORE)], True),  # what ends before it starts has no say
        ([("V3", START, None), ("C2", *SAME_DAY)], True),
        ([("V3", START, None), ("C2", *BEFORE)], False),
    ],
)
def test_short_breaks(connection: Connection, statuses: list[Status], is_measured: bool) -> None:
    with connection.begin_nested() as savepoint:
        connection.execute(
            text(
                "insert into audit.extract (authority_code, as_known, run_id, status) "
                f"values ('{council.AUTHORITY}', :night, 'short breaks', 'landed')"
            ),
            {"night": council.AS_KNOWN},
        )
        council.insert(connection, table("dim_person"), [("7", *NOTHING)])
        council.insert(connection, table("fact_cla"), [("1", "7", None, START, None)])
        episode = ("1", "1", None, "7", START, END, "S", "E4A", None)
        council.insert(connection, table("fact_care_episodes"), [episode])
        for number, (code, start, end) in enumerate(statuses):
            row = (str(number), "7", code, None, start, end)
            council.insert(connection, table("fact_legal_status"), [row])
        extract = council.extract_of(connection)
        words = marts_gate._words(extract, get_settings(), facts_of(connection, extract, get_settings()))
        for name in ("landed_identities", "landed_people"):
            run(connection, f"create table {words[name]} as {marts_gate._query(name, words)}")
        query = f"select is_measured from ({marts_gate._query('landed_periods', words)}) as periods"
        rows = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).all()
        savepoint.rollback()
    assert [row.is_measured for row in rows] == [is_measured]
