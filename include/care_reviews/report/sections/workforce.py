"""Section 3 of the annual report: the independent chairs and their caseloads."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import course, numbers, wording
from care_reviews.report.facts import DAY, Facts
from care_reviews.report.figures import Figure, Section, say, when
from care_reviews.report.sections.shapes import counts_figure, months_figure, rates_figure

CASELOAD = "caseload_per_fte"
PARTS = (CASELOAD, "caseload_looked_after_per_fte", "caseload_protection_per_fte")


def section(facts: Facts) -> Section:
    return Section(
        name="workforce",
        title="Independent chairs",
        lead=Markup(
            "How many chairs there are, and for how many children each full-time equivalent is responsible."
        ),
        figures=(caseload(facts), parts(facts), dual(facts)),
    )


def caseload(facts: Facts) -> Figure:
    one, definition = facts.beside(CASELOAD, DAY), facts.definition(CASELOAD)
    placed = wording.against_target(definition, one.now.value)
    headline = say(
        "A full-time chair has {count} children on average{placed}",
        count=numbers.shown(one.now),
        placed=f", {placed}" if placed else "",
    )
    return months_figure(
        facts,
        "caseload",
        when([one.now], headline, "The caseload of a full-time chair"),
        course.of(facts.months(CASELOAD), facts.year.start),
        "Children for each full-time equivalent chair at each month’s end",
        "Children",
        CASELOAD,
    )


def parts(facts: Facts) -> Figure:
    rows = [(facts.definition(measure).name, facts.beside(measure, DAY)) for measure in PARTS]
    cells = [one.now for _, one in rows]
    headline = say(
        "Of these {all}, {looked_after} are looked after and {protected} have a protection plan",
        all=numbers.shown(cells[0]),
        looked_after=numbers.shown(cells[1]),
        protected=numbers.shown(cells[2]),
    )
    return counts_figure(
        facts,
        "caseload-parts",
        when(cells, headline, "What a caseload is made of"),
        Markup("A child who is looked after and has a protection plan counts in both."),
        "Children for each full-time equivalent chair, both kinds and each apart",
        rows,
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
