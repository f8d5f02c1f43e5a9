"""Fragments of SQL that the batches are made of: pictures of landing, readable values, and flags.

A flag says `(what must hold) is not true`: where the answer is unknown the row is flagged, so that a null
can never pass for good unless what must hold says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection

from care_reviews.source.catalog import Column

WHOLE_NUMBER = "^(0|-?[1-9][0-9]{0,18})$"
SMALLEST, LARGEST = -(2**63), 2**63 - 1  # what a bigint holds
DECIMAL = r"^-?[0-9]+([.][0-9]+)?$"
LEAP_YEAR = "((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
DAY = (
    "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    f"|{LEAP_YEAR}-02-29)"
)
MOMENT = rf"^{DAY} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{{1,6}})?$"

NO_DATE = "1900-01-01"
EARLIEST_FACT = "1990-01-01"
EARLIEST_BIRTH = "1920-01-01"
YEARS_AHEAD = {"moment": 3, "birth": 1}


def run(connection: Connection, statement: str) -> None:
    """Execute a statement as it stands: no parameter and no `%` is looked for in it."""
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def literal(words: str) -> str:
    """A text as an SQL literal."""
    return "'" + words.replace("'", "''") + "'"


def literals(words: Iterable[str]) -> str:
    """Texts as the inside of an `in (…)`; never empty."""
    return ", ".join(literal(word) for word in words) or "null"


def flag(must_hold: str) -> str:
    return f"({must_hold}) is not true"


def truth(raised: bool | None) -> str:
    """What is known of a flag already, as SQL; None: it is not judged."""
    return f"{'null' if raised is None else str(raised).lower()}::boolean"


def folded(column: str) -> str:
    """A landed text in the form that staging compares texts in; null when nothing is left."""
    cleaned = rf"trim(regexp_replace({column}, '[\s\u00a0]+', ' ', 'g'))"
    return f"nullif(replace(lower({cleaned}), '’', ''''), '')"


def code(column: str) -> str:
    return f"upper({folded(column)})"


def says_yes(column: str) -> str:
    """Whether a landed flag says yes; what says nothing, or something else, does not."""
    return f"coalesce({code(column)} in ('Y', 'YES'), false)"


def says_no(column: str) -> str:
    """Whether a landed flag says no, likewise."""
    return f"coalesce({code(column)} in ('N', 'NO'), false)"


def names_a_row(column: str) -> str:
    """Whether a reference is there at all: null and -1 stand for none."""
    return f"coalesce({column}, '-1') <> '-1'"


def has_date(column: str) -> str:
    """Whether a landed moment is there at all: null and 1900-01-01 stand for none."""
    return f"coalesce(left({column}, 10), '{NO_DATE}') <> '{NO_DATE}'"


def can_be_cast(column: Column, source: str, as_known: dt.date) -> str | None:
    """What must hold of a landed value so that staging can cast it and it can be true; None: any text will
    do.
    """
    name = f"{source}.{column.name}"
    if column.kind in ("key", "ref"):
        return (
            f"case when {name} ~ '{WHOLE_NUMBER}' then {name}::numeric between {SMALLEST} and {LARGEST} "
            f"else {name} is null end"
        )
    if column.kind == "number":
        return f"({name} is null or {name} ~ '{DECIMAL}')"
    if column.kind in ("moment", "birth"):
        earliest = EARLIEST_BIRTH if column.kind == "birth" else EARLIEST_FACT
        latest = _years_after(as_known, YEARS_AHEAD[column.kind])
        return (
            f"({name} is null or {name} ~ '{MOMENT}' and (substr({name}, 1, 10) = '{NO_DATE}' "
            f"""or substr({name}, 1, 10) collate "C" between '{earliest}' and '{latest}'))"""
        )
    return None


def _years_after(day: dt.date, years: int) -> dt.date:
    """The corresponding date, or the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
