"""Deploy: from nothing, again, from an older contract, two at once, and with too few rights."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from care_reviews import publication
from care_reviews.errors import ConfigurationError, WarehouseBusyError
from care_reviews.lock import deploy_lock
from care_reviews.marts import MartColumn, read_marts
from care_reviews.source.catalog import TABLES
from care_reviews.warehouse import deploy
from care_reviews.warehouse.catalogue import columns
from care_reviews.warehouse.deployment import MIGRATIONS
from tests.nights import AUTHORITY, KPI, MARTS, REVIEW, a_night, judged, with_column

UNIT = MartColumn("unit", "text", "The unit.")
# Everything that a deployment may touch, in one text.
STATE = """
select string_agg(words, E'\\n' order by words) from (
    select c.oid::regclass || ' ' || c.relkind::text || coalesce(c.relacl::text, '')
        || coalesce(c.reloptions::text, '')
        || coalesce(obj_description(c.oid), '')
        || case when c.relkind = 'v' then pg_get_viewdef(c.oid) else '' end as words
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select a.attrelid::regclass || '.' || attname || format_type(atttypid, atttypmod) || attnotnull::text
        || coalesce(attacl::text, '') || coalesce(col_description(attrelid, attnum), '')
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and attnum > 0
    union all select nspname || coalesce(nspacl::text, '') from pg_namespace
    union all select datname || coalesce(datacl::text, '') from pg_database where datname = current_database()
    union all select rolname || rolpassword || coalesce(rolconfig::text, '') from pg_authid
        left join (select oid as role, rolconfig from pg_roles) as settings on role = pg_authid.oid
        where rolpassword is not null
    union all select 'deployments ' || count(*) from audit.deployment
) as everything
"""


def state(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text(STATE)))


def scalar(engine: Engine, query: str):
    with engine.connect() as connection:
        return connection.scalar(text(query))


def test_from_nothing_everything_is_there(empty):
    changes = deploy(empty, [AUTHORITY], MARTS).changes
    assert {f"migration {path.stem} applied" for path in MIGRATIONS.glob("[0-9]*.sql")} <= {*changes}
    with empty.connect() as connection:
        for table in TABLES:
            names = [*columns(connection, f"landing.{table.landing}")]
            versions = ["row_hash", "occurrence", "known_from", "known_to"]
            assert names == ["authority_code", *(column.name for column in table.columns), *versions]
        assert columns(connection, "published.sample_value") == {
            "publication_id": "bigint",
            "authority_code": "text",
            "measure_id": "text",
            "period_end": "date",
            "value": "numeric(9,4)",
            "as_known": "date",
        }
        assert columns(connection, "analysis.sample_review")["child_id"] == "text"


def test_the_contract_of_published_values_stands(fresh_warehouse):
    expected = [
        "publication_id",
        "authority_code",
        "measure_id",
        "period_grain",
        "period_start",
        "period_end",
        "breakdown",
        "category",
        "numerator",
        "denominator",
        "value",
        "unit",
        "status",
        "symbol",
        "as_known",
    ]
    with fresh_warehouse.engine.connect() as connection:
        for view in ("published.kpi_value", "published.kpi_value_as_known"):
            there = columns(connection, view)
            assert [*there] == expected
            assert there["value"] == "numeric(9,4)"


def test_a_second_deployment_changes_nothing(empty):
    deploy(empty, [AUTHORITY])
    before = state(empty)
    assert deploy(empty, [AUTHORITY]).changes == []
    assert state(empty) == before


def test_every_relation_and_column_is_described(fresh_warehouse):
    undescribed = scalar(
        fresh_warehouse.engine,
        "select string_agg(c.oid::regclass || coalesce('.' || attname, ''), ', ') from pg_class c "
        "join pg_namespace n on n.oid = c.relnamespace "
        "left join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped "
        "where n.nspname in ('audit', 'landing', 'published', 'analysis') "
        "and relkind in ('r', 'p', 'v') and not relispartition "
        "and (obj_description(c.oid) is null or col_description(c.oid, attnum) is null)",
    )
    assert undescribed is None


def test_two_at_once_both_succeed(empty):
    start = threading.Barrier(2)

    def one() -> list[str]:
        start.wait()
        return deploy(empty, [AUTHORITY], MARTS).changes

    with ThreadPoolExecutor() as pool:
        done = sorted((pool.submit(one) for _ in range(2)), key=lambda future: len(future.result()))
    assert done[0].result() == []
    assert done[1].result() != []


def test_a_deployment_that_cannot_get_its_turn_says_so(empty):
    with (
        empty.connect() as one,
        empty.connect() as other,
        deploy_lock(one),
        pytest.raises(WarehouseBusyError),
        deploy_lock(other, wait_seconds=0),
    ):
        pass


def test_another_council_gets_room_beside_the_first(fresh_warehouse):
    changes = deploy(fresh_warehouse.engine, ["e09000001"]).changes
    assert "schema candidate_e09000001 made" in changes
    assert "table landing.lcs__dim_person__e09000001 made" in changes
    assert deploy(fresh_warehouse.engine, [AUTHORITY, "E09000001"]).changes == []
    with fresh_warehouse.engine_as("pipeline").begin() as connection:
        connection.execute(text("create table candidate_e09000001.mine (a integer)"))
        connection.execute(text("create table candidate_e10000030.mine (a integer)"))


@pytest.fixture
def published(fresh_warehouse) -> Engine:
    """A warehouse with a publication under the sample contracts."""
    deploy(fresh_warehouse.engine, [AUTHORITY], MARTS)
    judged(fresh_warehouse.engine_as("pipeline"), a_night(1))
    publication.publish(a_night(1), fresh_warehouse.engine_as("pipeline"), MARTS)
    return fresh_warehouse.engine


def test_a_column_added_to_a_contract_reaches_history_and_views(published):
    changes = deploy(published, [AUTHORITY], (with_column(KPI, UNIT), REVIEW)).changes
    assert "column published.sample_value_history.unit added" in changes
    with published.connect() as connection:
        assert [*columns(connection, "published.sample_value")][-2:] == ["unit", "as_known"]
    assert (
        scalar(published, "select value::int || coalesce(unit, ', no unit') from published.sample_value")
        == "950, no unit"
    )


def test_a_column_that_left_a_contract_stays_in_history_alone(published):
    narrower = replace(REVIEW, columns=REVIEW.columns[:-1])
    deploy(published, [AUTHORITY], (KPI, narrower))
    with published.connect() as connection:
        assert "held_on" not in columns(connection, "analysis.sample_review")
        assert "held_on" in columns(connection, "analysis.sample_review_history")
    assert "view analysis.sample_review made" in deploy(published, [AUTHORITY], MARTS).changes
    assert scalar(published, "select held_on::text from analysis.sample_review") == "2020-02-03"


def test_a_retyped_column_is_refused_and_nothing_changes(published):
    retyped = replace(KPI, columns=(*KPI.columns[:-1], MartColumn("value", "text", "The value.")))
    before = state(published)
    with pytest.raises(
        ConfigurationError, match=r"column value of mart sample_value is text .* numeric\(9,4\)"
    ):
        deploy(published, [AUTHORITY], (with_column(REVIEW, UNIT), retyped))
    assert state(published) == before


def test_changed_words_reach_the_database(published):
    reworded = replace(KPI, description="Another one.")
    assert deploy(published, [AUTHORITY], (reworded, REVIEW)).changes != []
    assert scalar(published, "select obj_description('published.sample_value'::regclass)").startswith(
        "Another one."
    )


def test_a_mart_without_contract_leaves_the_views_and_comes_back(published):
    changes = deploy(published, [AUTHORITY], (REVIEW,)).changes
    assert "view published.sample_value dropped: its mart has no contract" in changes
    assert scalar(published, "select count(*) from published.sample_value_history") == 1
    deploy(published, [AUTHORITY], MARTS)
    assert scalar(published, "select count(*) from published.sample_value") == 1


def test_a_view_that_was_changed_by_hand_is_put_right(published):
    with published.begin() as connection:
        connection.execute(text("alter view published.sample_value reset (security_barrier)"))
    assert "view published.sample_value made" in deploy(published, [AUTHORITY], MARTS).changes


def test_a_view_that_others_built_on_is_not_pulled_from_under_them(published):
    with published.begin() as connection:
        connection.execute(text("create view public.mine as select * from published.sample_value"))
    with pytest.raises(ConfigurationError, match=r"something of yours: .*published\.sample_value"):
        deploy(published, [AUTHORITY], (with_column(KPI, UNIT), REVIEW))


def test_a_long_query_of_a_reader_stops_a_deployment_not_other_readers(published, monkeypatch):
    monkeypatch.setattr("care_reviews.warehouse.deployment.LOCK_TIMEOUT", "100ms")
    with published.connect() as reader:
        reader.execute(text("select * from published.sample_value"))
        with pytest.raises(WarehouseBusyError, match="somebody is reading"):
            deploy(published, [AUTHORITY], (with_column(KPI, UNIT), REVIEW))


KEYS = (
    "select string_agg(pg_get_constraintdef(oid), '; ' order by conname) from pg_constraint "
    "where conrelid = 'published.sample_value_history'::regclass and contype in ('p', 'f')"
)
DECLARED = (
    "FOREIGN KEY (known_from) REFERENCES published.publication(publication_id); "
    "FOREIGN KEY (known_to) REFERENCES published.publication(publication_id); "
    "PRIMARY KEY (authority_code, measure_id, period_end, known_from)"
)


def test_a_history_declares_its_keys(published):
    assert scalar(published, KEYS) == DECLARED
    with published.begin() as connection, pytest.raises(IntegrityError, match="known_to"):
        connection.execute(text("update published.sample_value_history set known_to = 99"))


def test_a_history_of_an_earlier_version_is_given_its_keys(published):
    with published.begin() as connection:
        for name in ("pkey", "known_from", "known_to"):
            connection.execute(
                text(f"alter table published.sample_value_history drop constraint sample_value_{name}")
            )
        connection.execute(
            text(
                "create unique index sample_value_key on published.sample_value_history "
                "(authority_code, measure_id, period_end, known_from)"
            )
        )
    changes = deploy(published, [AUTHORITY], MARTS).changes
    assert changes == ["keys of published.sample_value_history declared"]
    assert scalar(published, KEYS) == DECLARED


def test_all_contracts_can_be_read():
    marts = {mart.view: mart for mart in read_marts()}
    assert {
        "analysis.dim_child",
        "analysis.fct_period_of_care",
        "analysis.fct_review",
        "analysis.kpi_trend_unsuppressed",
        "analysis.kpi_value_unsuppressed",
        "published.dim_date",
        "published.kpi_comparison",
        "published.kpi_definition",
        "published.kpi_trend",
        "published.kpi_value",
    } <= {*marts}
    assert marts["analysis.fct_review"].pseudonyms["child_id"] == "child"
    assert all("{{" not in column.description for mart in marts.values() for column in mart.columns)
