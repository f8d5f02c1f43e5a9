"""Progress updates between reviews. Counts come as pairs: how many, out of how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from .after_review import Pair, last_answers
from .care import Person, form_owners
from .readable import UPDATE_TEMPLATE, code, typed_date, words
from .reviews import HeldReview
from .source_rows import Source


class Interval(NamedTuple):
    """From one review to the next of a period of care."""

    person: Person
    later: date
    updated: bool
    with_child: bool


def intervals(source: Source, known: dict[int, Person], reviews: list[HeldReview]) -> list[Interval]:
    updates = progress_updates(source, known)
    of_period = defaultdict(list)
    for review in reviews:
        of_period[review.period].append(review.held_on)
    found = []
    for period, days in of_period.items():
        for earlier, later in pairwise(sorted(days)):
            between = [spoken for day, spoken in updates[period.person] if earlier < day < later]
            found.append(Interval(period.person, later, bool(between), any(between)))
    return found


def progress_updates(source: Source, known: dict[int, Person]) -> dict[Person, list[tuple[date, bool]]]:
    """The dated updates of each person, and whether the child was spoken to."""
    owner = form_owners(source, known)
    rows = [
        row
        for row in source.fact_form_answers
        if words(row.get("dim_assessment_template_id_desc")) == UPDATE_TEMPLATE and words(row.get("answer"))
    ]
    found: dict[Person, list[tuple[date, bool]]] = defaultdict(list)
    for form_id, answers in last_answers(rows).items():
        person, day = owner.get(form_id), typed_date(answers.get("updatedate"))
        if person is not None and day is not None:
            found[person].append((day, code(answers.get("childspokento")) in {"Y", "YES"}))
    return found


def update_shares(of_council: list[Interval], span: Container[object]) -> dict[str, Pair]:
    completed = [each for each in of_council if each.later in span]
    updated = [each for each in completed if each.updated]
    return {
        "progress_update_coverage": (len(updated), len(completed)),
        "progress_update_with_child": (sum(each.with_child for each in updated), len(updated)),
    }
