"""Audits, progress updates and care planning alerts of a messy source."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.property.messy import YES_OR_NO, Messy

ALERT_TEMPLATES = ("Care Planning Alert", " care planning  ALERT")
RATINGS = ("Good", " outstanding", "GOOD ", "Requires improvement", "Inadequate", "good enough", " ", None)
CATEGORIES = ("Health", " drift or  DELAY", "Permanence", "no such", " ", None)
KINDS_SAID = {"AlertType": ("Formal", "informal ", "no such", None), "Category": CATEGORIES}


def an_audit(source: Messy, records: list[Any], starts: list[date]) -> None:
    """An audit whose form is somebody's, nobody's, or in no list of forms at all."""
    chance = source.chance
    form = chance.choices((next(source.ids), -1, None), (20, 1, 1))[0]
    if form and form > 0 and chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=chance.choice(records))
    around = chance.choice((*starts, source.day()))
    for question, said in (
        ("AuditDate", source.typed(around + timedelta(days=chance.choice((-1, 0, 1, 30, 200))))),
        ("auditdate", source.typed(source.day())),
        ("SmartRating", chance.choice(RATINGS)),
        ("SmartRating", chance.choice(RATINGS)),
        ("ChildFocused", chance.choice(YES_OR_NO)),
    ):
        if chance.random() < 0.7:
            source.answer(
                form, chance.choice(("Review Quality Audit", " review quality audit")), question, said
            )


def an_update(source: Messy, records: list[Any], starts: list[date]) -> None:
    """A progress update around the days on which reviews are held."""
    chance = source.chance
    form = chance.choices((next(source.ids), -1, None), (20, 1, 1))[0]
    if form and form > 0 and chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=chance.choice(records))
    day = chance.choice((*starts, source.day())) + timedelta(
        days=chance.choice((0, 1, 27, 28, 29, 60, 100, 120))
    )
    for question, said in (
        ("UpdateDate", source.typed(day)),
        ("updatedate ", source.typed(source.day(day, 2))),
        ("ChildSpokenTo", chance.choice(YES_OR_NO)),
        ("childspokento", chance.choice(YES_OR_NO)),
    ):
        if chance.random() < 0.7:
            source.answer(
                form, chance.choice(("IRO Progress Update", " iro progress  UPDATE")), question, said
            )


def an_alert(source: Messy, person: int | None, raised: date) -> None:
    """A form with none, one or several answers on when an alert was raised and resolved."""
    chance = source.chance
    form = next(source.ids)
    if chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=person)
    resolved = raised + timedelta(days=chance.choice((-3, 0, 1, 5, 14, 26, 27, 28, 29, 30, 31, 60, 400)))
    for question, day, times in (
        ("RaisedDate", raised, chance.choice((0, 1, 1, 1, 1, 2))),
        (" resolveddate", resolved, chance.choice((0, 0, 1, 1, 1, 2))),
        ("Stage1Date", raised, chance.choice((0, 1))),
        ("stage3date ", raised, chance.choice((0, 0, 1, 2))),
        ("Stage6Date", raised, chance.choice((0, 0, 0, 1))),
        ("AlertType", None, chance.choice((0, 1, 2))),
        ("Category", None, chance.choice((0, 1, 2, 3))),
        ("Agency", None, chance.choice((0, 1))),
    ):
        for _ in range(times):
            shown = day and source.written(chance.choice((day, day, day, source.day(day, 2))))
            source.add(
                "fact_form_answers",
                fact_form_answer_id=next(source.ids),
                fact_form_id=form,
                dim_assessment_template_id_desc=chance.choice(ALERT_TEMPLATES),
                answer_no=question,
                answer=shown if day else chance.choice(KINDS_SAID.get(question, ("an agency", " ", None))),
                answered_dttm=source.answered(),
            )
