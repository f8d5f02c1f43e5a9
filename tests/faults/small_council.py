"""A council of a test's own: a source that can be spoilt and a warehouse, and nights between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text

from care_reviews import connections, night
from care_reviews.night import Night
from care_reviews.settings import get_settings
from care_reviews.warehouse.roles import deploy_database
from tests.conftest import AUTHORITY, Server

PROFILE = "small_council"
FIRST, LATER = dt.date(2020, 3, 31), dt.date(2020, 4, 30)
SCHEMA = "child_social"
STEPS = ("extract", "land", "build", "validate", "publish")


@dataclass
class Council:
    """Owner's URLs of a source and of a deployed warehouse, and how many months it publishes. Close it with
    `Server.drop_database`.
    """

    server: Server
    source: URL
    warehouse: URL
    authority: str = AUTHORITY
    months: int = 13

    @classmethod
    def copied(
        cls, server: Server, source: str | None, warehouse: str, authority: str = AUTHORITY
    ) -> Council:
        """A council in copies of two databases; without the first its source is empty."""
        council = cls(server, server.new_database(source), server.new_database(warehouse), authority)
        with council.writing_warehouse() as connection:
            deploy_database(connection)  # a copy of a database does not inherit who may enter it
        return council

    def close(self) -> None:
        for url in (self.source, self.warehouse):
            self.server.drop_database(url)

    def connect(
        self, patch: pytest.MonkeyPatch, source: URL | None = None, warehouse: URL | None = None
    ) -> None:
        """Make its databases, or others given, the connections of this process and of its children."""
        pipeline = connections.role_url("pipeline", self.warehouse)
        patch.setenv("AIRFLOW_CONN_LCS_SOURCE", connections.airflow_uri(source or self.source))
        patch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(warehouse or pipeline))
        patch.setenv("CARE_REVIEWS_MONTHS_PUBLISHED", str(self.months))
        get_settings.cache_clear()

    def night(self, day: dt.date = LATER, run: str = "tonight") -> Night:
        return Night(self.authority, day, f"{run} {day}")

    @contextmanager
    def spoiling(self) -> Iterator[Connection]:
        """The source, to write to."""
        with engine(self.source).begin() as connection:
            connection.execute(text(f"set local search_path = {SCHEMA}"))
            yield connection

    @contextmanager
    def writing_warehouse(self) -> Iterator[Connection]:
        with engine(self.warehouse).begin() as connection:
            yield connection

    def rows(self, statement: str, **words: Any) -> list[dict[str, Any]]:
        """The rows of a query on the warehouse."""
        with engine(self.warehouse).connect() as connection:
            return [dict(row) for row in connection.execute(text(statement), words).mappings()]

    def scalar(self, statement: str, **words: Any) -> Any:
        with engine(self.warehouse).connect() as connection:
            return connection.scalar(text(statement), words)


def engine(url: URL) -> Engine:
    """An engine that keeps no connection, so that its database can be copied and dropped."""
    return create_engine(url, poolclass=NullPool, hide_parameters=True)


def run(tonight: Night, *steps: str) -> None:
    """Steps of a night in this process, all five unless some are named."""
    for name in steps or STEPS:
        getattr(night, name)(tonight)


def from_step(name: str) -> tuple[str, ...]:
    """The steps from one to the end of a night."""
    return STEPS[STEPS.index(name) :]
