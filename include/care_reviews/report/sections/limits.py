"""What the numbers cannot say: what may still change, is not published, or was said otherwise before."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.facts import ALL, DAY, SUPPRESSED, YEAR, Cell, Facts, First
from care_reviews.report.figures import Note, Section, Table, say
from care_reviews.report.sections import children, participation, reviews, workforce
from care_reviews.web.text import day

# Measures whose months stand in the report.
BY_MONTH = (
    children.ALL_CHILDREN,
    children.UASC,
    reviews.OVERDUE,
    participation.MEASURE,
    workforce.CASELOAD,
)


def section(facts: Facts) -> Section:
    return Section(
        name="limits",
        title="What the data cannot say",
        lead=Markup("Read the figures with these limits in mind."),
        notes=(
            _provisional(facts),
            _suppressed(facts),
            *_missing(facts),
            _units(facts),
            _said_before(facts),
        ),
    )


def _whole(facts: Facts) -> list[Cell]:
    """The cells of the year and of its last day, for the whole council."""
    return [
        cell
        for key, cell in facts.cells.items()
        if key.breakdown == ALL and key.grain in (YEAR, DAY) and key.end == facts.year.end
    ]


def _names(facts: Facts, cells: list[Cell]) -> Markup:
    return wording.joined(sorted({facts.definition(cell.key.measure).name for cell in cells}))


def _said_before(facts: Facts) -> Note:
    """Of the figures of the whole council that stand in the report: those of the year, and its months."""
    title = "Figures of the whole council that were published otherwise before"
    found = [
        then
        for key, then in facts.firsts.items()
        if (key.end == facts.year.end and key.grain in (YEAR, DAY)) or key.measure in BY_MONTH
        if numbers.first(then).striptags() != numbers.plain(facts.cells[key])
    ]
    found.sort(key=lambda then: (facts.definition(then.cell.key.measure).name, then.cell.key))
    night = day(facts.publication.as_known)
    if not found:
        return Note("before", title, (Markup("None of them was published with another value before."),))
    words = say(
        "The record system is filled in late: what was known on a night is not what is known on a later "
        "one. Both "
        "values are true, each as known on its day. This report is as known on {night}.",
        night=night,
    )
    table = Table(
        "First published, and in this report",
        ("Measure", "First", "This report", "On", "As known first"),
        tuple(_before(facts, then) for then in found),
        words=2,
    )
    return Note("before", title, (words,), table)


def _before(facts: Facts, then: First) -> tuple[str | Markup, ...]:
    key = then.cell.key
    when = {DAY: day(key.end), YEAR: facts.year.title}.get(key.grain, f"{key.end:%B %Y}")
    now = facts.cells[key]
    return (
        facts.definition(key.measure).name,
        numbers.first(then),
        numbers.shown(now),
        when,
        day(then.as_known),
    )


def _provisional(facts: Facts) -> Note:
    found = [cell for cell in _whole(facts) if cell.status == "provisional"]
    words = say(
        "These figures ended so lately before {night} that late recording may still change them: {names}.",
        night=day(facts.publication.as_known),
        names=_names(facts, found),
    )
    none = Markup("No figure of the year is provisional. A correction in the records can still change one.")
    return Note("provisional", "What may still change", (words if found else none,))


def _suppressed(facts: Facts) -> Note:
    found = [cell for cell in _whole(facts) if cell.symbol == SUPPRESSED]
    words = [
        Markup(
            "A count of 1 to 5 is not published, nor what would give it back by subtraction. Such a cell "
            "says c in a "
            "table and has no bar and no point in a chart. A suppressed number is not always a small one."
        )
    ]
    if found:
        words.append(say("Not published for the whole council: {names}.", names=_names(facts, found)))
    return Note("suppressed", "What is not published", tuple(words))


def _missing(facts: Facts) -> tuple[Note, ...]:
    """That the publication does not reach back to the year's first month, where that is so."""
    first = min((point.day for name in BY_MONTH for point in facts.months(name)), default=None)
    if first is None or first.replace(day=1) <= facts.year.start:
        return ()
    words = say(
        "This publication holds no months before {first:%B %Y}: charts and tables by month begin with it.",
        first=first,
    )
    return (Note("missing", "Months that are missing", (words,)),)


def _units(facts: Facts) -> Note:
    return Note(
        "units",
        "What does not add up, and need not",
        (
            Markup(
                "Children, reviews, periods of care, alerts and categories of alerts are different units: a "
                "child has "
                "several reviews, and an alert several categories."
            ),
            Markup(
                "Where it is published, the last month of the year before is the first point of a chart by "
                "month, so that the year’s course can be seen from its beginning. Two points show no trend: "
                "only the control chart’s rules do."
            ),
            Markup(
                "Shares of both years are rounded to one decimal and stand beside their numerators and "
                "denominators. "
                "Differences are taken before rounding."
            ),
        ),
    )
