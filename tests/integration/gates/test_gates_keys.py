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


@pytest.mark.parametrize(
    ("rows", "unkeyed"),
    [
        ([("7", "OUT", "a")], False),
        ([("7", "OUT", "a"), ("7", "OUT", "b")], False),
        ([("7", "OUT", "a"), ("8", "OUT", "a")], True),
        ([("7", "OUT", None), ("8", "OUT", None)], False),  # without answers nothing tells which form it is
    ],
)
def test_keys_of_forms(connection: Connection, rows: list[tuple[str | None, ...]], unkeyed: bool) -> None:
    assert flags(connection, "fact_forms", *rows)["unkeyed"] is unkeyed


@pytest.mark.parametrize(("key", "repeated"), [("a", [False, True]), (None, [False, False])])
def test_forms_alike_come_twice_where_they_are_one(
    connection: Connection, key: str | None, repeated: list[bool]
) -> None:
    with connection.begin_nested() as savepoint:
        council.insert(connection, table("fact_forms"), [("7", "OUT", key), ("7", "OUT", key)])
        connection.execute(
            text(
                "update landing.lcs__fact_forms set occurrence = 2 where ctid = (select max(ctid) from "
                "landing.lcs__fact_forms)"
            )
        )
        found: list[bool] = list(
            connection.exec_driver_sql(
                f"select repeated from ({queries(PICTURE)['fact_forms']}) as batch",
                execution_options={"no_parameters": True},
            ).scalars()
        )
        assert sorted(found) == repeated
        savepoint.rollback()


@pytest.mark.parametrize(
    ("others", "survives_too"),
    [
        ([("2", "L2", None)], False),
        ([("2", "L1", None)], True),
        ([("2", " l1 ", "1900-01-01 00:00:00")], True),  # no date of merging
        ([("2", "L1", f"{DAY} 00:00:00")], False),
        ([("2", "L1", f"{DAY} 00:00:00"), ("3", "L1", f"{DAY} 00:00:00")], False),
    ],
)
def test_of_records_that_share_a_legacy_id_one_is_not_merged(
    connection: Connection, others: list[tuple[str | None, ...]], survives_too: bool
) -> None:
    rows = [person("1", "L1", None), *(person(*each) for each in others)]
    assert flags(connection, "dim_person", *rows)["survives_too"] is survives_too


@pytest.mark.parametrize("legacy_id", [None, "-1", " "])
def test_records_without_a_legacy_id_share_none(connection: Connection, legacy_id: str | None) -> None:
    rows = [person("1", legacy_id, None), person("2", legacy_id, None)]
    assert flags(connection, "dim_person", *rows)["survives_too"] is False


def test_of_a_merged_record_it_is_not_asked_whether_it_survives(connection: Connection) -> None:
    rows = [person("1", "L1", f"{DAY} 00:00:00"), person("2", "L1", None), person("3", "L1", None)]
    assert flags(connection, "dim_person", *rows)["survives_too"] is None


def person(record_id: str | None, legacy_id: str | None, merged_at: str | None) -> tuple[str | None, ...]:
    said = {"dim_person_id": record_id, "legacy_id": legacy_id, "duplicated_dttm": merged_at}
    return tuple(said.get(column.name) for column in table("dim_person").columns)
