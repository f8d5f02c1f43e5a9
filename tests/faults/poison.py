"""Rows that nothing may trip over, one set for every table of the source, and what must become of each.

Every row is a copy of a real one with a key of its own and one thing wrong, so that taking it for what it is
not would change the measures.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, String, text

from care_reviews.demo.tables import metadata
from care_reviews.source.catalog import Column, Table

# A word that stands in every poisoned text: it may be in landing and in quarantine, and nowhere else.
MARK = "Zaphod"
NEW_KEYS = 900_000_000_000

DATES = {
    "0219-03-01": "is before",
    "2109-03-01": "after the night",
    "infinity": "is not a date",
    "-infinity": "is not a date",
    "0044-03-15 BC": "is not a date",
    "12019-03-01": "is not a date",
}
TEXTS = (
    f"{MARK}\\N",
    f"\\N{MARK}\\",
    f"{MARK}\\.\n\\.\n",
    f"{MARK}\ta\tb\r\nc\x0bd",
    f"{MARK}'; drop table landing.lcs__dim_person; --",
    f'{MARK} "quoted", ""twice"", \'\' and $$',
    f"<script>alert('{MARK}')</script>&amp;<!--",
    f"{MARK} {{{{ 1 / 0 }}}} {{% raw %}} %s %(x)s :name ${{x}}",
    f"{MARK} \x01\x07\x1b[31m\x7f\u0085\u200b\u202e\ufeff\U0001f480",
    f"{MARK} \u2019\u2018\xa0\u2003NULL",
    f'=HYPERLINK("https://{MARK}.example/","{MARK}")',
    f"+{MARK}|' /C calc'!A0",
    f"-1+{MARK}",
    f"@SUM({MARK}!A1)",
    f"\t={MARK}",
    f'"={MARK}"',
    MARK + "x" * 1_000_000,
)
EVERYTHING = "\n".join(TEXTS)
ANSWER_DATES = {
    "31/02/2020": "is not a date",
    "2020-02-30": "is not a date",
    "yesterday": "is not a date",
    "1/2": "is not a date",
    "20200301": "is not a date",
    "0219-01-01": "is before",
    "01/01/2109": "after the night",
}
# Columns that say which answer a row holds: of one that the site map does not name nothing is read.
NAMING = ("dim_assessment_template_id_desc", "answer_no")
_CODES = itertools.count()


@dataclass
class Poisoned:
    """What was put into a table: rows for quarantine by part of the reason, texts that must land as is, texts
    of rows that must not be read at all.
    """

    quarantined: dict[str, int] = field(default_factory=dict)
    landed: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def expect(self, reason: str) -> None:
        self.quarantined[reason] = self.quarantined.get(reason, 0) + 1


def poison(source: Connection, table: Table) -> Poisoned:
    """Put poison into a table of the source, whose search path leads to it."""
    found = Poisoned()
    _loosen(source, table)
    keys = iter(range(NEW_KEYS, NEW_KEYS + 1000))
    base, dated = (_readable(source, table, name) for name in ("ICSParticipationCode", "FirstMeetingDate"))
    for column, value, reason in _wrong_values(table):
        changes = {name: next(keys) for name in _key(table)} | {column.name: value}
        _add(source, table, dated if value in ANSWER_DATES else base, changes)
        if reason:
            found.expect(reason)
        elif isinstance(value, str):
            (found.unread if column.name in NAMING else found.landed).append((column.name, value))
    for name in _unread_texts(table):
        source.execute(
            text(
                f"update {table.name} set {name} = :words "
                f"where ctid in (select ctid from {table.name} limit 5)"
            ),
            {"words": EVERYTHING},
        )
    return found


def _wrong_values(table: Table) -> Iterator[tuple[Column, Any, str]]:
    for column in table.columns:
        if column.kind in ("moment", "birth"):
            for date, reason in DATES.items():
                yield column, date, reason
        elif column.kind == "key":
            yield column, None, "is empty"
            yield column, -1, ""
        elif column.kind == "ref":
            for number in (None, -1, 2**63 - 1, -(2**63)):
                yield column, number, ""
        else:
            for words in (*TEXTS, None):
                yield column, words, ""
        if column.name == "answer":
            for date, reason in ANSWER_DATES.items():
                yield column, date, reason


def _add(source: Connection, table: Table, base: dict[str, Any], changes: dict[str, Any]) -> None:
    """A copy of a row, with some changes."""
    if not _key(table) and "main_code" in table.names:
        changes = {"main_code": f"{MARK} {next(_CODES)}"} | changes
    source.execute(
        text(
            f"insert into {table.name} "
            f"select (jsonb_populate_record(null::{table.name}, cast(:row as jsonb))).*"
        ),
        {"row": json.dumps(base | changes)},
    )


def _readable(source: Connection, table: Table, question: str) -> dict[str, Any]:
    """The first row of a table that can be read, before it is poisoned; of answers one to a question."""
    readable = [
        f"{column.name} between '1990-01-02' and '2020-03-31'"
        for column in table.columns
        if column.kind == "moment"
        and not column.name.startswith(("end", "care_end", "death", "dupl", "refrl_end"))
    ]
    if table.name == "fact_form_answers":
        readable.append(f"answer_no = '{question}' and answer is not null")
    found = source.scalar(
        text(
            f"select to_jsonb(t) from {table.name} as t where {' and '.join(readable) or 'true'} "
            'order by t::text collate "C" limit 1'
        )
    )
    return dict(found)


def _unread_texts(table: Table) -> list[str]:
    """Columns of text that the source has and the product does not read: names, notes, postcodes."""
    columns = metadata.tables[table.name].columns
    return [each.name for each in columns if isinstance(each.type, String) and each.name not in table.names]


def _key(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.kind == "key"]


def _loosen(source: Connection, table: Table) -> None:
    """A copy for reporting has no constraints, and may keep as text what is a number elsewhere."""
    source.execute(text(f"alter table {table.name} drop constraint if exists {table.name}_pkey"))
    for column in table.columns:
        name = f"alter column {column.name}"
        source.execute(text(f"alter table {table.name} {name} drop not null"))
        if column.kind in ("text", "code", "flag"):
            source.execute(text(f"alter table {table.name} {name} type text"))
