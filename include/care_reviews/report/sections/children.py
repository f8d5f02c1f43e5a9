"""Section 4 of the annual report: the children looked after, and how many came and went."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.charts import bars, run
from care_reviews.report.facts import DAY, YEAR, Cell, Facts, Key, Point
from care_reviews.report.figures import (
    Figure,
    Section,
    both_years,
    months_table,
    say,
    when,
    years,
)
from care_reviews.report.sections import profile
from care_reviews.web.text import day

ALL_CHILDREN, UASC = "children_looked_after", "children_looked_after_uasc"
RATE = "children_rate_per_10k"


def section(facts: Facts) -> Section:
    return Section(
        name="children",
        title="Children looked after",
        lead=say(
            "How many children the council looks after, who they are, and how many started and ceased to be "
            "looked after between {start} and {end}.",
            start=day(facts.year.start),
            end=day(facts.year.end),
        ),
        figures=(
            looked_after(facts),
            unaccompanied(facts),
            started_and_ceased(facts),
            reasons(facts),
            profile.age_and_sex(facts),
            profile.ethnicity(facts),
        ),
    )


def looked_after(facts: Facts) -> Figure:
    now, points = facts.beside(ALL_CHILDREN, DAY), facts.months(ALL_CHILDREN)
    headline = say(
        "{count} children were looked after on {day}: {beside}",
        count=numbers.shown(now.now),
        day=day(facts.year.end),
        beside=wording.beside_last_year(now),
    )
    rate = facts.beside(RATE, DAY)
    of_all = say(
        "Of every 10,000 people aged 0 to 17 in the area {rate} were looked after: {beside}. ",
        rate=numbers.shown(rate.now),
        beside=wording.beside_last_year(rate),
    )
    reading = when([rate.now], of_all, "") + course.of(points, facts.year.start)
    rates = {point.day: point.cell for point in facts.months(RATE)}
    column = [numbers.shown(rates.get(point.day, _none(RATE, facts, point))) for point in points]
    headline = when([now.now], headline, "How many children were looked after is {why}")
    return Figure(
        name="looked-after",
        headline=headline,
        reading=reading,
        chart=run.draw("chart-looked-after", headline, points),
        is_pair=True,
        table=months_table(
            "Children looked after at each month’s end",
            "Children",
            points,
            facts.year.start,
            ("Per 10,000", column),
        ),
        definitions=(facts.definition(ALL_CHILDREN), facts.definition(RATE)),
    )


def unaccompanied(facts: Facts) -> Figure:
    now, points = facts.beside(UASC, DAY), facts.months(UASC)
    whole = facts.cell(ALL_CHILDREN, DAY)
    headline = say(
        "{count} of them, {share}, were unaccompanied asylum-seeking children: {beside}",
        count=numbers.shown(now.now),
        share=numbers.share(now.now, whole),
        beside=wording.beside_last_year(now),
    )
    headline = when(
        [now.now, whole],
        headline,
        "How many of them were unaccompanied asylum-seeking children is {why}",
    )
    wholes = {point.day: point.cell for point in facts.months(ALL_CHILDREN)}
    column = [
        numbers.share(point.cell, wholes.get(point.day, _none(ALL_CHILDREN, facts, point))) or Markup("–")
        for point in points
    ]
    return Figure(
        name="unaccompanied",
        headline=headline,
        reading=course.of(points, facts.year.start),
        chart=run.draw("chart-unaccompanied", headline, points),
        is_pair=True,
        table=months_table(
            "Unaccompanied asylum-seeking children looked after at each month’s end",
            "Children",
            points,
            facts.year.start,
            ("Share", column),
        ),
        definitions=(facts.definition(UASC), facts.definition(ALL_CHILDREN)),
    )


def _none(measure: str, facts: Facts, point: Point) -> Cell:
    """The cell of a measure at a month's end for which the publication has none."""
    return Cell(Key(measure, DAY, point.day), facts.definition(measure).unit)


def started_and_ceased(facts: Facts) -> Figure:
    rows = [
        ("Children who started", facts.beside("children_started", YEAR)),
        ("Children who ceased", facts.beside("children_ceased", YEAR)),
        ("Periods of care started", facts.beside("periods_started", YEAR)),
        ("Periods of care ended", facts.beside("periods_ceased", YEAR)),
    ]
    started, ceased = rows[0][1], rows[1][1]
    headline = say(
        "{started} children started to be looked after and {ceased} ceased",
        started=numbers.shown(started.now),
        ceased=numbers.shown(ceased.now),
    )
    headline = when(
        [started.now, ceased.now], headline, "Children who started and ceased to be looked after in the year"
    )
    return Figure(
        name="started-and-ceased",
        headline=headline,
        reading=say(
            "Children who started: {started}. Children who ceased: {ceased}. A child who started twice is "
            "one child and two periods of care.",
            started=wording.beside_last_year(started),
            ceased=wording.beside_last_year(ceased),
        ),
        chart=bars.draw(
            "chart-started-and-ceased",
            headline,
            [bars.Bar(label, (one.now,), one.before) for label, one in rows],
            (facts.year.title,),
        ),
        table=both_years("Started and ceased, children and periods of care", "Counted", facts, rows),
        definitions=tuple(
            facts.definition(name)
            for name in ("children_started", "children_ceased", "periods_started", "periods_ceased")
        ),
        is_pair=True,
    )


def reasons(facts: Facts) -> Figure:
    rows = [
        (name, facts.beside("children_ceased", YEAR, "end_reason", name))
        for name in facts.members("end_reason")
    ]
    top = wording.largest([one.now for _, one in rows])
    whole = facts.cell("children_ceased", YEAR)
    said = Markup("Why children ceased to be looked after")
    if top is not None and (part := numbers.share(top, whole)) is not None:
        known = "The most frequent reason why children ceased to be looked after: {reason} ({share})"
        unknown = "Why children ceased to be looked after: {reason} for {share}"
        said = say(
            unknown if wording.is_unknown(top.key.category) else known,
            reason=wording.inside(top.key.category),
            share=part,
        )
    now, _ = years(facts)
    return Figure(
        name="reasons",
        headline=said,
        reading=say(
            "The bars are of {now}; where the year before is published, a line marks it. A child who ceased "
            "twice for different reasons stands in both.",
            now=now,
        ),
        chart=bars.draw(
            "chart-reasons", said, [bars.Bar(name, (one.now,), one.before) for name, one in rows], (now,)
        ),
        table=both_years(
            "Children who ceased to be looked after, by reason",
            "Reason",
            facts,
            [*rows, ("All children who ceased", facts.beside("children_ceased", YEAR))],
            True,
        ),
        definitions=(facts.definition("children_ceased"),),
        is_pair=True,
    )
