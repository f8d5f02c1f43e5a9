"""Least privilege, tried: what each role must not do, and what it must."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from care_reviews import connections, publication
from care_reviews.errors import ConfigurationError
from care_reviews.passing import sqlstate
from care_reviews.secret_files import password_file
from care_reviews.settings import get_settings
from care_reviews.warehouse import deploy, roles
from tests.nights import AUTHORITY, MARTS, a_night, judged

READ_PUBLISHED = "select * from published.sample_value"
READ_CHILDREN = "select * from analysis.sample_review"
CHILD_LEVEL = (
    "select * from landing.lcs__dim_person",
    "select * from landing.lcs__dim_person__e10000030",
    "select * from landing.quarantine",
    "select * from candidate_e10000030.sample_review",
    "select * from stage.anything",
    "select * from analysis.sample_review_history",
)
WRITES = (
    "insert into published.publication (authority_code) values ('x')",
    "update published.publication set withdrawn_at = now(), withdrawn_by = 'x', reason = 'x'",
    "delete from published.publication",
    "create table published.mine (a integer)",
    "create table public.mine (a integer)",
    "create temporary table mine (a integer)",
    "create schema mine",
    "create role mine",
)
AUDIT = (
    "audit.extract",
    "audit.manifest",
    "audit.validation",
    "audit.validation_result",
    "audit.validation_json",
    "audit.evidence",
    "audit.finding_count",
    "audit.reconciliation",
    "audit.deployment",
)
DIGESTS = (
    "select * from audit.changes_of_dim_person()",
    "select * from audit.rows_of_sample_review('E10000030', 1)",
    "select * from audit.rows_of_finding('E10000030')",
)

LOCKS = (
    "select pg_advisory_lock(1)",
    "select pg_advisory_lock_shared(1)",
    "select pg_advisory_xact_lock(1, 2)",
    "select pg_try_advisory_lock(1)",
    "select pg_try_advisory_xact_lock_shared(1)",
)
FILLING = (
    "select lo_from_bytea(0, 'x')",
    "select lo_create(0)",
    "select pg_logical_emit_message(false, 'x', 'x')",
    "set temp_file_limit = -1",
)
# A row of a hidden table is an alert, a review or a child: how many there are is not for everybody.
COUNTING = (
    "select n_live_tup from pg_stat_all_tables where relname = 'anything'",
    "select n_tup_ins - n_tup_upd from pg_stat_user_tables",
    "select pg_stat_get_live_tuples('pg_class'::regclass)",
    "select pg_stat_get_xact_tuples_inserted('pg_class'::regclass)",
    "select pg_relation_size('pg_class'::regclass)",
    "select pg_total_relation_size('pg_class'::regclass)",
    "select reltuples from pg_class",
    "select relpages from pg_catalog.pg_class",
)
HISTORIES = (
    "landing.lcs__dim_person",
    "landing.lcs__dim_person__e10000030",
    "landing.quarantine",
    "published.sample_value_history",
    "analysis.sample_review_history",
)

FORBIDDEN = [
    *((role, statement) for role in roles.READERS for statement in (*LOCKS, *FILLING)),
    *((role, statement) for role in ("bi_reader", "auditor", "case_lookup") for statement in COUNTING),
    *(("pipeline", f"delete from {table}") for table in (*HISTORIES, *AUDIT)),
    *(("pipeline", f"truncate {table}") for table in (*HISTORIES, *AUDIT)),
    *(("pipeline", f"update {table} set known_from = 1") for table in HISTORIES),
    *(("pipeline", f"update {table} set row_hash = null") for table in HISTORIES),
    ("pipeline", "update audit.manifest set rows_read = 1"),
    ("pipeline", "update audit.evidence set hash = repeat('a', 64)"),
    *((role, "insert into audit.evidence values (9, '{}', 'a', 'b')") for role in roles.READERS),
    *((role, statement) for role in ("bi_reader", "analyst") for statement in DIGESTS),
    *((role, "select * from scratch_e10000030.sample_review") for role in roles.READERS),
    *((role, statement) for role in roles.READERS for statement in WRITES),
    *((role, statement) for role in roles.READERS for statement in CHILD_LEVEL),
    *((role, "select * from published.sample_value_history") for role in roles.READERS),
    *((role, f"select * from {table}") for role in ("bi_reader", "analyst") for table in AUDIT),
    ("bi_reader", READ_CHILDREN),
    ("bi_reader", "select * from analysis.sample_review_as_known"),
    ("auditor", READ_CHILDREN),
    ("auditor", "select * from analysis.sample_review_as_known"),
    ("auditor", READ_PUBLISHED),
    ("pipeline", "update published.publication set as_known = '2020-01-01'"),
    ("pipeline", "update published.publication set published_at = now()"),
    ("pipeline", "delete from published.publication"),
    ("pipeline", "truncate published.publication"),
    ("pipeline", "update audit.extract set as_known = '2020-01-01'"),
    ("pipeline", "update audit.validation set verdict = 'passed'"),
    ("pipeline", "insert into audit.deployment (code_version) values ('x')"),
    ("pipeline", "update landing.lcs__dim_person set birth_dttm = null"),
    ("pipeline", "update published.sample_value_history set value = 1"),
    ("pipeline", "alter table landing.lcs__dim_person add column a text"),
    ("pipeline", "drop view published.sample_value"),
    *(
        ("pipeline", f"create table {schema}.mine (a integer)")
        for schema in ("landing", "audit", "published", "analysis", "public")
    ),
    ("pipeline", "create schema mine"),
    ("pipeline", "create role mine"),
    ("pipeline", "copy (select 1) to program 'true'"),
    ("pipeline", "select pg_read_file('postgresql.conf')"),
]
ALLOWED = [
    *(
        (role, statement)
        for role in ("bi_reader", "analyst")
        for statement in (
            READ_PUBLISHED,
            "select * from published.sample_value_as_known",
            "select * from published.publication",
        )
    ),
    ("analyst", READ_CHILDREN),
    ("analyst", "select * from analysis.sample_review_as_known"),
    *((role, statement) for role in ("analyst", "pipeline") for statement in COUNTING),
    *((role, "select oid, relname, relkind, relnamespace from pg_class") for role in roles.READERS),
    ("auditor", "select * from published.publication"),
    *(("auditor", f"select * from {table}") for table in AUDIT),
    *((role, statement) for role in ("auditor", "pipeline") for statement in DIGESTS),
    ("pipeline", "create table scratch_e10000030.mine (a integer)"),
    ("pipeline", READ_CHILDREN),
    ("pipeline", "select * from landing.lcs__dim_person"),
    *(
        ("pipeline", f"update {table} set known_to = 1 where known_from = 1")
        for table in HISTORIES
        if not table.endswith("__e10000030")
    ),
    ("pipeline", "delete from landing.chunk"),
    ("pipeline", "select pg_try_advisory_lock(1)"),
    ("pipeline", "create table stage.mine (a integer)"),
    ("pipeline", "create table candidate_e10000030.mine (a integer)"),
    ("pipeline", "create temporary table mine (a integer)"),
    ("pipeline", "update published.publication set withdrawn_at = now(), withdrawn_by = 'x', reason = 'x'"),
]


@pytest.fixture(scope="module")
def engines(module_warehouse) -> dict[str, Engine]:
    """An engine for each role, on a warehouse with one publication."""
    deploy(module_warehouse.engine, [AUTHORITY], MARTS)
    engines = {role: module_warehouse.engine_as(role) for role in roles.ROLES}
    judged(engines["pipeline"], a_night(1))
    publication.publish(a_night(1), engines["pipeline"], MARTS)
    with engines["pipeline"].begin() as connection:
        connection.execute(text("create table stage.anything (a integer)"))
    return engines


def attempt(engine: Engine, statement: str) -> None:
    """Try a statement with all that a role can give itself, and leave nothing behind."""
    with engine.connect() as connection:
        connection.exec_driver_sql("set transaction read write")
        connection.exec_driver_sql(statement)
        connection.rollback()


@pytest.mark.parametrize(("role", "statement"), FORBIDDEN)
def test_a_role_must_not(engines, role, statement):
    with pytest.raises(DBAPIError) as caught:
        attempt(engines[role], statement)
    assert sqlstate(caught.value) == "42501"  # insufficient privilege, not a slip in the statement


@pytest.mark.parametrize(("role", "statement"), ALLOWED)
def test_a_role_must(engines, role, statement):
    attempt(engines[role], statement)


@pytest.mark.parametrize("role", roles.READERS)
def test_a_reader_is_guarded_against_accidents(engines, role):
    with engines[role].connect() as connection:
        settings = {**roles.READER_SETTINGS, **roles.READER_LIMITS, **roles.SETTINGS[role]}
        for setting, value in settings.items():
            assert connection.scalar(text(f"show {setting}")) == value
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text("create table public.mine (a integer)"))
    assert sqlstate(caught.value) == "25006"  # read-only transaction


def test_views_keep_hidden_rows_from_conditions_of_the_readers(engines, module_warehouse):
    with module_warehouse.engine.connect() as connection:
        options = connection.scalars(
            text(
                "select reloptions from pg_class where relkind = 'v' "
                "and relnamespace in ('published'::regnamespace, 'analysis'::regnamespace)"
            )
        ).all()
    assert len(options) == 5
    assert all("security_barrier=true" in option for option in options)


def test_connections_of_readers_are_limited(module_warehouse, engines):
    with module_warehouse.engine.connect() as connection:
        limits = dict(
            connection.execute(
                text("select rolname, rolconnlimit from pg_roles where rolname = any(:names)"),
                {"names": list(roles.ROLES)},
            ).all()
        )
    assert limits == roles.CONNECTIONS


def test_a_role_of_nobody_cannot_enter(module_warehouse, engines):
    with module_warehouse.engine.begin() as connection:
        connection.execute(text("create role nobody_in_particular login password 'x'"))
    stranger = connections.make_engine(
        module_warehouse.url.set(username="nobody_in_particular", password="x")
    )
    try:
        with pytest.raises(OperationalError, match="permission denied for database"), stranger.connect():
            pass
    finally:
        with module_warehouse.engine.begin() as connection:
            connection.execute(text("drop role nobody_in_particular"))


def test_passwords_are_kept_for_their_owner_alone(server, engines):
    for role in roles.ROLES:
        assert password_file(role).stat().st_mode & 0o777 == 0o600
    assert password_file("pipeline").parent.stat().st_mode & 0o777 == 0o700
    assert (server.home / "secrets" / "pseudonym.key").stat().st_mode & 0o777 == 0o600


def test_no_password_reaches_the_server_in_the_open(module_warehouse, engines):
    with module_warehouse.engine.connect() as connection:
        stored = connection.scalars(
            text("select rolpassword from pg_authid where rolname = any(:names)"),
            {"names": list(roles.ROLES)},
        ).all()
    assert all(words.startswith("SCRAM-SHA-256$") for words in stored)


@pytest.fixture
def prefixed(monkeypatch, fresh_warehouse):
    """Roles of its own for one test, which may do with them what it likes."""
    monkeypatch.setattr(get_settings(), "role_prefix", "test_")
    yield fresh_warehouse
    with fresh_warehouse.engine.begin() as connection:
        for name in [f"test_{role}" for role in roles.ROLES]:
            if connection.scalar(text("select count(*) from pg_roles where rolname = :name"), {"name": name}):
                connection.execute(text(f"drop owned by {name}; drop role {name}"))
            password_file(name).unlink(missing_ok=True)


def test_a_prefix_gives_a_warehouse_roles_of_its_own(prefixed):
    deploy(prefixed.engine, [AUTHORITY], MARTS)
    with prefixed.engine_as("bi_reader").connect() as connection:
        assert connection.scalar(text("select current_user")) == "test_bi_reader"
        connection.execute(text(READ_PUBLISHED))


def test_somebody_elses_role_is_not_let_in(prefixed):
    with prefixed.engine.begin() as connection:
        connection.execute(text("create role test_analyst login password 'x'"))
    with pytest.raises(ConfigurationError, match=r"test_analyst .* was not made by care-reviews"):
        deploy(prefixed.engine, [AUTHORITY], MARTS)


def test_a_role_that_was_given_powers_is_refused(prefixed):
    deploy(prefixed.engine, [AUTHORITY], MARTS)
    with prefixed.engine.begin() as connection:
        connection.execute(text("alter role test_auditor bypassrls"))
    with pytest.raises(ConfigurationError, match="test_auditor has been given powers"):
        deploy(prefixed.engine, [AUTHORITY], MARTS)


def test_a_lost_password_is_noticed_and_can_be_reset(prefixed):
    deploy(prefixed.engine, [AUTHORITY], MARTS)
    password_file("test_analyst").unlink()
    with pytest.raises(ConfigurationError, match="--reset-passwords"):
        deploy(prefixed.engine, [AUTHORITY], MARTS)
    with pytest.raises(ConfigurationError, match="no password of role test_analyst"):
        prefixed.url_as("analyst")
    deployment = deploy(prefixed.engine, [AUTHORITY], MARTS, reset_passwords=True)
    assert "password of role test_analyst set" in deployment.changes
    with prefixed.engine_as("analyst").connect() as connection:
        connection.execute(text(READ_CHILDREN))


def test_a_password_that_was_given_is_used(prefixed):
    password_file("test_pipeline").write_text("given-by-the-operator\n")
    deploy(prefixed.engine, [AUTHORITY], MARTS)
    assert prefixed.url_as("pipeline").password == "given-by-the-operator"
    with prefixed.engine_as("pipeline").connect():
        pass


def test_rights_given_by_hand_do_not_outlive_a_deployment(prefixed):
    deploy(prefixed.engine, [AUTHORITY], MARTS)
    with prefixed.engine.begin() as connection:
        connection.execute(text("grant select on all tables in schema landing to test_bi_reader"))
        connection.execute(text("grant execute on function pg_advisory_lock(bigint) to test_bi_reader"))
        connection.execute(text("alter role test_bi_reader set statement_timeout = 0"))
    deployment = deploy(prefixed.engine, [AUTHORITY], MARTS)
    assert deployment.changes == ["settings of role test_bi_reader set", "grants set"]
    with pytest.raises(DBAPIError):
        attempt(prefixed.engine_as("bi_reader"), "select pg_advisory_lock(1)")
    assert deploy(prefixed.engine, [AUTHORITY], MARTS).changes == []
