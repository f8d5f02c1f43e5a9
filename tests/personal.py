"""What a source holds of people, and the one search for it in everything that a night writes: pages, logs,
what Airflow keeps of tasks, reports, open data.

A value is found however it is spelled: in any case, with straight or curled apostrophes or none, with hyphens
or blanks, escaped for HTML, JSON or an address; a day in every form, a number with or without separators.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from sqlalchemy import Engine, text

from care_reviews.web.text import day

SCHEMA = "child_social"
# Records that were made to try the system out have names of nobody, in words that pages use.
NAMES = (
    "select forename from {s}.dim_person where is_client is distinct from 'N' "
    "union select surname from {s}.dim_person where is_client is distinct from 'N' "
    "union select forename from {s}.dim_worker union select surname from {s}.dim_worker"
)
NUMBERS = (
    "select nhs_number from {s}.dim_person union select upn from {s}.dim_person "
    "union select staff_id from {s}.dim_worker"
)
POSTCODES = "select postcode from {s}.fact_cla_placement where postcode ~ '[0-9]'"
# Answers that long are in people's own words.
TEXTS = (
    "select note_text from {s}.fact_casenotes union select meeting_comments from {s}.fact_meetings "
    "union select answer from {s}.fact_form_answers where length(answer) > 40"
)
# 1900-01-01 stands for no date.
BORN = "select birth_dttm::date::text from {s}.dim_person where birth_dttm > '1900-01-01'"
IDENTIFIERS = (
    "select table_name, column_name from information_schema.columns where table_schema = '{s}' "
    "and (column_name like '%\\_id' or column_name = 'legacy_id') and data_type = 'bigint'"
)
# Added to every identifier of a source, so that no count, year or port is one by chance. What is picked by a
# remainder stays what it was.
FAR_AWAY = 4_000_000_000_000
# Days that the product writes: of nights, definitions, periods and publications.
SHOWN_DAYS = (
    "select as_known from audit.extract "
    "union select valid_from from published.kpi_definition_history "
    "union select period_start from published.kpi_value_history "
    "union select period_end from published.kpi_value_history "
    "union select published_at::date from published.publication"
)
# Numbers that runs are known by, and parts of seconds: chance makes them look like numbers of people.
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=\d\d:\d\d:\d\d)[.,]\d+")
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})|\\+[nrt]")
BEFORE_A_TIME = re.compile(r"(?<=\d)T(?=\d\d:?\d\d)")
SEPARATED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
APOSTROPHES = re.compile("['`´\u2018\u2019\u02bc\u2032\ufffd]")
# A decimal is one number: what stands behind its point is no day of the month that follows.
TOKEN = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])|[^\W_]+")

Tokens = tuple[str, ...]


def values_of(source: Engine, warehouse: Engine) -> dict[str, set[str]]:
    """Kind → every value of people that the source holds, but for birth dates that are days of the warehouse
    as well. Its identifiers are such that `renumber` gave.
    """
    found = {
        "names": names(source),
        "numbers": numbers(source),
        "identifiers": identifiers(source),
        "birth dates": birth_dates(source, warehouse),
        "postcodes": _values(source, POSTCODES),
        "texts": texts(source),
    }
    for kind, values in found.items():
        assert len(values) > 10, kind  # who looks for nothing finds nothing
    assert all(int(value) > FAR_AWAY for value in found["identifiers"])
    return found


class Search:
    """Looks for values of people: kind → values, each as the source has it."""

    def __init__(self, sought: Mapping[str, Iterable[str]]) -> None:
        self._meant: dict[Tokens, set[tuple[str, str]]] = {}
        for kind, values in sought.items():
            for value in values:
                for spelling in spellings(value):
                    self._meant.setdefault(spelling, set()).add((kind, value))
        self._lengths: dict[str, set[int]] = {}
        for spelling in self._meant:
            self._lengths.setdefault(spelling[0], set()).add(len(spelling))

    def __call__(self, words: str) -> dict[str, set[str]]:
        """Kind → the values that stand in a text; nothing where none does."""
        found: dict[str, set[str]] = {}
        for tokens in readings(words):
            for place, token in enumerate(tokens):
                for length in self._lengths.get(token, ()):
                    for kind, value in self._meant.get(tuple(tokens[place : place + length]), ()):
                        found.setdefault(kind, set()).add(value)
        return found

    def in_files(self, texts: Mapping[str, str]) -> dict[str, dict[str, set[str]]]:
        """Name of a file → what is found in it; only those in which something is."""
        return {name: found for name, words in texts.items() if (found := self(words))}


def spellings(value: str) -> set[Tokens]:
    """How a value may stand in a text, as tokens: also in one word (not of few figures, which may be any
    number), and an NHS number as it is printed.
    """
    found = {tuple(tokens) for tokens in readings(value) if tokens}
    in_one = {"".join(tokens) for tokens in found if len(tokens) <= 3}
    found |= {(word,) for word in in_one if not word.isdecimal() or len(word) >= 8}
    found |= {
        (word[:3], word[3:6], word[6:])
        for (word, *more) in found
        if not more and re.fullmatch(r"\d{10}", word)
    }
    return found


def readings(words: str) -> Iterator[list[str]]:
    """The words and numbers of a text in the one form in which they are compared. An apostrophe may be part
    of a name or stand behind one: where there are any, and separators of thousands, both readings.
    """
    words = CHANCE.sub(" ", ESCAPED.sub(_unescaped, words))
    words = BEFORE_A_TIME.sub(" ", unquote(unescape(words)))
    folded = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", words)).casefold()
    folded = re.sub("[\u0300-\u036f]", "", folded)
    yield TOKEN.findall(folded)
    joined = SEPARATED.sub("", folded.replace("'", ""))
    if joined != folded:
        yield TOKEN.findall(joined)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else " "


def names(source: Engine) -> set[str]:
    return {value.strip() for value in _values(source, NAMES)}


def numbers(source: Engine) -> set[str]:
    """NHS numbers, pupil numbers and staff numbers."""
    return {value for value in _values(source, NUMBERS) if re.search(r"\d", value)}


def texts(source: Engine) -> set[str]:
    """Free text."""
    return {value.strip() for value in _values(source, TEXTS) if len(value.strip()) > 4}


def birth_dates(source: Engine, warehouse: Engine) -> set[str]:
    """Every form of every birth date but those that are days of the warehouse as well."""
    with warehouse.connect() as connection:
        shown = set(connection.scalars(text(SHOWN_DAYS)))
    return written({dt.date.fromisoformat(value) for value in _values(source, BORN)} - shown)


def written(days: set[dt.date]) -> set[str]:
    """Days in every form in which one may be written."""
    return {
        form
        for each in days
        for form in (
            each.isoformat(),
            f"{each:%d/%m/%Y}",
            f"{each.day}/{each.month}/{each.year}",
            day(each),
            f"{each:%d %B %Y}",
            f"{each.day} {each:%b %Y}",
            f"{each:%d %b %Y}",
            f"{each:%B} {each.day}, {each.year}",
        )
    }


def identifiers(source: Engine) -> set[str]:
    """Identifiers of people, workers, departments and records; -1 and 0 name none."""
    found: set[str] = set()
    for table, column in _identifying(source):
        found |= _values(source, f"select {column}::text from {{s}}.{table} where {column} > 0")
    return found


def renumber(source: Engine) -> None:
    """Give every record of a source that was just filled an identifier that nothing else looks like."""
    columns: dict[str, list[str]] = {}
    for table, column in _identifying(source):
        columns.setdefault(table, []).append(column)
    with source.begin() as connection:
        for table, ids in columns.items():
            # All of a row at once: a statement sees keys that are free, as those far away are.
            moved = ", ".join(
                f"{name} = {name} + case when {name} > 0 then {FAR_AWAY} else 0 end" for name in ids
            )
            connection.execute(text(f"update {SCHEMA}.{table} set {moved}"))


def _identifying(source: Engine) -> list[tuple[str, str]]:
    with source.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(IDENTIFIERS.format(s=SCHEMA)))]


def _values(source: Engine, query: str) -> set[str]:
    """What a query of one column of text gives, without nulls."""
    with source.connect() as connection:
        return set(connection.scalars(text(query.format(s=SCHEMA)))) - {None}
