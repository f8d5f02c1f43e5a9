"""Copies of a warehouse, to spoil and to verify."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from care_reviews import connections
from care_reviews.evidence import packs
from care_reviews.evidence.verify import Verified, verify
from care_reviews.warehouse.roles import deploy_database
from tests.conftest import AUTHORITY, Server
from tests.evidence.tampering import KINDS, Tampering, where
from tests.faults.small_council import engine


@dataclass
class Copy:
    """A copy of a warehouse. `owner` may do everything; `auditor` has the role's rights."""

    owner: Engine
    auditor: Engine
    pipeline: Engine

    def tamper(self, kind: str) -> Tampering:
        """Tamper with it in one of the kinds; gives what was done."""
        with self.owner.connect() as connection:
            tampering = KINDS[kind].at(where(connection))
        self.spoil(*tampering.statements)
        return tampering

    def spoil(self, *statements: str) -> None:
        """Change what nobody may change, past every trigger."""
        with self.owner.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            for statement in statements:
                assert connection.execute(text(statement)).rowcount != 0, statement

    def scalar(self, query: str):  # type: ignore[no-untyped-def]
        with self.owner.connect() as connection:
            return connection.scalar(text(query))

    def verify(
        self, heads: Path | None = None, reports: Path | None = None, site: Path | None = None
    ) -> Verified:
        return verify(self.auditor, heads, reports=reports, site=site)

    def report(self, reports: Path) -> Path:
        """Write a report, whose files say little, and put it into the evidence; gives its folder."""
        place = packs.PackPlace(AUTHORITY, "2019-20", 1)
        folder = place.folder(reports)
        folder.mkdir(parents=True)
        for name in ("annual-report.html", "annual-report.pdf", "pack.json"):
            (folder / name).write_text(f"what {name} says")
        packs.record(self.pipeline, place, reports)
        return folder


@contextmanager
def copy_of(server: Server, database: str) -> Iterator[Copy]:
    """A copy of a database that nobody is connected to, dropped at the end."""
    url = server.new_database(database)
    owner = engine(url)
    with owner.begin() as connection:
        deploy_database(connection)  # a copy of a database does not inherit who may enter it
    auditor, pipeline = (engine(connections.role_url(role, url)) for role in ("auditor", "pipeline"))
    try:
        yield Copy(owner, auditor, pipeline)
    finally:
        server.drop_database(url)
