"""Ends before starts, keys that rows share, and rows that come twice."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from care_reviews.source.catalog import table
from care_reviews.validation.landed_batches import queries
from tests.integration.gates import council
from tests.integration.gates.flagging import PICTURE, flags

DAY = "2019-05-02"


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (f"{DAY} 00:00:00", f"{DAY} 00:00:00", False),
        (f"{DAY} 10:30:00", f"{DAY} 00:00:00", False),  # by the date alone
        (f"{DAY} 00:00:00", "2019-05-01 23:59:59", True),
        (f"{DAY} 00:00:00", "2019-05-03 00:00:00", False),
        (f"{DAY} 00:00:00", None, False),
        (f"{DAY} 00:00:00", "1900-01-01 00:00:00", False),
        (None, f"{DAY} 00:00:00", False),
        ("1900-01-01 00:00:00", "1990-01-01 00:00:00", False),
        (None, None, False),
    ],
)
def test_ends_before_starts(connection: Connection, start: str | None, end: str | None, wrong: bool) -> None:
    row = ("1", "-1", None, start, end)
    assert flags(connection, "fact_cp_plan", row)["ends_before_start"] is wrong
    referral = ("1", "-1", start, end, None, None)
    assert flags(connection, "fact_referrals", referral)["ends_before_start"] is wrong


@pytest.mark.parametrize(
    ("keys", "unkeyed"),
    [
        (("1", "2"), False),
        (("1", "1"), True),
        ((None, "2"), True),
        (("-1", "2"), False),  # the row for 'no such row': staging makes nothing of its key
        (("-1", "-1"), False),
    ],
)
def test_keys(connection: Connection, keys: tuple[str | None, ...], unkeyed: bool) -> None:
    rows = [(key, "CLAR", None, None) for key in keys]
    assert flags(connection, "fact_meetings", *rows)["unkeyed"] is unkeyed


def test_of_rows_alike_all_but_the_first_are_repeated_and_their_key_is_judged_once(
    connection: Connection,
) -> None:
    with connection.begin_nested() as savepoint:
        rows = [("1", "CLAR", None, None), ("2", "CLAR", None, None), ("2", "CLARS", None, None)]
        council.insert(connection, table("fact_meetings"), rows)
        connection.execute(
            text(
                "insert into landing.lcs__fact_meetings (authority_code, fact_meeting_id, "
                "dim_lookup_mtg_type_id_code, row_hash, occurrence, known_from) "
                "select authority_code, fact_meeting_id, dim_lookup_mtg_type_id_code, row_hash, 2, 1 "
                "from landing.lcs__fact_meetings where dim_lookup_mtg_type_id_code = 'CLAR'"
            )
        )
        found = connection.exec_driver_sql(
            f"select repeated, unkeyed from ({queries(PICTURE)['fact_meetings']}) as batch",
            execution_options={"no_parameters": True},
        ).all()
        savepoint.rollback()
    assert sorted(map(str, found)) == [
        "(False, False)",
        "(False, True)",
        "(False, True)",
        "(True, None)",
        "(True, None)",
    ]


@pytest.mark.parametrize(("key", "nameless"), [("1", False), ("0", False), ("-1", True), (None, True)])
def test_reviews_without_a_key(connection: Connection, key: str | None, nameless: bool) -> None:
    found = flags(connection, "fact_cla_review", (key, None, None, None, None, None))
    assert found["nameless"] is nameless


@pytest.mark.parametrize(
    ("codes", "unkeyed"),
    [(("A", "B"), False), (("A", "A"), True), ((None, "A"), False), ((None, None), False)],
)
def test_keys_of_a_list_of_codes(
    connection: Connection, codes: tuple[str | None, ...], unkeyed: bool
) -> None:
    rows = [(code, "WBRI") for code in codes]
    assert flags(connection, "dim_lookup_dfe_ethnic", *rows)["unkeyed"] is unkeyed
