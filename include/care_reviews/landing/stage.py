"""The tables of schema `stage`: an authority's extract under way, made by `extract`, emptied by `land`.

They are unlogged, since a crash makes the extract run again anyway. For each source table there is
`<authority>__<table>`, which has the landing columns and `row_hash`. Where the table was read by chunks it
holds the rows of new chunks alone, and `<authority>__<table>__difference` says what is to change in
landing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, text

from care_reviews.source.batches import Unreadable, to_cell
from care_reviews.source.catalog import Table
from care_reviews.versions import Versions

QUARANTINE = ("table_name", "record_key", "column_name", "reason", "payload", "form_id")


@dataclass(frozen=True)
class ReadTable:
    """What the extract says of a table that it staged.

    `is_difference`: only what differs is staged. `is_distinct`: no two rows are alike, as their keys showed.
    """

    extract_id: int
    table_name: str
    rows_read: int
    rows_quarantined: int
    bytes: int
    seconds: float
    content_digest: str
    is_difference: bool
    is_distinct: bool


class Stage:
    """The staged tables of one authority, on a connection whose transaction the caller holds."""

    def __init__(self, connection: Connection, authority_code: str) -> None:
        self.connection = connection
        self.authority_code = authority_code

    def name(self, *words: str) -> str:
        """The relation of a source table (`fact_cla`), or of what else is staged, as SQL writes it."""
        return f'stage."{"__".join((self.authority_code.lower(), *words))}"'

    def clear(self) -> None:
        """Drop all that this authority has staged, also by runs that died."""
        relations = self.connection.execute(
            text(
                "select relname, relkind from pg_class where relnamespace = 'stage'::regnamespace"
                " and relkind in ('r', 'v') and starts_with(relname, :prefix) order by relkind desc"
            ),
            {"prefix": f"{self.authority_code.lower()}__"},
        ).all()
        for relname, relkind in relations:
            self.run(f'drop {"view" if relkind == "v" else "table"} if exists stage."{relname}" cascade')

    def begin(self) -> None:
        """Make the tables that a whole extract shares."""
        self.run(
            f"create unlogged table {self.name('read')} (extract_id bigint, table_name text,"
            " rows_read bigint, rows_quarantined bigint, bytes bigint, seconds numeric,"
            " content_digest text, is_difference boolean, is_distinct boolean)"
        )
        self.run(
            f"create unlogged table {self.name('quarantine')} (table_name text, record_key text,"
            " column_name text, reason text, payload jsonb, form_id text)"
        )

    def make(self, relation: str, columns: Sequence[str]) -> None:
        """Make a table with `row_hash` and text columns."""
        cells = ", ".join(f'"{column}" text' for column in columns)
        self.run(f"create unlogged table {relation} (row_hash uuid, {cells})")

    def copy(self, relation: str, columns: Sequence[str]) -> Any:
        """A psycopg COPY into a relation: a context manager to write text lines to."""
        names = ", ".join(f'"{column}"' for column in columns)
        raw: Any = self.connection.connection.driver_connection
        return raw.cursor().copy(f"copy {relation} ({names}) from stdin")

    def put_aside(self, table_name: str, rows: Iterable[Unreadable]) -> None:
        """Stage rows that cannot be read."""
        with self.copy(self.name("quarantine"), QUARANTINE) as copy:
            for row in rows:
                cells = (table_name, row.record_key, row.column, row.reason, row.payload, row.form_id)
                copy.write("\t".join(map(to_cell, cells)) + "\n")

    def note(self, read: ReadTable) -> None:
        """Write down that a table is staged."""
        names = [field.name for field in fields(ReadTable)]
        self.connection.execute(
            text(
                f"insert into {self.name('read')} ({', '.join(names)})"
                f" values ({', '.join(f':{name}' for name in names)})"
            ),
            vars(read),
        )

    def notes(self) -> dict[str, ReadTable]:
        """What is staged, by source table; nothing when nothing is."""
        if self.connection.scalar(text("select to_regclass(:name)"), {"name": self.name("read")}) is None:
            return {}
        rows = self.connection.execute(text(f"select * from {self.name('read')}")).mappings()
        return {row["table_name"]: ReadTable(**row) for row in rows}

    def run(self, statement: str) -> None:
        """One SQL statement without parameters."""
        self.connection.exec_driver_sql(statement)


def landed_versions(connection: Connection, authority_code: str, table: Table) -> Versions:
    """The landed versions of one authority's rows of a table."""
    return Versions(connection, f"landing.{table.landing}", table.names, {"authority_code": authority_code})
