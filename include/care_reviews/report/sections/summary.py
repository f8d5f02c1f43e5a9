"""The year at a glance: a handful of figures beside the year before."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.facts import DAY, YEAR, Facts
from care_reviews.report.figures import Note, Section, Tile, say
from care_reviews.report.sections import reviews
from care_reviews.web.text import day

TILES = (
    ("children_looked_after", DAY),
    ("reviews_held", YEAR),
    (reviews.IN_TIME, DAY),
    ("participation", YEAR),
    ("alert_children_completed", YEAR),
    ("caseload_per_fte", DAY),
)
HOW_TO_READ = Note(
    "reading",
    "How to read intervals, ranges and signals",
    (
        Markup(
            "A share of few cases differs by chance alone; its 95% interval says about how far. Where the "
            "intervals of two years do not overlap, the years differ by more than chance explains. Where "
            "they overlap, they may or may not."
        ),
        Markup(
            "The usual range of a chart by month comes from how far its months differ from one to the next: "
            "what lies within it asks for no explanation. A month is a signal where chance is an unlikely "
            "reason: beyond the range, the seventh or later in a row above or below the mean, or in a row "
            "that rises or falls, or one of two in three near a limit. Alone it is neither good nor bad."
        ),
    ),
)


def section(facts: Facts) -> Section:
    return Section(
        name="summary",
        title="The year at a glance",
        lead=say(
            "{start} to {end}, each figure beside the year before.",
            start=day(facts.year.start),
            end=day(facts.year.end),
        ),
        tiles=tuple(_tile(facts, measure, grain) for measure, grain in TILES),
        notes=(HOW_TO_READ,),
    )


def _tile(facts: Facts, measure: str, grain: str) -> Tile:
    one, definition = facts.beside(measure, grain), facts.definition(measure)
    said = [wording.against_target(definition, one.now.value), wording.beside_last_year(one)]
    words = Markup("; ").join(word for word in said if word)
    if measure == reviews.IN_TIME and (of_reviews := reviews.of_reviews(facts)):
        # The children of a year may be hidden, and with them that its reviews were more often late.
        words += Markup(". {}").format(of_reviews)
    return Tile(numbers.shown(one.now), definition.name, words[:1].upper() + words[1:])
