"""Audits of the quality of a review. Counts come as pairs: how many, out of how many."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import NamedTuple

from .after_review import Pair, last_answers
from .care import Period, Person, form_owners
from .readable import code, is_audit_answer, typed_date, words
from .source_rows import Source

GOOD = {"good", "outstanding"}
NOT_GOOD = {"requires improvement", "inadequate"}


class Audit(NamedTuple):
    person: Person
    day: date
    answers: dict[str, str]


def audits(source: Source, known: dict[int, Person], periods: list[Period]) -> list[Audit]:
    """The dated audits of children whom a period of care had begun for by then."""
    first_in_care: dict[Person, date] = {}
    for period in periods:
        first_in_care[period.person] = min(period.start, first_in_care.get(period.person, date.max))
    owner = form_owners(source, known)
    rows = [row for row in source.fact_form_answers if is_audit_answer(row) and words(row.get("answer"))]

    found = []
    for form_id, answers in last_answers(rows).items():
        person, day = owner.get(form_id), typed_date(answers.get("auditdate"))
        if person is not None and day is not None and first_in_care.get(person, date.max) <= day:
            found.append(Audit(person, day, answers))
    return found


def audit_shares(audited: list[Audit], span: Container[object]) -> dict[str, Pair]:
    in_span = [audit.answers for audit in audited if audit.day in span]
    ratings = [words(answers.get("smartrating")) for answers in in_span]
    rated_well = [rating in GOOD for rating in ratings]
    not_recorded = [rating not in GOOD | NOT_GOOD for rating in ratings]
    focused = [code(answers.get("childfocused")) in {"Y", "YES"} for answers in in_span]
    return {
        "smart_rating": (sum(rated_well), len(in_span)),
        "smart_rating_not_recorded": (sum(not_recorded), len(in_span)),
        "child_focused": (sum(focused), len(in_span)),
    }
