"""The sections of a report, in the order of the annual report."""

from __future__ import annotations

from care_reviews.report.facts import Facts
from care_reviews.report.figures import Section
from care_reviews.report.sections import (
    alerts,
    children,
    limits,
    oversight,
    participation,
    reviews,
    summary,
    workforce,
)

SECTIONS = {
    "summary": summary.section,
    "children": children.section,
    "reviews": reviews.section,
    "participation": participation.section,
    "oversight": oversight.section,
    "alerts": alerts.section,
    "workforce": workforce.section,
}
NAMES = (*SECTIONS, limits.NAME)


def sections_of(facts: Facts) -> tuple[Section, ...]:
    """Every section, without commentary."""
    found = tuple(make(facts) for make in SECTIONS.values())
    return (*found, limits.section(facts, found))
