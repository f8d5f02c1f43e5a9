"""A measure at a glance: its newest month beside its target and its usual variation, with its chart."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from care_reviews.board import words
from care_reviews.board.facts import Facts
from care_reviews.board.links import measure_file
from care_reviews.board.measures import AWAITED, UNSETTLED
from care_reviews.report import numbers
from care_reviews.report.charts import run
from care_reviews.report.facts import Cell, Definition, Point
from care_reviews.report.figures import say


@dataclass(frozen=True)
class Card:
    """What is said of a measure. `beside`: where the newest month lies beside the target; `standing`: the
    value of the newest year, of a measure of months; `chart`: none where no month is published.
    """

    definition: Definition
    file: str
    newest: Point
    period: str
    beside: str | None
    course: Markup
    assurance: str | None
    standing: Markup | None
    chart: Markup | None


def of_headlines(facts: Facts) -> tuple[Card, ...]:
    """The measures that head the pages, as far as they have months."""
    return tuple(card for one in facts.headlines if (card := of(facts, one)) is not None)


def of(facts: Facts, definition: Definition) -> Card | None:
    """What is said of a measure; None where it has no months."""
    points = facts.months(definition.measure_id)
    if not points:
        return None
    newest, whole = points[-1], facts.cell(definition.measure_id)
    said = _course(facts, definition)
    return Card(
        definition=definition,
        file=measure_file(definition),
        newest=newest,
        period=words.period(newest.cell),
        beside=words.held_against(definition, newest),
        course=said,
        assurance=words.assurance(newest),
        standing=standing(whole) if whole.key.grain != newest.cell.key.grain else None,
        chart=_chart(facts, definition, said) if any(point.value is not None for point in points) else None,
    )


def _course(facts: Facts, definition: Definition) -> Markup:
    if definition.measure_id in UNSETTLED:
        return words.UNSETTLED
    if facts.counts_anew(definition.measure_id):
        return words.ANEW
    points = facts.months(definition.measure_id)
    awaited = definition.measure_id in AWAITED and points[-1].is_provisional
    return words.in_a_row(words.newest_course(points), words.AWAITED if awaited else None)


def standing(cell: Cell) -> Markup:
    """A value with its period, and what it is made of."""
    said = say("{value} in {period}", value=numbers.shown(cell), period=words.period(cell))
    if cell.key.grain == "snapshot":
        said = say("{value} on {period}", value=numbers.shown(cell), period=words.period(cell))
    if cell.denominator is None or cell.symbol is not None:
        return said
    return say("{said} ({parts})", said=said, parts=numbers.made_of(cell))


def _chart(facts: Facts, definition: Definition, course: Markup) -> Markup:
    points = facts.months(definition.measure_id)
    alt = say(
        "{name}, {first:%B %Y} to {last:%B %Y}. {period}: {value}. {course}",
        name=definition.name,
        first=points[0].day,
        last=points[-1].day,
        period=words.period(points[-1].cell),
        value=numbers.shown(points[-1].cell),
        course=course,
    )
    firsts = [then.cell if (then := facts.first(point)) else None for point in points]
    anew = facts.counts_anew(definition.measure_id)
    return run.draw(f"chart-{definition.measure_id}", alt, points, firsts, anew)
