"""Section 5 of the annual report: how many reviews were held, and whether they were in time."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.charts import rates, strip
from care_reviews.report.facts import DAY, YEAR, Cell, Facts
from care_reviews.report.figures import Figure, Section, Table, rates_table, say, when
from care_reviews.report.sections.shapes import categories, counts_figure, months_figure, rates_figure
from care_reviews.web.text import day, plural

IN_TIME = "review_timeliness_children"
OVERDUE = "overdue_reviews"
READINGS = (
    (IN_TIME, DAY),
    ("review_timeliness_children_due", DAY),
    ("review_timeliness_reviews", YEAR),
    ("review_up_to_date", DAY),
)
AFTERWARDS = (
    ("outcomes_within_5_days", YEAR),
    ("record_within_15_days", YEAR),
    ("record_distributed_within_20_days", YEAR),
    ("series_within_20_days", YEAR),
)


def section(facts: Facts) -> Section:
    return Section(
        name="reviews",
        title="Reviews",
        lead=Markup(
            "A first review is due within 20 working days, the second within three months of the first, each "
            "later one within six months of the one before."
        ),
        figures=(held(facts), in_time(facts), by_area(facts), afterwards(facts), overdue(facts)),
    )


def held(facts: Facts) -> Figure:
    one = facts.beside("reviews_held", YEAR)
    headline = say(
        "{count} reviews were held: {beside}",
        count=numbers.shown(one.now),
        beside=wording.beside_last_year(one),
    )
    return counts_figure(
        facts,
        "held",
        when([one.now], headline, "How many reviews were held is {why}"),
        Markup(
            "Reviews are counted here and not children: a child has several in a year. A child who comes "
            "back "
            "into care starts with a first review again."
        ),
        "Reviews held, by their place in the period of care",
        [("All reviews", one), *categories(facts, "reviews_held", "review_sequence")],
    )


def in_time(facts: Facts) -> Figure:
    one, definition = facts.beside(IN_TIME, DAY), facts.definition(IN_TIME)
    headline = say(
        "{share} of the children looked after ({of}) had all their reviews in time{target}",
        share=numbers.shown(one.now),
        of=numbers.made_of(one.now),
        target=_target(wording.against_target(definition, one.now.value)),
    )
    others = of_reviews(facts)
    reading = say(
        "For children: {beside}. {of_reviews}Four readings of the same rule stand below each other, as "
        "councils use all of them; the first is the one that the target is set for.",
        beside=wording.beside_last_year(one),
        of_reviews=others + ". " if others else "",
    )
    return rates_figure(
        facts,
        "in-time",
        when([one.now], headline, "Reviews in time"),
        "Reviews in time, in four readings",
        READINGS,
        reading,
    )


def of_reviews(facts: Facts) -> Markup:
    """How the reviews, and not the children, stand beside the year before; nothing where that is hidden."""
    one = facts.beside("review_timeliness_reviews", YEAR)
    said = say(
        "Of the reviews {share} were in time: {beside}",
        share=numbers.shown(one.now),
        beside=wording.beside_last_year(one),
    )
    return when([one.now], said, "")


def _target(said: str | None) -> str:
    return f", {said}" if said else ""


def by_area(facts: Facts) -> Figure:
    rows = [(name, facts.beside(IN_TIME, DAY, "quadrant", name)) for name in facts.members("quadrant")]
    rows = [(name, one) for name, one in rows if one.now.symbol not in ("z", "x")]
    definition = facts.definition(IN_TIME)
    missed = [
        name
        for name, one in rows
        if one.now.value is not None and definition.target and one.now.value < definition.target
        if not wording.is_unknown(name)
    ]
    published = [one.now for _, one in rows if one.now.value is not None]
    headline = Markup("Reviews in time, by area")
    if definition.target is not None and published:
        goal = numbers.target(definition.target, definition.unit)
        words = (
            "Below the target of {goal}: {areas}"
            if missed
            else "No published area is below the target of {goal}"
        )
        headline = say(words, goal=goal, areas=wording.joined(missed))
    return Figure(
        name="by-area",
        headline=headline,
        reading=Markup(
            "A child belongs to the area where the team of their case worker works. An area whose value is "
            "suppressed has no point."
        ),
        chart=rates.draw(
            "chart-by-area", headline, [rates.Rate(name, one, definition.target) for name, one in rows]
        ),
        table=rates_table(
            f"Children with all their reviews in time on {day(facts.year.end)}, by area", facts, rows
        ),
        definitions=(definition,),
    )


def afterwards(facts: Facts) -> Figure:
    cells = [facts.cell(measure, grain) for measure, grain in AFTERWARDS[:2]]
    headline = say(
        "Outcomes were completed within 5 working days for {outcomes} of the reviews, records within 15 for "
        "{records}",
        outcomes=numbers.shown(cells[0]),
        records=numbers.shown(cells[1]),
    )
    return rates_figure(
        facts,
        "afterwards",
        when(cells, headline, "What is due after a review"),
        "Done in time after the review",
        AFTERWARDS,
    )


def overdue(facts: Facts) -> Figure:
    """As a course where it is known what is usual, else as a tile for each month of both years."""
    cell, points = facts.cell(OVERDUE, DAY), facts.months(OVERDUE)
    headline = say(
        "{count} reviews were overdue on {day}", count=numbers.shown(cell), day=day(facts.year.end)
    )
    headline = when([cell], headline, "How many reviews were overdue at the year’s end is {why}")
    caption = "Reviews overdue at each month’s end"
    if any(point.has_range for point in points):
        reading = course.of(points, facts.year.start)
        return months_figure(facts, "overdue", headline, reading, caption, "Reviews", OVERDUE)
    found = [(year.title, facts.month_ends(OVERDUE, year)) for year in (facts.year, facts.year.before)]
    rows = [(title, cells) for title, cells in found if any(cells)]
    months = [f"{end:%B}" for end in facts.year.month_ends]
    return Figure(
        name="overdue",
        headline=headline,
        reading=_ends_without(*(cells for _, cells in found)),
        chart=strip.draw("chart-overdue", headline, months, rows),
        table=Table(
            caption,
            ("Month", *(title for title, _ in rows)),
            tuple(
                (month, *(numbers.shown(one) if one else "–" for one in cells))
                for month, *cells in zip(months, *(cells for _, cells in rows), strict=True)
            ),
        ),
        definitions=(facts.definition(OVERDUE),),
        is_pair=True,
    )


def _ends_without(now: Sequence[Cell | None], before: Sequence[Cell | None]) -> Markup:
    """At how many month ends nothing was overdue, as far as is published."""
    none, none_before = (
        sum(cell is not None and cell.value == 0 for cell in cells) for cells in (now, before)
    )
    left = sum(cell is None or cell.value is None for cell in now)
    said = say("No review was overdue at {none} of the 12 month ends", none=none)
    if all(before):
        said += say(", the year before at {before}", before=none_before)
    if left:
        said += say(". Of {left} the count is not known or not published", left=plural(left, "month end"))
    return said + "."
