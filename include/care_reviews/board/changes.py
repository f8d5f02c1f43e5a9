"""What changed with the newest month: signals, targets met or missed, and months that are said otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from care_reviews.board import words
from care_reviews.board.facts import Facts, Version
from care_reviews.report import course, numbers
from care_reviews.report.facts import Definition
from care_reviews.report.figures import Table, say
from care_reviews.web.text import day


@dataclass(frozen=True)
class Change:
    """A measure that changed, and how."""

    definition: Definition
    words: Markup


def of_month(facts: Facts) -> tuple[Change, ...]:
    """The measures whose newest month signals, or meets a target that the month before missed, or misses it;
    those that head the pages first.
    """
    headlines = facts.headlines
    ordered = (*headlines, *(one for one in facts.ordered if one not in headlines))
    found = []
    for definition in ordered:
        points = facts.months(definition.measure_id)
        if not points or points[-1].day != facts.month:
            continue
        said = [words.turned(definition, points), course.newest_signal(points)]
        changed = [each for each in said if each is not None]
        if changed and points[-1].cell.status == "provisional":
            changed.append(Markup("The month is provisional: late recording may still change it."))
        if changed:
            found.append(Change(definition, Markup(" ").join(changed)))
    return tuple(found)


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
        "None of the {count} measures whose usual variation is known gave a signal in {month:%B %Y}, and no "
        "published value met or missed its target unlike the month before.",
        count=len(held),
        month=facts.month,
    )


def _is_judged(facts: Facts, definition: Definition) -> bool:
    points = facts.months(definition.measure_id)
    newest = points[-1] if points else None
    if newest is None or newest.day != facts.month:
        return False
    return newest.is_signal is not None and newest.upper_limit is not None
