"""From a pseudonym back to the record system: by one role, and never without a row in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from care_reviews import pseudonyms, publication
from care_reviews.case_lookup import Case, look_up
from care_reviews.errors import LookupRefusedError
from care_reviews.passing import sqlstate
from care_reviews.warehouse import deploy
from tests.conftest import Warehouse
from tests.lookups import UNKNOWN, answer, log, request
from tests.nights import AUTHORITY, MARTS, a_night, judged


def test_a_look_up_gives_the_identifier_and_is_in_the_log(engines, child):
    assert look_up(engines["case_lookup"], [child], " audit 12 ", "jo") == [Case(child, "child", "11")]
    assert log(engines)[-1] == ("case_lookup", "jo", child, "audit 12", True, AUTHORITY, "child")
    with engines["auditor"].connect() as connection:
        recent = text("select requested_at > now() - interval '1 minute' from audit.case_lookup")
        assert connection.scalars(recent).all()[-1] is True


@pytest.mark.parametrize(
    ("column", "kind", "identifier"), [("review_id", "review", "1"), ("chair_id", "worker", "7")]
)
def test_every_kind_of_pseudonym_leads_back(engines, column, kind, identifier):
    with engines["analyst"].connect() as connection:
        name = str(connection.scalar(text(f"select {column} from analysis.sample_review")))
    assert look_up(engines["case_lookup"], [name], "audit", "jo") == [Case(name, kind, identifier)]


def test_a_pseudonym_that_nobody_has_is_in_the_log_as_well(engines, child):
    found = look_up(engines["case_lookup"], [UNKNOWN, child.upper()], "audit", "jo")
    assert found == [Case(UNKNOWN), Case(child, "child", "11")]
    assert log(engines)[-2:] == [
        ("case_lookup", "jo", UNKNOWN, "audit", False, None, None),
        ("case_lookup", "jo", child, "audit", True, AUTHORITY, "child"),
    ]


def test_what_can_still_be_rolled_back_is_not_answered(engines, child):
    before = log(engines)
    with engines["case_lookup"].connect() as asking, engines["case_lookup"].connect() as beside:
        number = request(asking, child)
        assert answer(asking, number) == []
        assert answer(beside, number) == []
        asking.rollback()
        assert answer(asking, number) == []
    assert log(engines) == before


def test_a_savepoint_is_no_way_round(engines, child):
    with engines["case_lookup"].connect() as connection:
        with connection.begin_nested():
            number = request(connection, child)
        assert answer(connection, number) == []
        connection.rollback()


def test_what_was_committed_is_answered_for_five_minutes(engines, warehouse, child):
    with engines["case_lookup"].connect() as connection:
        number = request(connection, child)
        connection.commit()
        assert answer(connection, number) == ["11"]
        assert answer(connection, number + 1) == []
    for minutes, answered in ((4, ["11"]), (6, [])):
        make_older(warehouse, number, minutes)
        with engines["case_lookup"].connect() as connection:
            assert answer(connection, number) == answered


def make_older(warehouse: Warehouse, number: int, minutes: int) -> None:
    """Date a look-up so many minutes back, as none but a test may."""
    change = "set requested_at = now() - make_interval(mins => :minutes) where lookup_id = :number"
    with warehouse.engine.begin() as owner:
        owner.execute(text("alter table audit.case_lookup disable trigger only_added_to"))
        owner.execute(text(f"update audit.case_lookup {change}"), {"minutes": minutes, "number": number})
        owner.execute(text("alter table audit.case_lookup enable trigger only_added_to"))


@pytest.mark.parametrize("reason", ["", " \t\n", None, "x" * 501])
def test_without_a_reason_nothing_is_looked_up(engines, child, reason):
    before = log(engines)
    with engines["case_lookup"].connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("select lookup.request(:child, :reason)"), {"child": child, "reason": reason})
    assert sqlstate(caught.value) == "22023"
    assert "needs a reason" in str(caught.value.orig)
    if reason is not None:
        with pytest.raises(LookupRefusedError, match="say with --reason"):
            look_up(engines["case_lookup"], [child], reason, "jo")
    assert log(engines) == before


@pytest.mark.parametrize("name", ["", "Jo Bloggs", "0" * 31, "0" * 33, "g" * 32, None])
def test_what_is_no_pseudonym_is_not_written_down(engines, name):
    before = log(engines)
    with engines["case_lookup"].connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("select lookup.request(:name, 'audit')"), {"name": name})
    assert sqlstate(caught.value) == "22023"
    if name is not None:
        with pytest.raises(LookupRefusedError, match="32 digits"):
            look_up(engines["case_lookup"], [UNKNOWN, name], "audit", "jo")
    assert log(engines) == before


def test_publishing_again_keeps_what_is_there_and_adds_what_is_new(fresh_warehouse):
    deploy(fresh_warehouse.engine, [AUTHORITY], MARTS)
    pipeline = fresh_warehouse.engine_as("pipeline")
    known = []
    for day, reviews in ((1, [(1, 11, 7, "2020-02-03")]), (2, [(2, 12, None, "2020-02-04")])):
        judged(pipeline, a_night(day), reviews=reviews, invocation=f"dbt-{day}")
        publication.publish(a_night(day), pipeline, MARTS)
        with fresh_warehouse.engine.connect() as connection:
            rows = connection.execute(text("select pseudonym, kind, identifier from lookup.identifier"))
            known.append({tuple(row) for row in rows})
    first, both = known
    assert {row[1:] for row in first} == {("review", "1"), ("child", "11"), ("worker", "7")}
    assert {row[1:] for row in both - first} == {("review", "2"), ("child", "12")}
    key = pseudonyms.read_key()
    assert key is not None
    assert all(name == pseudonyms.pseudonym(key, kind, AUTHORITY, each) for name, kind, each in both)
    assert first < both
