"""Figures of a kind: percentages beside last year's, counts by category, a measure month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.charts import bars, rates, run
from care_reviews.report.facts import ALL, YEAR, Compared, Facts
from care_reviews.report.figures import Figure, both_years, months_table, rates_table, say

Named = Sequence[tuple[str, str]]


def rates_figure(
    facts: Facts,
    name: str,
    headline: Markup,
    caption: str,
    measures: Named,
    reading: Markup | None = None,
    others: Named = (),
) -> Figure:
    """Percentages. `measures`: measure and length of its period; `others`: those that are no percentages, and
    stand in the table alone. Without a reading it says what changed.
    """
    rows = _rows(facts, measures)
    drawn = [rates.Rate(label, one, facts.definition(one.now.key.measure).target) for label, one in rows]
    return Figure(
        name=name,
        headline=headline,
        reading=reading or wording.changed(rows),
        chart=rates.draw(f"chart-{name}", headline, drawn),
        table=rates_table(caption, facts, rows, _rows(facts, others)),
        definitions=tuple(facts.definition(measure) for measure, _ in (*measures, *others)),
    )


def _rows(facts: Facts, measures: Named) -> list[tuple[str, Compared]]:
    return [(facts.definition(measure).name, facts.beside(measure, grain)) for measure, grain in measures]


def counts_figure(
    facts: Facts,
    name: str,
    headline: Markup,
    reading: Markup,
    caption: str,
    rows: Sequence[tuple[str, Compared]],
    others: Sequence[tuple[str, Compared]] = (),
) -> Figure:
    """Values as bars from zero, last year's marked; `others`, wholes and what has another unit, stand in the
    table alone. Categories have the share that they are of the whole.
    """
    measures = dict.fromkeys(one.now.key.measure for _, one in (*rows, *others))
    has_shares = all(one.now.key.breakdown != ALL for _, one in rows)
    return Figure(
        name=name,
        headline=headline,
        reading=reading,
        chart=bars.draw(
            f"chart-{name}",
            headline,
            [bars.Bar(label, (one.now,), one.before) for label, one in rows],
            (facts.year.title,),
        ),
        table=both_years(caption, "Counted", facts, [*rows, *others], has_shares),
        definitions=tuple(facts.definition(measure) for measure in measures),
        is_pair=True,
    )


def categories(
    facts: Facts, measure: str, breakdown: str, labels: Mapping[str, str] | None = None
) -> list[tuple[str, Compared]]:
    """The categories of a measure beside last year's. What is not known is left out where there is none."""
    found = [
        ((labels or {}).get(name, name), facts.beside(measure, YEAR, breakdown, name))
        for name in facts.members(breakdown)
    ]
    return [
        (label, one)
        for label, one in found
        if not wording.is_unknown(label) or one.now.value != 0 or one.before.value != 0
    ]


def most_frequent(
    rows: Sequence[tuple[str, Compared]], facts: Facts, subject: str, words: str, mostly: str | None = None
) -> Markup:
    """A headline that names the largest category, in `words` with {label} and {share}; where it is half of
    all or more in `mostly`, with {part} as well. The `subject` alone where none is known to be the largest.
    """
    measure = rows[0][1].now.key.measure if rows else ""
    whole = facts.cell(measure, YEAR) if rows else None
    top = wording.largest([one.now for _, one in rows], whole)
    if top is None or whole is None or (share := numbers.share(top, whole)) is None:
        return Markup("{}").format(subject)
    label = wording.inside(next(label for label, one in rows if one.now is top))
    if wording.is_unknown(top.key.category):
        return say("{subject}: {label} for {share}", subject=subject, label=label, share=share)
    named = wording.part_of(top.numerator or 0, whole.numerator or 0)
    if named and mostly:
        return say(mostly, label=label, share=share, part=named.capitalize())
    return say(words, label=label, share=share)


def months_figure(
    facts: Facts, name: str, headline: Markup, reading: Markup, caption: str, column: str, measure: str
) -> Figure:
    """A measure month by month, with its control chart."""
    points = facts.months(measure)
    return Figure(
        name=name,
        headline=headline,
        reading=reading,
        chart=run.draw(f"chart-{name}", headline, points),
        table=months_table(caption, column, points, facts.year.start),
        definitions=(facts.definition(measure),),
        is_pair=True,
    )
