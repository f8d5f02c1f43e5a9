"""The board's pages as bytes: templates that escape every value, one style in each page, no script."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from care_reviews.board import cards, changes, tables, words
from care_reviews.board.facts import Facts
from care_reviews.board.links import FIRST, area_links, measure_file, measure_link
from care_reviews.measure_words import group_title
from care_reviews.report import numbers, style
from care_reviews.report.render import readable
from care_reviews.web.environment import environment

TEMPLATES = Path(__file__).parent / "templates"


def pages(facts: Facts) -> dict[str, bytes]:
    """File name → content of every page."""
    links = area_links(facts)
    given = {"facts": facts, "links": links}
    made = {FIRST: _first(given, facts)}
    for definition in facts.ordered:
        made[measure_file(definition)] = _render(
            "measure.html",
            **given,
            file=measure_file(definition),
            definition=definition,
            card=cards.of(facts, definition),
            standing=cards.standing(facts.cell(definition.measure_id)),
            months=tables.by_month(facts, definition),
            breakdowns=tables.by_category(facts, definition),
            history=tables.by_publication(facts, definition),
        )
    for link in links:
        made[link.file] = _render(
            "area.html", **given, file=link.file, area=link.title, groups=tables.of_area(facts, link.title)
        )
    return made


def _first(given: dict[str, Any], facts: Facts) -> bytes:
    return _render(
        "index.html",
        **given,
        file=FIRST,
        changes=changes.of_month(facts),
        without_range=changes.without_range(facts),
        quiet=changes.none_signals(facts),
        corrected=changes.corrected(facts),
        cards=cards.of_headlines(facts),
        groups=[
            (
                group_title(group),
                [(measure_link(one), cards.standing(facts.cell(one.measure_id))) for one in definitions],
            )
            for group, definitions in facts.groups
        ],
    )


def _render(template: str, **given: Any) -> bytes:
    return (_environment().get_template(template).render(**given) + "\n").encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = readable(environment(TEMPLATES, style.TEMPLATES))
    made.globals |= style.given(style.screen(TEMPLATES / "board.css"))
    made.globals |= {"first": FIRST, "measure_link": measure_link, "state": words.state}
    made.filters |= {"shown": numbers.shown, "made_of": numbers.made_of}
    return made
