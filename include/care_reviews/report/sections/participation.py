"""Section 5 of the annual report: whether and how children took part in their reviews."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.charts import run
from care_reviews.report.facts import YEAR, Cell, Facts, First, Point
from care_reviews.report.figures import Figure, Section, months_table, say, when, with_firsts
from care_reviews.report.sections.shapes import categories, counts_figure, most_frequent, rates_figure
from care_reviews.report.year import Year
from care_reviews.web.text import day

MEASURE = "participation"
MONTHS = 12
SHARES = (
    (MEASURE, YEAR),
    ("participation_not", YEAR),
    ("participation_not_recorded", YEAR),
    ("attendance", YEAR),
)
CODES = {
    "PN1": "Attended and spoke for themself (PN1)",
    "PN2": "Attended, an advocate spoke (PN2)",
    "PN3": "Attended, conveyed their view by signs (PN3)",
    "PN4": "Attended, conveyed nothing (PN4)",
    "PN5": "Did not attend, briefed an advocate (PN5)",
    "PN6": "Did not attend, conveyed their view otherwise (PN6)",
    "PN7": "Did not attend, conveyed nothing (PN7)",
}


def section(facts: Facts) -> Section:
    return Section(
        name="participation",
        title="Participation",
        lead=Markup(
            "Of the reviews of children who were 4 or over on the day of the review. Reviews are counted "
            "and not "
            "children."
        ),
        figures=(shares(facts), by_month(facts), by_code(facts)),
    )


def shares(facts: Facts) -> Figure:
    one = facts.beside(MEASURE, YEAR)
    headline = say(
        "Children took part in {share} of their reviews: {beside}",
        share=numbers.shown(one.now),
        beside=wording.beside_last_year(one),
    )
    return rates_figure(
        facts,
        "participation-shares",
        when([one.now], headline, "Whether children took part in their reviews"),
        "Reviews by whether the child took part",
        SHARES,
        Markup(
            "Took part, did not, and not recorded add up to all reviews in scope. A child can take part "
            "without "
            "attending, and attend without taking part."
        ),
    )


def by_month(facts: Facts) -> Figure:
    points = facts.months(MEASURE)
    firsts = [facts.firsts.get(point.cell.key) for point in points]
    headline = _range(facts.year, points)
    return Figure(
        name="participation-months",
        headline=headline,
        reading=course.of(points, facts.year.start) + _corrected(points, firsts),
        chart=run.draw(
            "chart-participation-months", headline, points, [then.cell if then else None for then in firsts]
        ),
        table=with_firsts(
            months_table("Participation by month of the review", "Took part", points, facts.year.start),
            firsts,
        ),
        definitions=(facts.definition(MEASURE),),
        is_pair=True,
    )


def _range(year: Year, points: tuple[Point, ...]) -> Markup:
    known = [point for point in points if point.day >= year.start and point.value is not None]
    if len(known) < MONTHS:
        return Markup("Participation by month")
    ordered = sorted(known, key=lambda point: (point.value, point.day))
    low, high = ordered[0].cell, ordered[-1].cell
    if numbers.plain(low) == numbers.plain(high):
        return say("Month by month children took part in {all} of their reviews", all=numbers.shown(low))
    return say(
        "Month by month children took part in between {low} ({first}) and {high} ({last}) of their reviews",
        low=numbers.shown(low),
        high=numbers.shown(high),
        first=_months_of(low, known),
        last=_months_of(high, known),
    )


def _months_of(cell: Cell, points: Sequence[Point]) -> Markup:
    """The months that say the same as a cell, to the decimal that a reader sees."""
    return wording.joined(
        [f"{one.day:%B}" for one in points if numbers.plain(one.cell) == numbers.plain(cell)]
    )


def _corrected(points: tuple[Point, ...], firsts: list[First | None]) -> Markup:
    said = [
        say(
            "{month:%B %Y} was first published as {value}, as known on {night}",
            month=point.day,
            value=numbers.first(then),
            night=day(then.as_known),
        )
        for point, then in zip(points, firsts, strict=True)
        if then is not None
    ]
    if not said:
        return Markup("")
    return say(
        " {said}; forms that were filled in later are in the value shown now.", said=wording.joined(said)
    )


def by_code(facts: Facts) -> Figure:
    rows = categories(facts, "participation_by_code", "participation_code", CODES)
    headline = most_frequent(
        rows,
        facts,
        "How children took part in their reviews",
        "The most frequent way: {label}, {share} of the reviews",
    )
    return counts_figure(
        facts,
        "participation-codes",
        headline,
        Markup("The codes are those of the national guidance. PN4 and PN7 count as not taking part."),
        "Reviews by how the child took part",
        rows,
        [("All reviews in scope", facts.beside("participation_by_code", YEAR))],
    )
