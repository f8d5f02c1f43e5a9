"""Who may look up, and that nobody may change what was looked up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from care_reviews import connections
from care_reviews.case_lookup import Case, look_up
from care_reviews.passing import sqlstate
from care_reviews.warehouse import deploy, roles
from tests.conftest import Warehouse
from tests.lookups import UNKNOWN, answer, log, request
from tests.nights import AUTHORITY, MARTS

OTHERS = sorted({*roles.ROLES} - {"case_lookup"})
CALLS = (
    f"select lookup.request('{UNKNOWN}', 'a reason')",
    "select * from lookup.answer(1)",
    "select * from lookup.identifier",
)
ADD = "insert into lookup.identifier values ('a', 'b', 'c', 'd')"
CHANGES = (
    "update audit.case_lookup set reason = 'another'",
    "delete from audit.case_lookup",
    "truncate audit.case_lookup",
    "insert into audit.case_lookup (asked_by, pseudonym, reason, is_found) values ('a', 'b', 'c', true)",
)
FORBIDDEN = [
    *((role, statement) for role in OTHERS for statement in CALLS),
    *(
        ("pipeline", f"{ADD} {words}")
        for words in ("returning identifier", "on conflict (pseudonym) do nothing")
    ),
    *((role, statement) for role in roles.ROLES for statement in CHANGES),
    ("case_lookup", "select * from lookup.identifier"),
    ("case_lookup", "select * from audit.case_lookup"),
    ("case_lookup", "select * from analysis.sample_review"),
    ("case_lookup", "select * from published.sample_value"),
    ("case_lookup", "select * from landing.lcs__dim_person"),
    ("case_lookup", ADD),
    ("case_lookup", "create temporary table mine (a integer)"),
    ("case_lookup", "select pg_advisory_lock(1)"),
    *((role, "select * from audit.case_lookup") for role in ("bi_reader", "analyst", "pipeline")),
    *(("pipeline", f"{change} lookup.identifier") for change in ("delete from", "truncate")),
    ("pipeline", "update lookup.identifier set identifier = 'x'"),
]


@pytest.mark.parametrize(("role", "statement"), FORBIDDEN)
def test_a_role_must_not(engines, role, statement):
    with engines[role].connect() as connection:
        connection.exec_driver_sql("set transaction read write")
        with pytest.raises(DBAPIError) as caught:
            connection.exec_driver_sql(statement)
    assert sqlstate(caught.value) == "42501"


@pytest.mark.parametrize("statement", CHANGES[:3])
def test_not_even_the_owner_changes_the_log(warehouse, statement):
    refused = pytest.raises(DBAPIError, match="is only added to")
    with warehouse.engine.connect() as connection, refused as caught:
        connection.exec_driver_sql(statement)
    assert sqlstate(caught.value) == "42501"


@pytest.fixture
def personal(warehouse: Warehouse) -> Iterator[Engine]:
    """A login of a person who is a member of case_lookup."""
    with warehouse.engine.begin() as connection:
        connection.execute(text("create role jo_bloggs login password 'x' in role case_lookup"))
    engine = connections.make_engine(warehouse.url.set(username="jo_bloggs", password="x"))
    yield engine
    engine.dispose()
    with warehouse.engine.begin() as connection:
        connection.execute(text("drop role jo_bloggs"))


def test_a_login_of_ones_own_stands_in_the_log_and_its_look_ups_are_nobody_elses(engines, personal, child):
    assert look_up(personal, [child], "audit", "somebody else") == [Case(child, "child", "11")]
    assert log(engines)[-1][:2] == ("jo_bloggs", "somebody else")
    with personal.connect() as mine, engines["case_lookup"].connect() as anothers:
        mine.execute(text("set role case_lookup"))
        number = request(mine, child)
        mine.commit()
        assert answer(anothers, number) == []
        assert answer(mine, number) == ["11"]
    assert log(engines)[-1][:2] == ("jo_bloggs", "jo_bloggs")


def test_members_keep_their_rights_after_a_deployment(warehouse, personal, child):
    assert deploy(warehouse.engine, [AUTHORITY], MARTS).changes == []
    assert look_up(personal, [child], "audit", "jo")[0].identifier == "11"


def test_a_right_given_by_hand_does_not_outlive_a_deployment(warehouse, engines):
    with warehouse.engine.begin() as connection:
        connection.execute(text("grant usage on schema lookup to analyst"))
        connection.execute(text("grant execute on all functions in schema lookup to analyst, public"))
    with engines["analyst"].connect() as connection:
        assert answer(connection, 1) == []
    assert deploy(warehouse.engine, [AUTHORITY], MARTS).changes == ["grants set"]
    with engines["analyst"].connect() as connection, pytest.raises(DBAPIError) as caught:
        answer(connection, 1)
    assert sqlstate(caught.value) == "42501"
