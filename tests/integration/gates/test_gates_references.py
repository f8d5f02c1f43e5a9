"""References that lead nowhere, also after merging."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from care_reviews.source.catalog import table
from care_reviews.validation import identities
from tests.integration.gates import council
from tests.integration.gates.flagging import PICTURE, Row, flags


@pytest.mark.parametrize(
    ("person", "referral", "lost"),
    [
        ("7", "-1", (False, False)),
        ("7", None, (False, False)),  # a referral may be missing, its person may not
        ("7", "8", (False, True)),
        ("-1", "9", (True, False)),
        (None, "9", (True, False)),
        ("6", "9", (True, False)),
    ],
)
def test_references(connection: Connection, person: str | None, referral: str | None, lost: object) -> None:
    row = ("1", person, referral, council.day(1), None)
    people = [("7", None, None, None, None, None, None, None, None)]
    found = flags(
        connection,
        "fact_cp_plan",
        row,
        dim_person=people,
        fact_referrals=[("9", "7", None, None, None, None)],
    )
    assert (found["dim_person_id_lost"], found["fact_referral_id_lost"]) == lost


def record(number: str, legacy: str | None, merged: bool = False, is_client: str | None = None) -> Row:
    when = council.day(1) if merged else "1900-01-01 00:00:00"
    return (number, legacy, None, None, None, None, None, is_client, when)


@pytest.mark.parametrize(
    ("people", "lost"),
    [
        ([record("7", None)], False),
        ([record("7", "L1", merged=True), record("8", " l1 ")], False),
        ([record("7", "L1", merged=True)], True),  # the survivor is absent, or in quarantine
        ([record("7", None, merged=True)], True),
        ([record("7", "-1", merged=True), record("8", "-1")], True),
        ([record("7", "L1", merged=True), record("8", "L2")], True),
        ([record("7", "L1", merged=True), record("8", "L1", merged=True)], True),  # one merged into the other
        ([record("7", "L1", merged=True), record("-1", "L1")], True),
        ([record("8", "L1")], True),
        # Test and administrative records are nobody on purpose: what points at them is no finding.
        ([record("7", None, is_client="N")], False),
        ([record("7", "L1", merged=True), record("8", "L1", is_client="No")], False),
        ([record("7", "L1", merged=True, is_client="N")], False),
        ([record("7", "L1", merged=True, is_client="N"), record("8", "L1", is_client="Y")], False),
        (
            [record("7", "L1", merged=True, is_client="Y"), record("8", "L1", merged=True, is_client="N")],
            True,
        ),
    ],
)
def test_references_to_merged_people(connection: Connection, people: list[Row], lost: bool) -> None:
    row = ("1", "7", None, council.day(1), None)
    assert flags(connection, "fact_cp_plan", row, dim_person=people)["dim_person_id_lost"] is lost


@pytest.mark.parametrize(("first", "second"), [("9", "10"), ("10", "9"), ("9", "8")])
def test_of_several_survivors_the_lowest_key_decides(connection: Connection, first: str, second: str) -> None:
    """As numbers: 9 comes before 10."""
    people = [record("7", "L1", merged=True), record(first, "L1"), record(second, "L1")]
    with connection.begin_nested() as savepoint:
        council.insert(connection, table("dim_person"), people)
        query = f"select person_id from ({identities.query(PICTURE)}) as who where record_id = '7'"
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).scalar()
        savepoint.rollback()
    assert found == str(min(int(first), int(second)))
