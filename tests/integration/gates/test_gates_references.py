"""References that lead nowhere, also after merging."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from care_reviews.landing.forms import NOWHERE
from care_reviews.source.catalog import table
from care_reviews.validation import identities
from tests.integration.gates import council
from tests.integration.gates.flagging import PICTURE, Row, flags, leads_nowhere


@pytest.mark.parametrize(("referral", "lost"), [("-1", False), (None, False), ("8", True), ("9", False)])
def test_references(connection: Connection, referral: str | None, lost: bool) -> None:
    """A referral may be missing; one that is named must be there."""
    row = ("1", "7", referral, council.day(1), None)
    referrals = [("9", "7", None, None, None, None)]
    found = flags(connection, "fact_cp_plan", row, fact_referrals=referrals)
    assert found["fact_referral_id_lost"] is lost


@pytest.mark.parametrize(
    ("form", "lost"), [(None, False), ("1/7 a#1", False), ("1/7 a#2", True), (NOWHERE, True)]
)
def test_references_to_forms(connection: Connection, form: str | None, lost: bool) -> None:
    """A form is known by its key; of those that nobody answered nothing leads to one."""
    forms = [("7", "OUT", "1/7 a#1"), ("7", "OUT", None)]
    subject = ("1", "7", None, form)
    found = flags(connection, "fact_meeting_subjects", subject, fact_forms=forms)
    assert found["fact_outcm_form_id_lost"] is lost
    answer = ("1", "7", "CLA Review Outcomes", form, "PermanencePlan", "Y", council.day(1))
    assert flags(connection, "fact_form_answers", answer, fact_forms=forms)["fact_form_id_lost"] is lost


@pytest.mark.parametrize(("person", "lost"), [("7", False), ("-1", True), (None, True), ("6", True)])
def test_r11_references_to_people(connection: Connection, person: str | None, lost: bool) -> None:
    """What leads to somebody says nothing of whom; what does not says which record it is."""
    found = leads_nowhere(connection, person, [record("7", None)])
    assert tuple(found) == (("1", person, True) if lost else (None, None, False))


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
def test_r11_references_to_merged_people(connection: Connection, people: list[Row], lost: bool) -> None:
    assert leads_nowhere(connection, "7", people).rule_r11 is lost


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
