"""What a warehouse shows, in a form to compare two by: without the ids that one more try would change."""

from __future__ import annotations

from sqlalchemy import text

from care_reviews.marts import read_marts
from care_reviews.source.catalog import TABLES
from tests.faults.small_council import Council, engine

Picture = dict[str, tuple[object, ...]]

# Rows and one digest over them, whatever their order. `without` names the columns that count tries.
_DIGEST = """
select count(*), coalesce(md5(string_agg(line, e'\n' order by line collate "C")), '')
from (
    select md5((to_jsonb(each_row) - cast(:without as text[]))::text) as line from {relation} as each_row
) as lines
"""

# A version by the nights that first and no longer showed it, not by the ids of their extracts.
_VERSIONS = """
(
    select to_jsonb(version) - cast('{{known_from,known_to}}' as text[]) as content,
        opened.as_known as first_night, closed.as_known as closing_night
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
    return _pictures(council, _landing(council, _VERSIONS), ())


def candidate(council: Council) -> Picture:
    """The marts that the last build left."""
    schema = f"candidate_{council.authority.lower()}"
    return _pictures(council, {mart.name: f"{schema}.{mart.name}" for mart in read_marts()}, ())


def _landing(council: Council, query: str) -> dict[str, str]:
    tables = [*(table.landing for table in TABLES), "quarantine"]
    return {table: query.format(table=table, authority=council.authority) for table in tables}


def _pictures(council: Council, relations: dict[str, str], without: tuple[str, ...]) -> Picture:
    with engine(council.warehouse).connect() as connection:
        return {
            name: tuple(
                connection.execute(text(_DIGEST.format(relation=relation)), {"without": list(without)}).one()
            )
            for name, relation in relations.items()
        }
