"""Reviews of a messy source: meetings, subjects and outcome forms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.property.messy import YES_OR_NO, Messy

TEMPLATES = ("CLA Review Outcomes", "cla review  outcomes ")
SAID = (
    "Attended and spoke for self",
    "attended,  views represented by advocate ",
    "Attended, conveyed views non-verbally",
    "ATTENDED BUT DID NOT CONVEY VIEWS",
    "Did not attend, briefed advocate",
    "Did not attend, sent views",
    "Did not attend, views not conveyed",
    "Child under 4 at time of review",
    "pn5",
    "no such text",
    "  ",
    None,
)
OUTCOME_DATES = ("OutcomesCompletedDate", "RecordCompletedDate", "RecordDistributedDate ", "LastMeetingDate")
OUTCOME_FLAGS = ("WrittenToChild", "ChildCoChaired", "childspokentobefore", "SWReportReceived")


def a_review(source: Messy, records: list[Any], periods: list[tuple[int, date]]) -> None:
    """A meeting with its review rows, subjects and outcome forms."""
    chance = source.chance
    meeting = next(source.ids)
    period_id, start = chance.choice(periods) if periods else (-1, source.day())
    held = chance.choice(
        (
            start + timedelta(days=chance.choice((-1, 0, 1, 27, 28, 29, 30, 60, 118, 119, 120, 200, 400))),
            source.day(),
            None,
        )
    )
    source.add(
        "fact_meetings",
        fact_meeting_id=meeting,
        dim_lookup_mtg_type_id_code=chance.choices(("CLAR", "clar ", "CLARS", None), (20, 3, 1, 1))[0],
        actual_dttm=source.stamp(held),
        cancelled=chance.choices((None, "N", "No", 0, "Y", "yes ", "T"), (12, 2, 1, 1, 1, 1, 1))[0],
    )
    for _ in range(chance.choice((1, 1, 1, 2))):
        source.add(
            "fact_cla_review",
            fact_cla_review_id=next(source.ids),
            fact_cla_id=chance.choice((period_id, period_id, -1, None, periods[0][0] if periods else -1)),
            dim_person_id=chance.choice(records),
            fact_meeting_id=meeting,
        )
    for _ in range(chance.choice((0, 1, 1, 2))):
        source.add(
            "fact_meeting_subjects",
            fact_meetings_id=meeting,
            dim_person_id=chance.choice(records),
            dim_lookup_participation_code_desc=chance.choice(SAID),
            fact_outcm_form_id=chance.choice(
                (None, -1, an_outcome_form(source, held or start), a_form_that_stands(source))
            ),
        )


def an_outcome_form(source: Messy, held: date) -> int:
    """A form with none, one or several answers to each question, of which some are empty."""
    chance = source.chance
    form = next(source.ids)

    def answers(question: str, *said: str | None) -> None:
        for _ in range(chance.choice((0, 1, 1, 2))):
            source.answer(form, chance.choice(TEMPLATES), question, chance.choice(said))

    for question in ("ICSParticipationCode", "icsparticipationcode "):
        answers(question, *SAID, "PN1", "PN4", "PN7", " pn0")
    for question in OUTCOME_FLAGS:
        answers(question, *YES_OR_NO)
    answers("PermanencePlan", "ADOPT", "sgo ", "", " ", None)
    for question in OUTCOME_DATES:
        days = (-2, 0, 5, 6, 7, 8, 9, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30, 31, 34, 40)
        answers(question, *(source.typed(held + timedelta(days=chance.choice(days))) for _ in "12"))
    return form


def a_form_that_stands(source: Messy) -> int | None:
    """A form that another subject, of this or another meeting, may have for its outcomes too."""
    answers = source.tables["fact_form_answers"]
    standing = source.chance.choice(answers) if answers else {}
    return (
        standing.get("fact_form_id") if standing.get("dim_assessment_template_id_desc") in TEMPLATES else -1
    )
