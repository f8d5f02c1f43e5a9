"""What the database says about itself, for deploy to compare with what should be there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql

_preparer = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]

# `to_regclass` refuses those who may not use the schema, but knows the path and one's own temporary schema.
_BY_NAME = (
    "(select pg_class.oid from pg_class join pg_namespace on pg_namespace.oid = relnamespace "
    "where nspname || '.' || relname = :relation)"
)
_ON_THE_PATH = "to_regclass(:relation)"


def quote(name: str) -> str:
    """A name as an SQL identifier, always quoted."""
    return _preparer.quote_identifier(name)


def literal(words: str) -> str:
    """A text as an SQL literal, for the statements that take no parameters."""
    escaped = words.replace("'", "''")
    return "E'" + escaped.replace("\\", "\\\\") + "'" if "\\" in words else f"'{escaped}'"


def run(connection: Connection, statements: str) -> None:
    """Execute one statement or several as they stand: no parameter and no `%` is looked for in them."""
    connection.exec_driver_sql(statements, execution_options={"no_parameters": True})


@contextmanager
def without_nested_loops(connection: Connection) -> Iterator[None]:
    """For statements over tables that have no statistics yet, or views of views: the planner takes what they
    give for a row or two, and would loop over thousands.
    """
    run(connection, "set local enable_nestloop = off")
    yield
    run(connection, "set local enable_nestloop to default")


def exists(connection: Connection, relation: str) -> bool:
    return connection.scalar(text("select to_regclass(:relation)"), {"relation": relation}) is not None


def columns(connection: Connection, relation: str) -> dict[str, str]:
    """The relation's columns in order, with their types as PostgreSQL writes them; also to those who may not
    use its schema.
    """
    is_whole = "." in relation and not relation.startswith("pg_temp.")
    named = _BY_NAME if is_whole else _ON_THE_PATH
    rows = connection.execute(
        text(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute "
            f"where attrelid = {named} and attnum > 0 and not attisdropped order by attnum"
        ),
        {"relation": relation},
    )
    return {row.attname: row.format_type for row in rows}


def comments(connection: Connection, relation: str) -> dict[str | None, str]:
    """The comments of the relation (under None) and of its columns."""
    rows = connection.execute(
        text(
            "select attname, description from pg_description d left join pg_attribute a "
            "on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0 "
            "where d.classoid = 'pg_class'::regclass and d.objoid = to_regclass(:relation)"
        ),
        {"relation": relation},
    )
    return {row.attname: row.description for row in rows}


def describe(connection: Connection, kind: str, relation: str, words: dict[str | None, str]) -> bool:
    """Set those comments that differ; says whether any did. `kind` is table or view."""
    there = comments(connection, relation)
    wanted = {name: text for name, text in words.items() if text and there.get(name) != text}
    for name, description in wanted.items():
        subject = f"{kind} {relation}" if name is None else f"column {relation}.{quote(name)}"
        run(connection, f"comment on {subject} is {literal(description)}")
    return bool(wanted)
