"""Which record a finding is about, in words by which a worker finds it in the record system.

A form has no id that lasts, so it is told by what it is, whose it is and when it was begun. No name, and no
text of the source: what a form is stands as the council's own site map calls it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from care_reviews.validation.code_lists import folded_words, templates
from care_reviews.web.text import day

# As `queries/findings` keeps a form's key, with a `?` in place of what a key may not have:
# `12/34 2019-05-01 10:00:00#1`, or `-/34 undated#1`.
_FORM = re.compile(
    r"(?P<key>(?P<meeting>\d+|-)\?(?P<person>\d+) "
    r"(?P<begun>undated|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\S*\?(?P<number>\d+))$"
)
_SUBJECT = re.compile(r"(\d+) (-?\d+)")
_QUARANTINED = re.compile(r"quarantine ([0-9a-f-]{36})")

_TEMPLATES = text(
    "select distinct on (key) key, template from ("
    "select regexp_replace(form_key, '[^0-9A-Za-z :.|-]', '?', 'g') as key, "
    "dim_assessment_template_id_desc as template from landing.lcs__fact_form_answers "
    "where authority_code = :authority_code and known_to is null) as forms "
    "where key = any(:keys) order by key, template"
)


def record_words(table_name: str, record_key: str, person_id: str | None, forms: Mapping[str, str]) -> str:
    """The record that a finding's table and key stand for. `person_id`: whose it is, as far as that is known;
    `forms`: form key → what the form is called.
    """
    if found := _FORM.search(record_key):
        return _form_words(found, forms.get(found["key"], "form"))
    if not record_key:
        return "without a key"
    if found := _QUARANTINED.fullmatch(record_key):
        return f"a row of {_person(person_id)} that cannot be read, {found[1]} in landing.quarantine"
    if table_name == "fact_meeting_subjects" and (found := _SUBJECT.fullmatch(record_key)):
        return f"meeting {found[1]}, {_person(found[2])}"
    return f"person {record_key}" if table_name == "dim_person" else record_key


def forms_of(connection: Connection, authority_code: str, record_keys: Iterable[str]) -> dict[str, str]:
    """What the forms among these records are called in the site map, by their keys, as they are there now."""
    keys = [found["key"] for found in map(_FORM.search, record_keys) if found]
    names = {folded_words(name): name for name in templates(authority_code)}
    rows = connection.execute(_TEMPLATES, {"authority_code": authority_code, "keys": keys}) if keys else ()
    told = {row.key: names.get(folded_words(row.template or "")) for row in rows}
    return {key: name for key, name in told.items() if name}


def _form_words(found: re.Match[str], name: str) -> str:
    meeting = "" if found["meeting"] == "-" else f" at meeting {found['meeting']}"
    begun = "without a date" if found["begun"] == "undated" else f"begun {_moment(found['begun'])}"
    number = "" if found["number"] == "1" else f", number {found['number']} of that moment"
    return f"{name} of person {found['person']}{meeting}, {begun}{number}"


def _moment(begun: str) -> str:
    try:
        told = dt.datetime.fromisoformat(begun)
    except ValueError:  # a moment of an answer that could not be read, because there is none like it
        return begun
    return f"{day(told)}, {told:%H:%M}"


def _person(key: str | None) -> str:
    return "nobody" if key in (None, "-1") else f"person {key}"
