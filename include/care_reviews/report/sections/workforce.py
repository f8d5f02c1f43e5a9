"""Section 3 of the annual report: the independent chairs and their caseloads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.charts import bars
from care_reviews.report.facts import DAY, RUN, Compared, Facts
from care_reviews.report.figures import Figure, Section, Table, made_of, say, signed, when, years
from care_reviews.report.sections.shapes import months_figure, rates_figure

CASELOAD = "caseload_per_fte"
PARTS = (CASELOAD, "caseload_looked_after_per_fte", "caseload_protection_per_fte")


def section(facts: Facts) -> Section:
    return Section(
        name="workforce",
        title="Independent chairs",
        lead=Markup(
            "How many chairs there are, and for how many children each full-time equivalent is responsible."
        ),
        figures=(caseload(facts), *by_month(facts), dual(facts)),
    )


def caseload(facts: Facts) -> Figure:
    rows = [(facts.definition(measure).name, facts.beside(measure, DAY)) for measure in PARTS]
    whole, looked_after, protected = cells = [one.now for _, one in rows]
    placed = wording.against_target(facts.definition(CASELOAD), whole.value)
    headline = say(
        "A full-time chair has {count} children on average{placed}",
        count=numbers.shown(whole),
        placed=f", {placed}" if placed else "",
    )
    headline = when([whole], headline, "The caseload of a full-time chair is {why}")
    reading = say(
        "Of these {all}, {looked_after} are looked after and {protected} have a protection plan; a child who "
        "is both counts in each. {one} and {other} children are divided by {fte} full-time equivalents, and "
        "each result is rounded by itself: the parts need not add up to the last digit.",
        all=numbers.shown(whole),
        looked_after=numbers.shown(looked_after),
        protected=numbers.shown(protected),
        one=numbers.shown(looked_after, "numerator"),
        other=numbers.shown(protected, "numerator"),
        fte=numbers.shown(whole, "denominator"),
    )
    return Figure(
        name="caseload",
        headline=headline,
        reading=when(cells, reading, "A child who is looked after and has a protection plan counts in both."),
        chart=bars.draw(
            "chart-caseload",
            headline,
            [bars.Bar(label, (one.now,), one.before, _wanted(facts, one)) for label, one in rows],
            (facts.year.title,),
        ),
        table=_parts(facts, rows),
        definitions=tuple(facts.definition(measure) for measure in PARTS),
    )


def _wanted(facts: Facts, one: Compared) -> tuple[Decimal, ...]:
    definition = facts.definition(one.now.key.measure)
    return tuple(end for end in (definition.target, definition.target_upper) if end is not None)


def _parts(facts: Facts, rows: Sequence[tuple[str, Compared]]) -> Table:
    now, before = years(facts)
    return Table(
        "Children for each full-time equivalent chair, both kinds and each apart",
        ("Counted", now, numbers.MADE_OF, before, numbers.MADE_OF, "Difference"),
        tuple(
            (
                label,
                numbers.shown(one.now),
                made_of(one.now),
                numbers.shown(one.before),
                made_of(one.before),
                signed(one),
            )
            for label, one in rows
        ),
    )


def by_month(facts: Facts) -> tuple[Figure, ...]:
    """The caseload month by month, where enough months are known for a course."""
    points = facts.months(CASELOAD)
    known = [point for point in points if point.value is not None and point.day >= facts.year.start]
    if len(known) < RUN:
        return ()
    headline = say(
        "Month by month a full-time chair had between {low} and {high} children",
        low=numbers.shown(min(known, key=lambda point: point.value or 0).cell),
        high=numbers.shown(max(known, key=lambda point: point.value or 0).cell),
    )
    return (
        months_figure(
            facts,
            "caseload-months",
            headline,
            course.of(points, facts.year.start),
            "Children for each full-time equivalent chair at each month’s end",
            "Children",
            CASELOAD,
        ),
    )


def dual(facts: Facts) -> Figure:
    chairs, one = facts.beside("chair_fte", DAY), facts.beside("chair_dual_role", DAY)
    headline = say(
        "There are {fte} full-time equivalent chairs; {share} of the chairs ({of}) have the dual role",
        fte=numbers.shown(chairs.now),
        share=numbers.shown(one.now),
        of=numbers.made_of(one.now),
    )
    return rates_figure(
        facts,
        "dual-role",
        when([chairs.now, one.now], headline, "The chairs, and how many have the dual role"),
        "Chairs in the dual role, by heads, and all chairs in full-time equivalents",
        (("chair_dual_role", DAY),),
        say(
            "In the dual role a chair also chairs child protection conferences. The share is of heads, the "
            "number "
            "is of full-time equivalents: {beside}.",
            beside=wording.beside_last_year(chairs),
        ),
        (("chair_fte", DAY),),
    )
