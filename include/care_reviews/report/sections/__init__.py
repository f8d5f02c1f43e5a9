"""The sections of a report, in the order of the annual report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from care_reviews.report import numbers
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


PROVISIONAL = Markup(" Provisional: late recording may still change it.")
ALL_PROVISIONAL = Markup(
    " These figures are provisional: late recording may still change them, and which way they differ from "
    "the year before."
)


def sections_of(facts: Facts) -> tuple[Section, ...]:
    """Every section, without commentary."""
    found = tuple(with_state(facts, make(facts)) for make in SECTIONS.values())
    return (*found, limits.section(facts, found))


def with_state(facts: Facts, one: Section) -> Section:
    """A section that says of what heads it, and of each of its figures, where that is provisional."""
    tiles = (word for tile in one.tiles for word in (tile.value, tile.beside))
    figures = (
        replace(each, reading=each.reading + PROVISIONAL)
        if _is_provisional(facts, (each.headline, *each.said))
        else each
        for each in one.figures
    )
    lead = one.lead + ALL_PROVISIONAL if _is_provisional(facts, tiles) else one.lead
    return replace(one, lead=lead, figures=tuple(figures))


def _is_provisional(facts: Facts, words: Iterable[str | Markup]) -> bool:
    keys = {mark.key for word in words for mark in numbers.marks(word)}
    return any(key in facts.cells and facts.cells[key].status == "provisional" for key in keys)
