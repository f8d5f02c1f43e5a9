"""Digests of sets of rows, the same on every engine: docs/evidence.md describes the form.

A row is a text: `name=value` of each column that is not null, in the byte order of the names, with tabs
between. Left out nulls keep a digest as it was when a table is given another column. Rows are dealt into
piles by the first two digits of their hash, so that no engine has to hold all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from care_reviews.errors import ConfigurationError
from care_reviews.warehouse.catalogue import literal, quote

_ESCAPES = (
    ("chr(92)", "chr(92) || chr(92)"),
    ("chr(9)", "'\\t'"),
    ("chr(10)", "'\\n'"),
    ("chr(13)", "'\\r'"),
)
_PLAIN = re.compile(r"(smallint|integer|bigint|boolean|uuid|numeric(\(\d+,\d+\))?)")


@dataclass(frozen=True)
class Digest:
    """A set of rows: how many, and their digest, 64 hexadecimal digits."""

    rows: int
    sha256: str

    def as_record(self) -> dict[str, object]:
        return {"rows": self.rows, "sha256": self.sha256}


def digest_of(connection: Connection, relation: str, columns: Mapping[str, str]) -> Digest:
    """The digest of a relation, as SQL writes it in `from`. `columns`: name → PostgreSQL's type."""
    query = select_digest(f"select {row_hash(columns)} as hash from {relation} as counted")
    return read_digest(connection, query)


def read_digest(connection: Connection, query: str) -> Digest:
    """The one digest that a query of `select_digest` gives."""
    row = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).one()
    return Digest(row.rows, row.sha256)


def select_digest(hashes: str, by: str = "") -> str:
    """The query that gives `rows` and `sha256` of a query of row hashes (`hash`, see `row_hash`).

    `by`: columns of it, such as `a, b`, to give one of each group, in front.
    """
    groups = f"{by}, " if by else ""
    group_by = f"group by {by}" if by else ""
    pile = _hex_sha256("encode(string_agg(hash, ''::bytea order by hash), 'hex')")
    whole = _hex_sha256("coalesce(string_agg(pile, '' order by first), '')")
    # Without `offset 0` a hash would be made anew wherever it is named.
    return f"""select {groups}coalesce(sum(rows), 0)::bigint as rows, {whole} as sha256
from (
    select {groups}get_byte(hash, 0) as first, count(*) as rows, {pile} as pile
    from ({hashes} offset 0) as hashed
    group by {groups}get_byte(hash, 0)
) as piles
{group_by}"""


def row_hash(columns: Mapping[str, str]) -> str:
    """The SQL of a row's hash, 32 bytes. Raises ConfigurationError on a type that has no canonical form."""
    texts = [name for name, kind in columns.items() if kind == "text"]
    words = _words(columns, escaped=False)
    if texts:
        words = f"case when {has_escapes(texts)} then {_words(columns, escaped=True)} else {words} end"
    return sha256(words)


def has_escapes(texts: Iterable[str]) -> str:
    """The SQL that asks whether one of some columns has a character to escape: hardly any row has, and to
    look for one costs less than to replace it.
    """
    return f"concat({', '.join(map(quote, texts))}) ~ '[\\\\\\t\\n\\r]'"


def escape(cell: str) -> str:
    """The SQL of a text with its escapes."""
    for character, instead in _ESCAPES:
        cell = f"replace({cell}, {character}, {instead})"
    return cell


def sha256(words: str) -> str:
    """The SQL of the SHA-256 of a text in UTF-8, 32 bytes."""
    return f"sha256(convert_to({words}, 'UTF8'))"


def _words(columns: Mapping[str, str], escaped: bool) -> str:
    cells = [
        f"{literal(name + '=')} || {_form(quote(name), columns[name], escaped)}"
        for name in sorted(columns, key=str.encode)
    ]
    return f"concat_ws(chr(9), {', '.join(cells)})"


def _form(name: str, data_type: str, escaped: bool) -> str:
    """A value as text; null stays null."""
    plain = data_type.replace(", ", ",")
    if plain == "text":
        return escape(name) if escaped else name
    if plain == "date":
        return f"to_char({name}, 'YYYY-MM-DD')"
    if plain == "jsonb" or _PLAIN.fullmatch(plain):
        return f"{name}::{plain}::text"
    raise ConfigurationError(f"column {name} is {data_type}, which has no canonical form for a digest")


def _hex_sha256(words: str) -> str:
    return f"encode({sha256(words)}, 'hex')"
