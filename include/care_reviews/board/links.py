"""The files of the board's pages, and how they lead to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from care_reviews.board.facts import Facts
from care_reviews.report.facts import Definition

FIRST = "index.html"


@dataclass(frozen=True)
class Link:
    """A page that others lead to."""

    file: str
    title: str


def measure_file(definition: Definition) -> str:
    """The file of a measure's page."""
    return f"measure-{definition.measure_id}.html"


def measure_link(definition: Definition) -> Markup:
    """A measure's name that leads to its page."""
    return Markup('<a href="{}">{}</a>').format(measure_file(definition), definition.name)


def area_links(facts: Facts) -> tuple[Link, ...]:
    """The pages of the areas. Two names may differ in nothing that a file's name can hold: so they count."""
    found = []
    for place, name in enumerate(facts.areas, start=1):
        slug = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
        found.append(Link(f"area-{'-'.join(filter(None, (str(place), slug)))}.html", name))
    return tuple(found)
