"""Which rows can be read, and what their dates, keys and texts say once the noise is off."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time
from functools import cache
from typing import Any

from .due_dates import add_months
from .one_row_a_key import one_row_a_key
from .source_rows import Row, Source, is_date_column

NO_DATE = date(1900, 1, 1)
EARLIEST_FACT = date(1990, 1, 1)
EARLIEST_BIRTH = date(1920, 1, 1)

OUTCOMES_TEMPLATE = "cla review outcomes"
ALERT_TEMPLATE = "care planning alert"
AUDIT_TEMPLATE = "review quality audit"
UPDATE_TEMPLATE = "iro progress update"
# The answers of each template that are dates.
TYPED_DATES = {
    OUTCOMES_TEMPLATE: {
        "firstmeetingdate",
        "lastmeetingdate",
        "outcomescompleteddate",
        "recordcompleteddate",
        "recorddistributeddate",
    },
    ALERT_TEMPLATE: {"raiseddate", "resolveddate", *(f"stage{number}date" for number in range(1, 7))},
    AUDIT_TEMPLATE: {"auditdate"},
    UPDATE_TEMPLATE: {"updatedate"},
}


class UnreadableDate(ValueError):
    """A value that is no date, or a date that cannot be true."""


def key(value: Any) -> int | None:
    """A key, or None where it points at no row: null and -1."""
    return None if value is None or int(value) == -1 else int(value)


def words(value: Any) -> str:
    """A text in lower case with single blanks and no line breaks; null is empty."""
    return "" if value is None else folded(str(value))


@cache
def folded(value: str) -> str:
    return " ".join(value.split()).casefold()


def code(value: Any) -> str:
    """A code in upper case without blanks around it; null is empty."""
    return words(value).upper()


def moment(value: Any) -> datetime | None:
    """A date with its time of day, as the source holds it; null, blank and 1900-01-01 are None."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime.combine(value, time())
    else:
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise UnreadableDate from None
    return None if found.date() == NO_DATE else found.replace(tzinfo=None)


@cache
def typed_date(answer: str | None) -> date | None:
    """A date typed into a form, as YYYY-MM-DD or DD/MM/YYYY."""
    typed = (answer or "").strip()
    if not typed:
        return None
    for layout in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(typed, layout).date()
        except ValueError:
            continue
        return None if found == NO_DATE else found
    raise UnreadableDate


def readable(source: Source, as_known: date) -> Source:
    """The rows whose every date can be true, one a key, dates made dates: the rest is as if it were not."""
    latest_fact = add_months(as_known, 3 * 12)
    latest_birth = add_months(as_known, 12)

    def check(day: date | None, earliest: date, latest: date) -> None:
        if day is not None and not earliest <= day <= latest:
            raise UnreadableDate

    def read(row: Row) -> Row:
        out = dict(row)
        for name, value in row.items():
            if not is_date_column(name):
                continue
            found = moment(value)
            # The time of day serves only to tell which form was answered last.
            out[name] = found if name == "answered_dttm" else found and found.date()
            if name == "birth_dttm":
                check(found and found.date(), EARLIEST_BIRTH, latest_birth)
            else:
                check(found and found.date(), EARLIEST_FACT, latest_fact)
        template = words(row.get("dim_assessment_template_id_desc"))
        if words(row.get("answer_no")) in TYPED_DATES.get(template, set()):
            check(typed_date(row.get("answer")), EARLIEST_FACT, latest_fact)
        return out

    tables = {}
    for each in fields(source):
        rows = []
        for row in getattr(source, each.name):
            try:
                rows.append((row, read(row)))
            except UnreadableDate:
                continue
        tables[each.name] = one_row_a_key(each.name, rows)
    return Source(**tables)


def is_outcomes_answer(row: Row) -> bool:
    """Whether an answer stands in an outcome form of a review."""
    return words(row.get("dim_assessment_template_id_desc")) == OUTCOMES_TEMPLATE


def is_audit_answer(row: Row) -> bool:
    """Whether an answer stands in an audit of a review."""
    return words(row.get("dim_assessment_template_id_desc")) == AUDIT_TEMPLATE
