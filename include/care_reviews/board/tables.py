"""The tables of the board's pages: a measure by month, by category and by publication, and areas."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from care_reviews.board import words
from care_reviews.board.facts import Facts
from care_reviews.board.links import measure_link
from care_reviews.measure_words import breakdown_title, group_title
from care_reviews.report import numbers
from care_reviews.report.charts import bars
from care_reviews.report.facts import Cell, Definition
from care_reviews.report.figures import Row, Table, made_of, months_table, say, with_firsts

AREA = "quadrant"
WHOLE = "Whole council"


@dataclass(frozen=True)
class Drawn:
    """A table with its chart."""

    name: str
    title: str
    chart: Markup | None
    table: Table


def by_month(facts: Facts, definition: Definition) -> Table:
    """Every month of a measure, the newest first."""
    points = tuple(reversed(facts.months(definition.measure_id)))
    table = months_table(f"{definition.name}, month by month", "Value", points)
    firsts = [facts.first(point) for point in points]
    return with_firsts(table, firsts) if any(firsts) else table


def by_category(facts: Facts, definition: Definition) -> tuple[Drawn, ...]:
    """A measure by each breakdown that it is published for, beside the year before."""
    members = {name: facts.members(definition.measure_id, name) for name in facts.breakdowns}
    return tuple(_breakdown(facts, definition, name, found) for name, found in members.items() if found)


def _breakdown(facts: Facts, definition: Definition, name: str, members: tuple[str, ...]) -> Drawn:
    measure = definition.measure_id
    rows = [
        (label, facts.cell(measure, name, label), facts.cell(measure, name, label, is_before=True))
        for label in members
    ]
    cell, last = rows[0][1:]
    now, before = words.period(cell), words.period(last)
    title = breakdown_title(name)
    alt = say("{name}, {now}: {title}", name=definition.name, now=now, title=title)
    state = ", provisional" if cell.status == "provisional" else ""
    is_share = _has_shares([one for _, *both in rows for one in both])
    return Drawn(
        name=name,
        title=title,
        chart=bars.draw(
            f"chart-{name}", alt, [bars.Bar(label, (one,), then) for label, one, then in rows], (now,)
        ),
        table=Table(
            f"{definition.name}, {now}{state}: {title}",
            (title, *_titles((now, before), is_share)),
            tuple((label, *_values(both, is_share)) for label, *both in rows),
        ),
    )


def by_publication(facts: Facts, definition: Definition) -> Table | None:
    """What each month was first said to be, and what it became; None where no month was said otherwise."""
    rows: list[Row] = []
    is_share = _has_shares([point.cell for point in facts.months(definition.measure_id)])
    for point in reversed(facts.months(definition.measure_id)):
        for version in facts.versions.get(point.cell.key, ()):
            rows.append(
                (
                    words.period(version.cell),
                    *_values([version.cell], is_share, version.publication_id),
                    words.day(version.as_known),
                    str(version.publication_id),
                )
            )
    if not rows:
        return None
    return Table(
        "Months that were published with more than one value",
        ("Month", *_titles(("Value",), is_share), "First so known on", "Publication"),
        tuple(rows),
        words=2,
    )


def of_area(facts: Facts, area: str) -> tuple[Drawn, ...]:
    """Every measure of an area beside the year before and the whole council, by group."""
    found = []
    for group, definitions in facts.groups:
        rows = []
        for one in definitions:
            cell = facts.cell(one.measure_id, AREA, area)
            if cell.key in facts.cells:
                before = facts.cell(one.measure_id, AREA, area, is_before=True)
                rows.append((one, cell, before, facts.cell(one.measure_id)))
        if rows:
            found.append(_of_group(group, area, rows))
    return tuple(found)


def _of_group(group: str, area: str, rows: list[tuple[Definition, Cell, Cell, Cell]]) -> Drawn:
    is_share = _has_shares([cell for _, *cells in rows for cell in cells])
    title = group_title(group)
    shares = [bars.Bar(one.name, (cell, whole)) for one, cell, _, whole in rows if one.unit == "percent"]
    alt = say("{title}: shares in {area} beside the whole council", title=title, area=area)
    return Drawn(
        name=group,
        title=title,
        chart=bars.draw(f"chart-{group}", alt, shares, (area, WHOLE)) if shares else None,
        table=Table(
            f"{title}: {area} beside the year before and the whole council",
            ("Measure", *_titles((area, "The year before", WHOLE), is_share), "Period"),
            tuple(
                (measure_link(one), *_values(cells, is_share), words.period(cells[0])) for one, *cells in rows
            ),
            words=1,
        ),
    )


def _has_shares(cells: list[Cell]) -> bool:
    return any(cell.denominator is not None for cell in cells)


def _titles(titles: tuple[str, ...], is_share: bool) -> tuple[str, ...]:
    return tuple(each for title in titles for each in ((title, numbers.MADE_OF) if is_share else (title,)))


def _values(cells: list[Cell], is_share: bool, publication_id: int | None = None) -> tuple[Markup, ...]:
    """Values, each with what it is made of where shares are among them."""
    found = []
    for cell in cells:
        found.append(numbers.shown(cell, publication_id=publication_id))
        if is_share:
            found.append(made_of(cell, publication_id))
    return tuple(found)
