"""The pages as bytes: templates that escape every value, one style in each page, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from care_reviews.site import courses, lineage, questions, words
from care_reviews.site.facts import NightFacts, TodayFacts
from care_reviews.validation.finding_statements import team_words
from care_reviews.web import environment as web

HERE = Path(__file__).parent
STYLE = HERE / "site.css"


def night_pages(facts: NightFacts) -> dict[str, bytes]:
    """File name → content of all pages of a night."""
    return {
        page.file: _render(page.template, page=page, pages=questions.pages_of(facts), facts=facts)
        for page in questions.pages_of(facts)
    }


def first_page(facts: TodayFacts, kept: frozenset[str]) -> bytes:
    """The first page of a council. `kept`: folders of nights that it may lead to."""
    return _render("today.html", page=questions.TODAY, facts=facts, kept=kept)


def _render(template: str, **given: Any) -> bytes:
    return (environment().get_template(template).render(**given) + "\n").encode()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja: what it writes is escaped, what it does not know is an error, and text is made plain first."""
    made = web.environment(HERE / "templates")
    style = STYLE.read_text(encoding="utf-8")
    made.globals |= {
        # Ours, and without a value in it: the only text that is not escaped.
        "style": Markup(style),  # noqa: S704
        "style_hash": web.style_hash(style),
        "words": words,
        "council": _council,
        "rests_on_sources": lineage.rests_on_sources,
        "month_columns": questions.month_columns,
        "year_columns": questions.year_columns,
        "matrix_columns": questions.matrix_columns,
        "bars": courses.bars,
        "team_words": team_words,
    }
    made.filters |= {"count": words.count, "day": words.day, "moment": words.moment, "number": words.number}
    return made


def _council(facts: NightFacts | TodayFacts) -> str:
    """A council's name and code; the demonstration's name says that nobody in it is real."""
    name, code = facts.authority_name, facts.authority_code
    return code if name == code else f"{name}, {code}"
