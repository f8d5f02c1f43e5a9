"""Care planning alerts: when each was raised and resolved, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from .care import Person, form_owners
from .deadlines import done_in_time, working_day_after
from .due_dates import add_months, is_working_day
from .readable import ALERT_TEMPLATE, key, typed_date, words
from .source_rows import Row, Source

WITHIN_WORKING_DAYS = 20
REPEATED_WITHIN_MONTHS = 12

STAGES = (
    "Team Manager",
    "Service Manager",
    "Assistant Director",
    "Director",
    "Executive Director",
    "CAFCASS",
)
CATEGORIES = (
    "Social work report not completed",
    "Drift or delay",
    "Plan not implemented",
    "Care plan",
    "Placement",
    "Health",
    "Education",
    "Contact",
    "Statutory visits",
    "Pathway plan",
    "Permanence",
    "Other",
)
CATEGORY_OF = {category.casefold(): category for category in CATEGORIES}


@dataclass(frozen=True)
class Alert:
    person: Person
    raised: date | None
    resolved: date | None
    type: str = "Not known"
    stage: str = "Not recorded"
    agency: str = "Local authority"
    categories: frozenset[str] = frozenset({"Not known"})

    def open_on(self, day: date) -> bool:
        not_resolved = self.resolved is None or self.resolved > day
        return self.raised is not None and self.raised <= day and not_resolved

    def is_concluded(self, as_known: date) -> bool:
        return self.resolved is not None and self.resolved <= as_known

    def is_timed(self) -> bool:
        """Whether its dates agree: one resolved before it was raised took nobody knows how long."""
        return self.raised is not None and (self.resolved is None or self.resolved >= self.raised)

    def days_to_resolve(self, as_known: date) -> int | None:
        """Working days; None while it is open."""
        if self.raised is None or self.resolved is None or not self.is_concluded(as_known):
            return None
        return working_days_between(self.raised, self.resolved)

    def in_time(self, as_known: date) -> bool | None:
        """By the 20th working day; None while it is open and that day has not passed."""
        assert self.raised is not None
        return done_in_time(self.resolved, working_day_after(self.raised, WITHIN_WORKING_DAYS), as_known)


def alerts(source: Source, known: dict[int, Person]) -> list[Alert]:
    """Every alert form of somebody; of several answers to a question the last that says something."""
    owners = form_owners(source, known)
    answers: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in source.fact_form_answers:
        form_id = key(row.get("fact_form_id"))
        is_alert = words(row.get("dim_assessment_template_id_desc")) == ALERT_TEMPLATE
        if form_id is not None and is_alert and words(row.get("answer")):
            answers[form_id][words(row.get("answer_no"))].append(row)

    found = []
    for form_id, questions in answers.items():
        person = owners.get(form_id)
        if person is not None:
            raised, resolved = last_date(questions["raiseddate"]), last_date(questions["resolveddate"])
            found.append(Alert(person, raised, resolved, **kinds(questions)))
    return found


def kinds(questions: Mapping[str, list[Row]]) -> dict[str, Any]:
    """What kind of alert the answers to a form's questions make it."""
    given = {words(row["answer"]) for row in questions["category"]}
    reached = [
        name for number, name in enumerate(STAGES, start=1) if last_date(questions[f"stage{number}date"])
    ]
    return {
        "type": {"informal": "Informal", "formal": "Formal"}.get(
            last_words(questions["alerttype"]), "Not known"
        ),
        "stage": reached[-1] if reached else "Not recorded",
        "agency": "Partner agency" if questions["agency"] else "Local authority",
        "categories": frozenset(CATEGORY_OF.get(each, "Not known") for each in given or {""}),
    }


def last_words(rows: list[Row]) -> str:
    """The answer given last."""
    return words(max(rows, key=given_at)["answer"]) if rows else ""


def given_at(row: Row) -> tuple[datetime, str]:
    return row.get("answered_dttm") or datetime.min, words(row["answer"])


def last_date(rows: list[Row]) -> date | None:
    """The date of the answer given last; 1900-01-01 takes an earlier one back."""
    if not rows:
        return None
    return typed_date(max(rows, key=given_at)["answer"])


@cache
def working_days_between(start: date, end: date) -> int:
    """The working days after a start, up to and with an end."""
    return sum(is_working_day(start + timedelta(days=number + 1)) for number in range((end - start).days))


def quantile(days: list[int | None], tenths: int) -> int | None:
    """The least number of days that at least so many tenths took no longer than; None is open, and longer."""
    in_order = sorted(days, key=lambda taken: (taken is None, taken or 0))
    for place, taken in enumerate(in_order, start=1):
        if place * 10 >= tenths * len(in_order):
            return taken
    return None


def repeats(of_council: list[Alert]) -> list[tuple[Person, date]]:
    """Each child and day with an alert raised within 12 months of an earlier one, not of the same day."""
    raised: dict[Person, set[date]] = defaultdict(set)
    for alert in of_council:
        if alert.raised is not None:
            raised[alert.person].add(alert.raised)
    return [
        (person, day)
        for person, days in raised.items()
        for day in days
        if any(earlier < day <= add_months(earlier, REPEATED_WITHIN_MONTHS) for earlier in days)
    ]
