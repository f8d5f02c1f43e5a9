"""A history table for each mart of the contracts, and the two views on it that readers use."""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.errors import ConfigurationError
from care_reviews.marts import SCHEMAS, Mart
from care_reviews.warehouse.catalogue import columns, describe, exists, quote, run
from care_reviews.warehouse.landing_tables import VERSION_COLUMNS, VERSION_WORDS
from care_reviews.warehouse.views import deploy_view

# The newest publication that stands: of each authority for a mart's view, of each of its nights for the
# other.
_STANDING = """select distinct on ({each}) publication_id, authority_code, as_known
    from published.publication where withdrawn_at is null order by {each}, publication_id desc"""
_VIEW = """select {cells}
from ({standing}) as p
join {history} as h on h.authority_code = p.authority_code
    and h.known_from <= p.publication_id and (h.known_to is null or h.known_to > p.publication_id)"""
# Ending of a view → what it has one publication for.
VIEWS = {"": "authority_code", "_as_known": "authority_code, as_known"}
_VIEW_WORDS = {
    "": "{words} As each council's newest publication that stands has it.",
    "_as_known": "{words} As known on every night that has a publication that stands: ask for one as_known.",
}
_HAS_KEY = text("select true from pg_constraint where conrelid = cast(:table as regclass) and contype = 'p'")
_LIVES_BETWEEN = ("known_from", "known_to")
Words = dict[str | None, str]
_LEDGER_WORDS: Words = {
    "publication_id": "The publication, as in published.publication.",
    "as_known": "Last whole day that the publication covers: the night.",
}


def deploy_marts(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """Make or migrate histories and views; says what changed. Raises ConfigurationError on a retyped
    column.
    """
    changes = []
    for mart in marts:
        changes += [*_history(connection, mart), *_keys(connection, mart)]
        changes += [f"view {mart.view}{suffix} made" for suffix in VIEWS if _view(connection, mart, suffix)]
    return changes + _without_contract(connection, marts)


def _history(connection: Connection, mart: Mart) -> list[str]:
    name = mart.history
    # An empty table of the contract's columns says how PostgreSQL writes their types.
    cells = ", ".join(f"{quote(column.name)} {column.data_type}" for column in mart.content)
    run(connection, f"create temporary table expected_columns ({cells})")
    expected = columns(connection, "pg_temp.expected_columns")
    run(connection, "drop table pg_temp.expected_columns")
    changes = []
    if not exists(connection, name):
        versions = ", ".join(f"{column} {data_type}" for column, data_type in VERSION_COLUMNS.items())
        run(connection, f"create table {name} ({cells}, {versions})")
        run(connection, f"alter table {name} alter column authority_code set not null")
        key = ", ".join(
            quote(column) for column in dict.fromkeys(("authority_code", *mart.key)) if column != "as_known"
        )
        run(connection, f"create unique index {quote(f'{mart.name}_key')} on {name} ({key}, known_from)")
        run(
            connection,
            f"create index {quote(f'{mart.name}_picture')} on {name} (authority_code, known_from, known_to)",
        )
        changes.append(f"table {name} made")
    there = columns(connection, name)
    if retyped := [
        column for column, data_type in expected.items() if there.get(column, data_type) != data_type
    ]:
        raise ConfigurationError(
            f"column {retyped[0]} of mart {mart.name} is {expected[retyped[0]]} in its contract and "
            f"{there[retyped[0]]} in what was published: give the new column another name"
        )
    for column, data_type in expected.items():
        if column not in there:
            run(connection, f"alter table {name} add column {quote(column)} {data_type}")
            changes.append(f"column {name}.{column} added")
    words = _words(mart) | VERSION_WORDS | {None: f"Row versions of {mart.view}: read that view instead."}
    if describe(connection, "table", name, words):
        changes.append(f"words of {name} set")
    return changes


def _keys(connection: Connection, mart: Mart) -> list[str]:
    """Declare what names a version of a row, and between which publications it holds, where that is not yet
    declared: tools that read a model from a database find the star in it.
    """
    if connection.scalar(_HAS_KEY, {"table": mart.history}):
        return []
    names = {suffix: quote(f"{mart.name}_{suffix}") for suffix in ("key", "pkey", *_LIVES_BETWEEN)}
    add = f"alter table {mart.history} add constraint"
    run(connection, f"{add} {names['pkey']} primary key using index {names['key']}")
    for column in _LIVES_BETWEEN:
        run(connection, f"{add} {names[column]} foreign key ({column}) references published.publication")
    return [f"keys of {mart.history} declared"]


def _view(connection: Connection, mart: Mart, suffix: str) -> bool:
    """Make one of a mart's views; says whether it changed."""
    words: Words = {None: _VIEW_WORDS[suffix].format(words=mart.description).strip()}
    return deploy_view(
        connection, mart.view + suffix, _definition(mart, suffix), _LEDGER_WORDS | _words(mart) | words
    )


def view_columns(mart: Mart) -> list[str]:
    """The columns of a mart's views, each of the ledger (p) or of the history (h)."""
    names = [column for column in mart.column_names if column != "as_known"]
    return ["p.publication_id", *(f"h.{quote(name)}" for name in names), "p.as_known"]


def _definition(mart: Mart, suffix: str) -> str:
    cells = ", ".join(view_columns(mart))
    return _VIEW.format(cells=cells, standing=_STANDING.format(each=VIEWS[suffix]), history=mart.history)


def _words(mart: Mart) -> Words:
    return {column.name: column.description for column in mart.columns}


def _without_contract(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """Drop the views of marts that have no contract any more: nothing fills them. Their history stays."""
    mine = {mart.view + suffix for mart in marts for suffix in VIEWS}
    histories = connection.scalars(
        text(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_schema = any(:schemas) and table_type = 'BASE TABLE' "
            "and table_name like '%\\_history'"
        ),
        {"schemas": list(SCHEMAS)},
    ).all()
    changes = []
    for view in (history.removesuffix("_history") + suffix for history in histories for suffix in VIEWS):
        if view not in mine and exists(connection, view):
            run(connection, f"drop view {view}")
            changes.append(f"view {view} dropped: its mart has no contract")
    return changes
