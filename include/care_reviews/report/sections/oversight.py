"""Section 5 of the annual report: the quality of reviews, and what chairs oversee between them."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import numbers
from care_reviews.report.facts import DAY, YEAR, Facts
from care_reviews.report.figures import Figure, Section, say, when
from care_reviews.report.sections.shapes import rates_figure

QUALITY = tuple(
    (measure, YEAR)
    for measure in (
        "child_spoken_to_before",
        "written_to_child",
        "child_co_chaired",
        "social_work_report_received",
    )
)
AUDITS = (("smart_rating", YEAR), ("child_focused", YEAR))
BETWEEN = tuple(
    (measure, YEAR)
    for measure in (
        "progress_update_coverage",
        "progress_update_with_child",
        "permanence_plan_at_second_review",
    )
)
STABILITY = (
    ("placements_three_or_more", DAY),
    ("placement_long_term_stable", DAY),
    ("chair_changes", DAY),
    ("chair_allocated_within_5_days", YEAR),
)


def section(facts: Facts) -> Section:
    return Section(
        name="oversight",
        title="Quality and oversight",
        lead=Markup(
            "What the outcome forms and audits say of the reviews, what happens between two reviews, and how "
            "stable placements and chairs are."
        ),
        figures=(quality(facts), audits(facts), between(facts), stability(facts)),
    )


def _figure(
    facts: Facts, name: str, measures: tuple[tuple[str, str], ...], words: str, otherwise: str, caption: str
) -> Figure:
    """Percentages whose headline names the first two, in `words` with {first} and {second}."""
    cells = [facts.cell(measure, grain) for measure, grain in measures[:2]]
    headline = say(words, first=numbers.shown(cells[0]), second=numbers.shown(cells[1]))
    return rates_figure(facts, name, when(cells, headline, otherwise), caption, measures)


def quality(facts: Facts) -> Figure:
    return _figure(
        facts,
        "quality",
        QUALITY,
        "The child was spoken to before {first} of the reviews; {second} of their reports were written to "
        "the child",
        "What the outcome forms say of the reviews",
        "What the outcome forms say, of all reviews held",
    )


def audits(facts: Facts) -> Figure:
    return _figure(
        facts,
        "audits",
        AUDITS,
        "Audits rated {first} of the plans good or outstanding, and found {second} of the reviews focused "
        "on the child",
        "What the audits say of the reviews",
        "What the audits of review quality say",
    )


def between(facts: Facts) -> Figure:
    return _figure(
        facts,
        "between",
        BETWEEN,
        "A progress update was recorded in {first} of the intervals between reviews, and the child spoken "
        "to in "
        "{second} of these",
        "What happened between two reviews",
        "Between two reviews, and at the second",
    )


def stability(facts: Facts) -> Figure:
    return _figure(
        facts,
        "stability",
        STABILITY,
        "{first} of the children had three or more placements in 12 months; {second} of those long in care "
        "were "
        "in a stable one",
        "How stable placements and chairs were",
        "Stability of placements and of independent chairs",
    )
