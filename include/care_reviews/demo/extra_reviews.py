"""Reviews beyond those that the rules plan: mistakes, and those of persons who are nobody.

In: an `ExtraReview`. Out: its meeting, review row and subject, and an outcome form if it has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Self

from care_reviews.demo.council import NOBODY, Council
from care_reviews.demo.forms import open_form
from care_reviews.demo.history import FOREVER, Row
from care_reviews.demo.people import Child, Period
from care_reviews.demo.review_rows import meeting_row
from care_reviews.demo.text import at_midnight


@dataclass(frozen=True, slots=True)
class ExtraReview:
    """A review of a person record, dated `actual`, recorded when `known`, and deleted when `gone`."""

    person: int
    actual: datetime | None
    known: datetime
    cla: int = NOBODY
    child: Child | None = None
    kind: str = "CLAR"
    gone: datetime = FOREVER
    with_form: bool = False

    @classmethod
    def of(cls, period: Period, actual: datetime, known: datetime, **more: Any) -> Self:
        """One more review of a child in a period of care."""
        return cls(period.child.person_id, actual, known, period.cla_id, period.child, **more)


def write_extra_review(council: Council, extra: ExtraReview, rng: Random) -> None:
    """The rows of one such review."""
    child, known = extra.child, extra.known
    meeting_id = council.history.new_id("fact_meetings")
    meeting = meeting_row(meeting_id, extra.actual, rng, extra.kind)
    review: Row = {
        "fact_cla_review_id": council.history.new_id("fact_cla_review"),
        "fact_cla_id": extra.cla,
        "dim_person_id": extra.person,
        "fact_meeting_id": meeting_id,
        "due_dttm": at_midnight(known.date()),
        "meeting_dttm": extra.actual,
    }
    form_id = NOBODY
    if extra.with_form and extra.actual:
        form = open_form(council, child, extra.person, "outcomes", known)
        form.answer("review_participation_code", "PN1", known)
        form.answer("review_series_first_date", extra.actual.date().isoformat(), known)
        form_id = form.form_id
    subject: Row = {
        "fact_meetings_id": meeting_id,
        "dim_person_id": extra.person,
        "dim_lookup_participation_code_desc": council.site.participation["PN1"],
        "fact_outcm_form_id": form_id,
    }
    for table, row in (
        ("fact_meetings", meeting),
        ("fact_cla_review", review),
        ("fact_meeting_subjects", subject),
    ):
        council.put(child, table, (known, row), gone=extra.gone)
