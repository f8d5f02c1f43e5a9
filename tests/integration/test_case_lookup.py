"""From a pseudonym back to the record system: by one role, and never without a row in the log."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator

import pytest
import typer
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from care_reviews import connections, pseudonyms, publication
from care_reviews.case_lookup import Case, look_up
from care_reviews.cli import lookup
from care_reviews.database_errors import state_of
from care_reviews.errors import ConfigurationError, LookupRefusedError
from care_reviews.warehouse import deploy, roles
from tests.conftest import Warehouse
from tests.nights import AUTHORITY, MARTS, a_night, judged

UNKNOWN = "0" * 32
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


@pytest.fixture(scope="module")
def warehouse(module_warehouse: Warehouse) -> Warehouse:
    """A warehouse with one publication: review 1 of child 11 under chair 7."""
    deploy(module_warehouse.engine, [AUTHORITY], MARTS)
    pipeline = module_warehouse.engine_as("pipeline")
    judged(pipeline, a_night(1))
    publication.publish(a_night(1), pipeline, MARTS)
    return module_warehouse


@pytest.fixture(scope="module")
def engines(warehouse: Warehouse) -> dict[str, Engine]:
    return {role: warehouse.engine_as(role) for role in roles.ROLES}


@pytest.fixture(scope="module")
def child(engines: dict[str, Engine]) -> str:
    """The child's pseudonym, as the analyst sees it."""
    with engines["analyst"].connect() as connection:
        return str(connection.scalar(text("select child_id from analysis.sample_review")))


def log(engines: dict[str, Engine]) -> list[tuple]:
    """The log as the auditor reads it, oldest first."""
    columns = "requested_by, asked_by, pseudonym, reason, is_found, authority_code, kind"
    with engines["auditor"].connect() as connection:
        rows = connection.execute(text(f"select {columns} from audit.case_lookup order by lookup_id"))
        return [tuple(row) for row in rows]


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


def request(connection, child: str) -> int:
    return int(connection.scalar(text("select lookup.request(:child, 'audit')"), {"child": child}))


def answer(connection, number: int) -> list[str]:
    rows = connection.execute(text("select identifier from lookup.answer(:number)"), {"number": number})
    return [row.identifier for row in rows]


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
    assert state_of(caught.value) == "22023"
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
    assert state_of(caught.value) == "22023"
    if name is not None:
        with pytest.raises(LookupRefusedError, match="32 digits"):
            look_up(engines["case_lookup"], [UNKNOWN, name], "audit", "jo")
    assert log(engines) == before


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
    assert state_of(caught.value) == "42501"


@pytest.mark.parametrize("statement", CHANGES[:3])
def test_not_even_the_owner_changes_the_log(warehouse, statement):
    refused = pytest.raises(DBAPIError, match="is only added to")
    with warehouse.engine.connect() as connection, refused as caught:
        connection.exec_driver_sql(statement)
    assert state_of(caught.value) == "42501"


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
    assert state_of(caught.value) == "42501"


@pytest.fixture
def command(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A function that runs `lookup` and gives its output; a refusal is raised."""
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(warehouse.url_as("pipeline")))
    app = typer.Typer()
    lookup.register(app)

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result.output

    return run


def test_the_command_prints_the_identifier_and_is_logged(command, engines, child):
    assert command(child, "--reason", "complaint 3") == f"{child}  child  11\n"
    assert log(engines)[-1][:4] == ("case_lookup", getpass.getuser(), child, "complaint 3")


def test_the_command_says_what_is_not_known(command, child):
    output = command(UNKNOWN, child, "--reason", "complaint 3", status=1)
    assert output == f"{UNKNOWN}  not known\n{child}  child  11\n"


def test_the_command_refuses_without_a_reason_or_a_right(command, warehouse, child):
    with pytest.raises(LookupRefusedError, match="say with --reason"):
        command(child, "--reason", " ")
    analyst = connections.airflow_uri(warehouse.url_as("analyst"))
    with pytest.raises(ConfigurationError, match="analyst may not do that"):
        command(child, "--reason", "complaint", "--warehouse-url", analyst)
