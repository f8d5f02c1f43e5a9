"""A whole report: its sections with the service's commentary, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from care_reviews.report.facts import Definition, Facts
from care_reviews.report.figures import Section
from care_reviews.report.sections import sections_of


@dataclass(frozen=True)
class Document:
    """What the template shows."""

    facts: Facts
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        return f"Annual report of the Independent Reviewing Service {self.facts.year.title}"

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What the figures' measures mean, each once, by its name."""
        used = {
            each.measure_id: each
            for part in self.sections
            for one in part.figures
            for each in one.definitions
        }
        return tuple(sorted(used.values(), key=lambda each: each.name))


def document_of(facts: Facts, commentary: Mapping[str, Markup]) -> Document:
    """The report of a year. `commentary`: section → the service's own words, made safe."""
    sections = sections_of(facts)
    return Document(facts, tuple(replace(one, commentary=commentary.get(one.name)) for one in sections))
