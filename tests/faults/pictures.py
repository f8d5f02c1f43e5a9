"""What a warehouse shows, in a form to compare two by: without the ids that one more try would change."""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.marts import read_marts
from care_reviews.source.catalog import TABLES
from tests.faults.small_council import Council, engine

Picture = dict[str, tuple[object, ...]]

# Rows and one digest over them, whatever their order.
_DIGEST = """
select count(*), sum(hashtextextended(row({columns})::text, 0)::numeric) from {relation} as each_row
"""

# A version by the nights that first and no longer showed it, not by the ids of their extracts.
_VERSIONS = """
(
    select version.*, opened.as_known as first_night, closed.as_known as closing_night
    from landing.{table} as version
    join audit.extract as opened on opened.extract_id = known_from
    left join audit.extract as closed on closed.extract_id = known_to
    where version.authority_code = '{authority}'
)
"""

_OPEN = "(select * from landing.{table} where known_to is null and authority_code = '{authority}')"


def published(council: Council) -> Picture:
    """Everything that readers see: each published and analysis view."""
    return _pictures(council, {mart.view: mart.view for mart in read_marts()}, ("publication_id",))


def landed(council: Council) -> Picture:
    """The rows that the newest night shows, readable or not."""
    return _pictures(council, _landing(council, _OPEN), ("known_from", "known_to"))


def history(council: Council) -> Picture:
    """Every version with its nights."""
    return _pictures(council, _landing(council, _VERSIONS), ("known_from", "known_to"))


def candidate(council: Council) -> Picture:
    """The marts that the last build left."""
    schema = f"candidate_{council.authority.lower()}"
    return _pictures(council, {mart.name: f"{schema}.{mart.name}" for mart in read_marts()}, ())


def _landing(council: Council, query: str) -> dict[str, str]:
    tables = [*(table.landing for table in TABLES), "quarantine"]
    return {table: query.format(table=table, authority=council.authority) for table in tables}


def _pictures(council: Council, relations: dict[str, str], without: tuple[str, ...]) -> Picture:
    """Of each relation its rows and their digest, without the columns that count tries."""
    with engine(council.warehouse).connect() as connection:
        return {name: _picture(connection, relation, without) for name, relation in relations.items()}


def _picture(connection: Connection, relation: str, without: tuple[str, ...]) -> tuple[object, ...]:
    there = connection.execute(text(f"select * from {relation} as each_row limit 0")).keys()
    columns = ", ".join(f'each_row."{name}"' for name in there if name not in without)
    return tuple(connection.execute(text(_DIGEST.format(columns=columns, relation=relation))).one())
