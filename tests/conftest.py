"""What every test may use: an embedded server of its own, and databases copied from a deployed one.

Nothing of the environment that the tests were started in gets in: no connection, no setting, no `.env`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text

from care_reviews import connections
from care_reviews.settings import Settings, get_settings
from tests.servers import server_home

pytest_plugins = ["tests.undisturbed", "tests.browser", "tests.preloaded_dbt"]

AUTHORITY = "E10000030"
# Tests need no database that outlives a power cut, and no password that takes long to check: they connect
# tens of thousands of times, dbt for each of its models.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "scram_iterations": "1"}

LONGEST = ("faults", "pages")
# What a test process has loaded stays: to look through it as often as Python does takes a sixth of its time.
gc.set_threshold(50_000, 20, 100)

Settings.model_config["env_file"] = None
for _name in [name for name in os.environ if name.startswith(("CARE_REVIEWS_", "AIRFLOW_CONN_"))]:
    del os.environ[_name]
os.environ["CARE_REVIEWS_AUTHORITY_CODE"] = AUTHORITY


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that share fixtures run in one process: those of a folder with a conftest, else of a module."""
    if not item.get_closest_marker("xdist_group"):
        folder = item.path.parent
        group = folder.name if (folder / "conftest.py").exists() else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes one process longest begins first, so that no other has to wait for it in the end."""

    def place(item: pytest.Item) -> int:
        marker = item.get_closest_marker("xdist_group")
        return LONGEST.index(marker.args[0]) if marker and marker.args[0] in LONGEST else len(LONGEST)

    items.sort(key=place)


@dataclass
class Server:
    """The embedded server of this test process. `home` is its CARE_REVIEWS_HOME."""

    home: Path
    admin: Engine
    names: set[str] = field(default_factory=set)

    def new_database(self, template: str | None = None) -> URL:
        """The owner's URL of a new database, empty or a copy of `template`.

        A name that has become free is taken again: dbt need not parse anew for a database that it knows.
        """
        name = next(each for number in count(1) if (each := f"test_{number}") not in self.names)
        self.names.add(name)
        with self.admin.connect() as connection:
            # A copied file costs a third less than pages that are logged. Version 14 knows no other way.
            strategy = "strategy file_copy" if (connection.dialect.server_version_info or ()) >= (15,) else ""
            connection.execute(text(f"create database {name} template {template or 'template1'} {strategy}"))
        return self.admin.url.set(database=name)

    @contextmanager
    def database(self) -> Iterator[Engine]:
        """The owner's engine of a new, empty database, which is dropped at the end."""
        url = self.new_database()
        engine = connections.make_engine(url)
        yield engine
        engine.dispose()
        self.drop_database(url)

    def drop_database(self, url: URL) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(f"drop database if exists {url.database} with (force)"))
        self.names.discard(str(url.database))


@dataclass
class Warehouse:
    """A deployed warehouse. `engine` is its owner's; `url_as(role)` and `engine_as(role)` are a role's."""

    url: URL
    engine: Engine
    engines: list[Engine]

    def url_as(self, role: str) -> URL:
        return connections.role_url(role, self.url)

    def engine_as(self, role: str) -> Engine:
        engine = connections.make_engine(self.url_as(role))
        self.engines.append(engine)
        return engine

    def close(self) -> None:
        for engine in (self.engine, *self.engines):
            engine.dispose()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """An embedded server in a CARE_REVIEWS_HOME of its own, one for each test process."""
    with server_home() as home, running_server(home) as running:
        yield running


@contextmanager
def running_server(home: Path) -> Iterator[Server]:
    """An embedded server, fast and forgetful; `home` is this process's CARE_REVIEWS_HOME while it runs."""
    from care_reviews.server import embedded

    patch = pytest.MonkeyPatch()
    patch.setenv("CARE_REVIEWS_HOME", str(home))
    get_settings.cache_clear()
    embedded.start()
    admin = connections.make_engine(embedded.url("warehouse", "admin").set(database="postgres"))
    admin = admin.execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        known = connection.scalars(text("select name from pg_settings")).all()
        for setting in FAST.keys() & known:  # the last came with version 16
            connection.execute(text(f"alter system set {setting} = {FAST[setting]}"))
        connection.execute(text("select pg_reload_conf()"))
        if "scram_iterations" in known:
            connection.execute(text("set scram_iterations = 1"))
        connection.execute(text(f"alter role {embedded.OWNER} password '{admin.url.password}'"))
    yield Server(home, admin)
    admin.dispose()
    get_settings.cache_clear()  # this server is the one to stop, whatever a test has chosen since
    embedded.stop()
    patch.undo()
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def deployed_template(server: Server) -> str:
    """The name of a database that was deployed once, to copy from."""
    from care_reviews.warehouse import deploy

    url = server.new_database()
    engine = connections.make_engine(url)
    deploy(engine, [AUTHORITY])
    engine.dispose()
    return str(url.database)


@pytest.fixture(scope="session")
def new_warehouse(server: Server, deployed_template: str) -> Callable[[], Warehouse]:
    """A function that gives another deployed, empty warehouse; close() it, the server drops it at the end."""

    def make() -> Warehouse:
        from care_reviews.warehouse.roles import deploy_database

        url = server.new_database(template=deployed_template)
        warehouse = Warehouse(url, connections.make_engine(url), [])
        with warehouse.engine.begin() as connection:
            deploy_database(connection)  # a copy of a database does not inherit who may enter it
        return warehouse

    return make


@pytest.fixture
def fresh_warehouse(new_warehouse: Callable[[], Warehouse], server: Server) -> Iterator[Warehouse]:
    """A deployed, empty warehouse for one test."""
    yield from _closed(new_warehouse(), server)


@pytest.fixture(scope="module")
def module_warehouse(new_warehouse: Callable[[], Warehouse], server: Server) -> Iterator[Warehouse]:
    """A deployed, empty warehouse that the tests of a module share."""
    yield from _closed(new_warehouse(), server)


def _closed(warehouse: Warehouse, server: Server) -> Iterator[Warehouse]:
    yield warehouse
    warehouse.close()
    server.drop_database(warehouse.url)


@pytest.fixture
def warehouse_engine(fresh_warehouse: Warehouse) -> Engine:
    """The owner's engine of a deployed, empty warehouse."""
    return fresh_warehouse.engine


@pytest.fixture
def pipeline_engine(fresh_warehouse: Warehouse) -> Engine:
    """The engine that nights use, of the same warehouse as `warehouse_engine`."""
    return fresh_warehouse.engine_as("pipeline")


@pytest.fixture
def empty(server: Server) -> Iterator[Engine]:
    """The owner's engine of a database that nothing was deployed to."""
    with server.database() as engine:
        yield engine


@pytest.fixture
def source_engine(empty: Engine) -> Engine:
    """The owner's engine of an empty database for a source."""
    return empty


@pytest.fixture
def connected(
    fresh_warehouse: Warehouse, source_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Warehouse:
    """Source and warehouse (as pipeline) as the connections of this process and of those that it starts."""
    monkeypatch.setenv("AIRFLOW_CONN_LCS_SOURCE", connections.airflow_uri(source_engine.url))
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(fresh_warehouse.url_as("pipeline")))
    return fresh_warehouse
