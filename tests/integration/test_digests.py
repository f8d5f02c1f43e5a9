"""Digests of sets of rows: the form of docs/evidence.md, computed a second time without a database."""

from __future__ import annotations

import datetime as dt
import hashlib
import runpy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from care_reviews.errors import ConfigurationError
from care_reviews.evidence.digests import Digest, digest_of
from care_reviews.evidence.inputs import NOTHING
from care_reviews.settings import PROJECT_ROOT
from care_reviews.warehouse.catalogue import columns

TYPES = {
    "b": "text",
    "a": "text",
    "count": "integer",
    "value": "numeric(9,4)",
    "day": "date",
    "is_on": "boolean",
}
ROWS: list[dict[str, object]] = [
    {"a": "x", "b": "y", "count": 1, "value": Decimal("12.5"), "day": dt.date(2020, 2, 29), "is_on": True},
    {"a": "x", "b": None, "count": -3, "value": Decimal("0"), "day": None, "is_on": False},
    {"a": "x", "b": None, "count": -3, "value": Decimal("0"), "day": None, "is_on": False},
    {
        "a": "back\\slash",
        "b": "tab\tline\nreturn\r",
        "count": None,
        "value": None,
        "day": None,
        "is_on": None,
    },
    {"a": "", "b": "café – ü", "count": 0, "value": Decimal("-0.0001"), "day": None, "is_on": None},
    {"a": None, "b": None, "count": None, "value": None, "day": None, "is_on": None},
]


def form(value: object) -> str:
    """A value as the page writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
    return str(value).translate(escapes)


def by_hand(rows: Iterable[Mapping[str, object]]) -> Digest:
    """What the page says, in Python."""

    def sha256(words: str) -> str:
        return hashlib.sha256(words.encode()).hexdigest()

    piles: dict[str, list[str]] = defaultdict(list)
    count = 0
    for row in rows:
        cells = [f"{name}={form(row[name])}" for name in sorted(row) if row[name] is not None]
        digest = sha256("\t".join(cells))
        piles[digest[:2]].append(digest)
        count += 1
    whole = "".join(sha256("".join(sorted(piles[first]))) for first in sorted(piles))
    return Digest(count, sha256(whole))


@pytest.fixture
def table(empty: Engine):
    """A function that fills a table and gives its digest."""

    def fill(rows: list[dict[str, object]]) -> Digest:
        cells = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
        with empty.begin() as connection:
            connection.execute(text(f"drop table if exists t; create table t ({cells})"))
            for row in rows:
                connection.execute(
                    text(f"insert into t ({', '.join(row)}) values ({', '.join(f':{n}' for n in row)})"), row
                )
            return digest_of(connection, "t", columns(connection, "t"))

    return fill


def test_it_is_the_form_that_is_described(table):
    assert table(ROWS) == by_hand(ROWS)
    many = [{**ROWS[0], "count": number} for number in range(700)]  # more rows than there are piles
    assert table(many) == by_hand(many)


@pytest.mark.parametrize("character", ["\\", "\t", "\n", "\r"])
@pytest.mark.parametrize("column", ["a", "b"])
def test_one_character_to_escape_is_enough(table, column, character):
    rows = [{**ROWS[0], column: f"before{character}after"}, ROWS[0]]
    assert table(rows) == by_hand(rows)


def test_the_code_on_the_page_gives_the_same(table, tmp_path):
    page = (PROJECT_ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    there = runpy.run_path(str(tmp_path / "page.py"))
    texts = [{name: None if value is None else form(value) for name, value in row.items()} for row in ROWS]
    assert there["digest"](texts) == table(ROWS).sha256
    assert there["digest"]([]) == NOTHING.sha256


def test_no_rows_have_a_digest(table):
    assert table([]) == by_hand([]) == NOTHING


def test_the_order_of_rows_counts_for_nothing(table):
    assert table(ROWS[::-1]) == table(ROWS)


@pytest.mark.parametrize(
    "change",
    [{"a": "z"}, {"b": None}, {"count": 2}, {"value": Decimal("12.5001")}, {"day": None}, {"is_on": False}],
)
def test_every_value_counts(table, change):
    assert table([ROWS[0] | change, *ROWS[1:]]) != table(ROWS)


def test_how_often_a_row_stands_counts(table):
    assert table(ROWS[:2]) != table(ROWS[:3])


def test_a_value_does_not_move_from_column_to_column(table):
    assert table([{"a": "x", "b": None}]) != table([{"a": None, "b": "x"}])
    assert table([{"a": "x\tb=y"}]) != table([{"a": "x", "b": "y"}])


def test_settings_of_the_session_count_for_nothing(table, empty: Engine):
    expected = table(ROWS)
    with empty.connect() as connection:
        connection.execute(
            text("set datestyle = 'German'; set lc_numeric = 'C'; set bytea_output = 'escape'")
        )
        assert digest_of(connection, "t", columns(connection, "t")) == expected


def test_another_column_leaves_the_digest_as_it_was(table, empty: Engine):
    expected = table(ROWS)
    with empty.begin() as connection:
        connection.execute(text("alter table t add column later text"))
        assert digest_of(connection, "t", columns(connection, "t")) == expected
        connection.execute(text("update t set later = '' where count = 1"))
        assert digest_of(connection, "t", columns(connection, "t")) != expected


def test_a_type_without_a_form_is_refused(empty: Engine):
    with (
        empty.connect() as connection,
        pytest.raises(ConfigurationError, match='"x" is double precision, which has no canonical form'),
    ):
        digest_of(connection, "(select 1.5::float8 as x)", {"x": "double precision"})
