"""What a source holds of people, to be looked for in everything that a night writes."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

from sqlalchemy import Engine, text

from care_reviews.web.text import day

SCHEMA = "child_social"
NAMES = (
    "select forename from {s}.dim_person union select surname from {s}.dim_person "
    "union select forename from {s}.dim_worker union select surname from {s}.dim_worker"
)
# The name of records that were made to try the system out: a name of nobody.
NOBODY = {"Child", "Record"}
NUMBERS = (
    "select nhs_number from {s}.dim_person union select upn from {s}.dim_person "
    "union select staff_id from {s}.dim_worker"
)
TEXTS = (
    "select note_text from {s}.fact_casenotes union select meeting_comments from {s}.fact_meetings "
    "union select postcode from {s}.fact_cla_placement"
)
BORN = "select birth_dttm::date::text from {s}.dim_person"
IDENTIFIERS = (
    "select table_name, column_name from information_schema.columns where table_schema = '{s}' "
    "and (column_name like '%\\_id' or column_name = 'legacy_id') and data_type = 'bigint'"
)
# Days that the product writes: of nights, definitions, periods and publications.
SHOWN_DAYS = (
    "select as_known from audit.extract "
    "union select valid_from from published.kpi_definition_history "
    "union select period_start from published.kpi_value_history "
    "union select period_end from published.kpi_value_history "
    "union select published_at::date from published.publication"
)
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}")
# Numbers that runs are known by, and moments: chance makes their parts look like numbers of records.
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|T\d\d:\d\d:\d\d\.\d+")


def tokens_of(words: str) -> set[str]:
    """Every word and number of a text, as it stands in a file and as a browser shows it."""
    words = CHANCE.sub(" ", words)
    return set(re.findall(r"\w+", words)) | set(re.findall(r"\w+", unescape(words)))


def names(source: Engine) -> set[str]:
    return _values(source, NAMES) - NOBODY


def numbers(source: Engine) -> set[str]:
    """NHS numbers, pupil numbers and staff numbers."""
    return {value for value in _values(source, NUMBERS) if re.search(r"\d", value)}


def texts(source: Engine) -> set[str]:
    """Free text and postcodes."""
    return {value.strip() for value in _values(source, TEXTS) if len(value.strip()) > 4}


def birth_dates(source: Engine, warehouse: Engine) -> set[str]:
    """Every form of every birth date but those that are days of the warehouse as well."""
    with warehouse.connect() as connection:
        shown = set(connection.scalars(text(SHOWN_DAYS)))
    return written({dt.date.fromisoformat(value) for value in _values(source, BORN)} - shown)


def written(days: set[dt.date]) -> set[str]:
    """Days in every form in which one may be written."""
    return {form for each in days for form in (each.isoformat(), f"{each:%d/%m/%Y}", day(each))}


def identifiers(source: Engine) -> set[str]:
    """Identifiers of people, workers and records, of four digits or more."""
    with source.connect() as connection:
        columns = connection.execute(text(IDENTIFIERS.format(s=SCHEMA))).all()
    found: set[str] = set()
    for table, column in columns:
        found |= _values(source, f"select {column}::text from {{s}}.{table}")
    return {value for value in found if len(value) > 3}


def _values(source: Engine, query: str) -> set[str]:
    """What a query of one column of text gives, without nulls."""
    with source.connect() as connection:
        return set(connection.scalars(text(query.format(s=SCHEMA)))) - {None}
