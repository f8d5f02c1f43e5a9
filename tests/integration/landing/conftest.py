"""One source and one warehouse for the tests of a module, emptied before each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

from tests.conftest import Server, Warehouse
from tests.lcs import SCHEMA, Lcs

EMPTY_WAREHOUSE = """
do $$
declare
    relation text;
begin
    for relation in select oid::regclass from pg_class where relnamespace = 'stage'::regnamespace and
    relkind = 'v' loop execute 'drop view ' || relation; end loop; for relation in select oid::regclass from
    pg_class where relnamespace = 'stage'::regnamespace and relkind = 'r' loop execute 'drop table ' ||
    relation; end loop; for relation in select oid::regclass from pg_class where relnamespace =
    'landing'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0 loop execute 'delete from ' ||
    relation; end loop; delete from published.publication; delete from audit.validation;
    delete from audit.manifest; delete from audit.extract; end $$
"""


@pytest.fixture(scope="module")
def source_database(server: Server) -> Iterator[Engine]:
    with server.database() as engine:
        yield engine


@pytest.fixture
def source(source_database: Engine) -> Lcs:
    """The source's tables, empty."""
    with source_database.begin() as connection:
        connection.execute(text(f"drop schema if exists {SCHEMA} cascade"))
    return Lcs(source_database)


@pytest.fixture(scope="module")
def pipeline_of_module(module_warehouse: Warehouse) -> Engine:
    return module_warehouse.engine_as("pipeline")


@pytest.fixture
def owner(module_warehouse: Warehouse) -> Engine:
    """The owner's engine of the warehouse."""
    return module_warehouse.engine


@pytest.fixture
def pipeline(pipeline_of_module: Engine, owner: Engine) -> Engine:
    """The engine that nights use, on a warehouse where nothing has landed."""
    with owner.begin() as connection:
        connection.exec_driver_sql(EMPTY_WAREHOUSE)
    return pipeline_of_module


@pytest.fixture
def new_council(module_warehouse: Warehouse) -> Callable[[str], None]:
    """Deploys the warehouse for another authority."""

    def deploy_for(authority: str) -> None:
        from care_reviews.warehouse import deploy

        deploy(module_warehouse.engine, ["E10000030", authority])

    return deploy_for
