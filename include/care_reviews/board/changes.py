"""What changed with the newest month: signals, targets met or missed, and months that are said otherwise.

What is final goes first: of what is provisional late recording alone may be the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from care_reviews.board import words
from care_reviews.board.facts import Facts, Version
from care_reviews.board.measures import AWAITED, UNSETTLED
from care_reviews.report import course, numbers
from care_reviews.report.facts import Definition, Point
from care_reviews.report.figures import Table, say
from care_reviews.report.year import Year
from care_reviews.web.text import day


@dataclass(frozen=True)
class Change:
    """A measure that changed, and how."""

    definition: Definition
    words: Markup


@dataclass(frozen=True)
class Changes:
    """Signals, and targets met or missed unlike the month before: `final` of the newest month of a measure
    that is final, `provisional` where late recording may still undo them.
    """

    final: tuple[Change, ...]
    provisional: tuple[Change, ...]


def of_month(facts: Facts) -> Changes:
    """The measures that changed; those that head the pages first."""
    headlines = facts.headlines
    final, provisional = [], []
    for definition in (*headlines, *(one for one in facts.ordered if one not in headlines)):
        points = facts.months(definition.measure_id)
        if not points or points[-1].day != facts.month:
            continue
        settled = _settled(points)
        said, open_said = _changed(definition, settled), Markup("")
        if len(settled) < len(points):
            if settled and words.is_on_provisional_range(settled[-1], points[-1]):
                said, open_said = Markup(""), said
            open_said = words.in_a_row(open_said, _changed(definition, points))
        if said:
            final.append(Change(definition, said))
        if open_said:
            awaited = words.AWAITED if definition.measure_id in AWAITED else None
            said_of_both = words.in_a_row(open_said, words.PROVISIONAL, awaited)
            provisional.append(Change(definition, said_of_both))
    return Changes(tuple(final), tuple(provisional))


def without_range(facts: Facts) -> tuple[Change, ...]:
    """Measures of which it is not known what is usual, and whose newest month stands out all the same: final
    months first.
    """
    found = []
    for definition in facts.ordered:
        points = facts.months(definition.measure_id)
        if not points or points[-1].day != facts.month or definition.measure_id in UNSETTLED:
            continue
        newest, others = points[-1], points[:-1]
        if newest.has_range or newest.is_signal:
            continue
        if newest.is_provisional and definition.measure_id in AWAITED:
            continue  # unlike the months before, what is late is not all counted yet
        if facts.counts_anew(definition.measure_id):
            others = tuple(one for one in others if Year.of_day(one.day) == Year.of_day(newest.day))
        said = words.stands_out(newest, others)
        if said is not None:
            found.append((newest.is_provisional, Change(definition, said)))
    return tuple(change for _, change in sorted(found, key=lambda each: each[0]))


def _settled(points: Sequence[Point]) -> Sequence[Point]:
    """The months up to the newest that is final."""
    end = len(points)
    while end and points[end - 1].is_provisional:
        end -= 1
    return points[:end]


def _changed(definition: Definition, points: Sequence[Point]) -> Markup:
    """That the last month signals, or meets or misses the target unlike the one before; else nothing."""
    return words.in_a_row(words.turned(definition, points), course.newest_signal(points))


def corrected(facts: Facts) -> Table | None:
    """Months of the measures that head the pages, whose values read otherwise before the newest month was
    over; None where there are none.
    """
    if facts.since is None:
        return None
    rows = []
    for definition in facts.headlines:
        for point in facts.months(definition.measure_id):
            then = _then(facts.versions.get(point.cell.key, ()), facts.since[0])
            if then is not None and then.cell.value is not None:
                was = numbers.shown(then.cell, publication_id=then.publication_id)
                now = numbers.shown(point.cell)
                if was.striptags() != now.striptags():
                    rows.append((definition.name, was, now, words.period(then.cell)))
    if not rows:
        return None
    return Table(
        f"Earlier months, as known on {day(facts.since[1])} and now",
        ("Measure", "Then", "Now", "Month"),
        tuple(rows),
        words=1,
    )


def _then(versions: tuple[Version, ...], publication_id: int) -> Version | None:
    before = [version for version in versions if version.publication_id <= publication_id]
    return before[-1] if before else None


def none_signals(facts: Facts) -> Markup:
    """What is said where nothing changed; of measures without limits it cannot be said."""
    held = [one for one in facts.ordered if _is_judged(facts, one)]
    return say(
        "None of the {count} measures whose usual variation is known gives a signal in {month:%B %Y} or in "
        "its newest final month, and no published value meets or misses its target unlike the month before.",
        count=len(held),
        month=facts.month,
    )


def _is_judged(facts: Facts, definition: Definition) -> bool:
    points = facts.months(definition.measure_id)
    newest = points[-1] if points else None
    if newest is None or newest.day != facts.month:
        return False
    return newest.is_signal is not None and newest.has_range
