"""The pages of a night, and the one question that each of them answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from care_reviews.site.facts import Lineage, NightFacts


@dataclass(frozen=True)
class Page:
    """A page: its file, its template, its name in the contents, its question; of a gate, which."""

    file: str
    template: str
    name: str
    question: str
    gate: str = ""


MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
CHECKED = "Is what is published checked, and may it be used?"
TODAY = Page("index.html", "today.html", "Today", "Is what is published today checked, and may it be used?")
GATE_PAGES = (
    Page(
        "source.html",
        "gate.html",
        "Source gate",
        "Was the record system read whole, and is what was read fit for use?",
        "source",
    ),
    Page(
        "care.html",
        "gate.html",
        "Care gate",
        "Is what the records say of children’s care possible, whole and in order?",
        "care",
    ),
    Page(
        "marts.html",
        "gate.html",
        "Marts gate",
        "Do the measures hold together, and do they agree with the records?",
        "marts",
    ),
)
OTHERS = (
    Page("quality.html", "quality.html", "Data quality", "Are the records getting better or worse?"),
    Page("teams.html", "teams.html", "Teams", "Whose records are getting better or worse?"),
    Page("definitions.html", "definitions.html", "Definitions", "What does each published measure mean?"),
    Page("inputs.html", "inputs.html", "Inputs", "How do the rows read become the rows published?"),
    Page("lineage.html", "lineage.html", "Lineage", "What is each published table made from?"),
    Page("evidence.html", "evidence.html", "Evidence", "How can it be shown that nobody changed it since?"),
    Page("history.html", "history.html", "History", "What was decided about each night up to this one?"),
)


def pages_of(facts: NightFacts) -> tuple[Page, ...]:
    """The pages of a night in the order of the contents: a page for each gate that judged it."""
    judged = {gate.gate for gate in facts.gates}
    first = Page("index.html", "index.html", "State", CHECKED)
    return (first, *(page for page in GATE_PAGES if page.gate in judged), *OTHERS)


def month_columns(nights: Sequence[dt.date]) -> list[tuple[str, bool]]:
    """The columns of a table by month: the course, and each month's name."""
    return [("Course", False), *((f"{night:%b %Y}", True) for night in nights)]


def year_columns() -> list[tuple[str, bool]]:
    """The columns of a measure's course by reporting year: the year, and its months from April."""
    return [("Year", False), *((month, True) for month in MONTHS)]


def matrix_columns(lineage: Lineage) -> list[tuple[str, bool | str]]:
    """The columns of the picture of the lineage: a source table, and each published table, set upright."""
    return [("Source table", False), *((model.name, "upright") for model in lineage.of("marts"))]
