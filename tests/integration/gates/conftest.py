"""A warehouse with the small council landed and its marts built by dbt, to copy and break."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from care_reviews import connections, dbt
from care_reviews.building import variables
from care_reviews.disclosure import suppress
from care_reviews.evidence.provenance import BUILT_WITH, settings_of
from care_reviews.settings import Settings, get_settings
from tests.integration.gates import care_tables
from tests.integration.gates.council import AUTHORITY, extract_of, land_council
from tests.integration.gates.judging import Landed


@pytest.fixture(scope="module")
def connection(new_warehouse: Callable, server: Any) -> Iterator[Connection]:  # type: ignore[type-arg]
    """A connection to an empty warehouse; what its tests write is taken back."""
    warehouse = new_warehouse()
    with warehouse.engine.connect() as opened:
        yield opened
        opened.rollback()
    warehouse.close()
    server.drop_database(warehouse.url)


@pytest.fixture(scope="module")
def tables(connection: Connection) -> Connection:
    """The same, with the tables that the rules of care judge."""
    care_tables.make(connection)
    return connection


@pytest.fixture(scope="session")
def built_template(server, deployed_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:  # type: ignore[no-untyped-def]
    """The name of a database in which the small council landed and was built, to copy from."""
    from care_reviews.warehouse.roles import deploy_database

    url = server.new_database(template=deployed_template)
    engine = connections.make_engine(url)
    with engine.begin() as connection:
        deploy_database(connection)
        extract = land_council(connection)
    pipeline = connections.role_url("pipeline", url)
    schema = f"candidate_{AUTHORITY.lower()}"
    chosen = settings_of(get_settings(), BUILT_WITH)
    given = variables(extract.authority_code, extract.as_known, extract.extract_id, chosen)
    dbt.build(pipeline, schema, given, Path(tmp_path_factory.mktemp("dbt")))
    with engine.begin() as connection:
        suppress(connection, AUTHORITY, schema, None)
        connection.execute(
            text("update audit.extract set dbt_invocation_id = 'dbt-1' where extract_id = :extract_id"),
            {"extract_id": extract_of(connection).extract_id},
        )
    engine.dispose()
    return str(url.database)


@pytest.fixture
def new_council(server, built_template: str) -> Iterator[Callable]:  # type: ignore[no-untyped-def, type-arg]
    """A function that gives a warehouse with the small council landed and built, for one test alone."""
    from care_reviews.warehouse.roles import deploy_database

    made: list[Landed] = []

    def make() -> Landed:
        url = server.new_database(template=built_template)
        landed = Landed(
            connections.make_engine(url), connections.make_engine(connections.role_url("pipeline", url))
        )
        with landed.owner.begin() as connection:
            deploy_database(connection)
        made.append(landed)
        return landed

    yield make
    for landed in made:
        landed.owner.dispose()
        landed.pipeline.dispose()
        server.drop_database(landed.owner.url)


@pytest.fixture
def settings(server, tmp_path: Path) -> Settings:  # type: ignore[no-untyped-def]
    """The settings of this installation, with a home of the test's own for Data Docs."""
    return get_settings().model_copy(update={"home": tmp_path})


@pytest.fixture(scope="module")
def module_council(server, built_template: str) -> Iterator[Landed]:  # type: ignore[no-untyped-def]
    """A warehouse with the small council landed and built, for tests of a module that leave it as it is."""
    from care_reviews.warehouse.roles import deploy_database

    url = server.new_database(template=built_template)
    landed = Landed(
        connections.make_engine(url), connections.make_engine(connections.role_url("pipeline", url))
    )
    with landed.owner.begin() as connection:
        deploy_database(connection)
    yield landed
    landed.owner.dispose()
    landed.pipeline.dispose()
    server.drop_database(url)
