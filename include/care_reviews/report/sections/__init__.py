"""The sections of a report, in the order of the annual report."""

from __future__ import annotations

from care_reviews.report.facts import Facts
from care_reviews.report.figures import Section
from care_reviews.report.sections import children

SECTIONS = {"children": children.section}
NAMES = tuple(SECTIONS)


def sections_of(facts: Facts) -> tuple[Section, ...]:
    """Every section, without commentary."""
    return tuple(make(facts) for make in SECTIONS.values())
