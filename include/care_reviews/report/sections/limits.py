"""What the numbers cannot say: what may still change, is not published, or was said otherwise before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from care_reviews.measure_words import breakdown_title
from care_reviews.report import numbers, wording
from care_reviews.report.facts import ALL, DAY, NOT_AVAILABLE, SUPPRESSED, YEAR, Cell, Facts, First, Key
from care_reviews.report.figures import Note, Row, Section, Table, say, years
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


NAME = "limits"
# What a symbol or a number of a cell is said as, and not what it is made of or how far it is from another.
VALUE = "value"
FIRST = (False, False)


def section(facts: Facts, others: Sequence[Section]) -> Section:
    """`others`: the sections of the report whose numbers these limits are of."""
    said = _values(word for one in others for word in one.said)
    return Section(
        name=NAME,
        title="What the data cannot say",
        lead=Markup("Read the figures with these limits in mind."),
        notes=(
            _provisional(facts),
            _suppressed(facts, said),
            *_said_before(facts, _values(word for one in others for word in one.heads), said),
            *_missing(facts),
            _units(facts),
        ),
    )


def _values(words: Iterable[str | Markup]) -> dict[Key, str]:
    """The cells whose values are said, in their order, with what is said."""
    found = (mark for word in words for mark in numbers.marks(word))
    return {mark.key: mark.said for mark in found if mark.field == VALUE}


def _whole(facts: Facts) -> list[Cell]:
    """The cells of the year and of its last day, for the whole council."""
    return [
        cell
        for key, cell in facts.cells.items()
        if key.breakdown == ALL and key.grain in (YEAR, DAY) and key.end == facts.year.end
    ]


def _names(facts: Facts, measures: Iterable[str]) -> Markup:
    return wording.joined(sorted({facts.definition(measure).name for measure in measures}))


def _said_before(facts: Facts, heads: Mapping[Key, str], said: Mapping[Key, str]) -> tuple[Note, ...]:
    """Figures of the report that were published with another value: those of its headlines first."""
    differ = {
        key
        for key, then in facts.firsts.items()
        if numbers.first(then).striptags() != numbers.plain(facts.cells[key])
    }
    leading = sorted((key for key in heads if key in differ), key=lambda key: _weight(facts, key))
    following = [key for key in said if key in differ and key not in heads]
    left = len(differ) - len(leading) - len(following)
    words = say(
        "The record system is filled in late: what was known on a night is not what is known on a later "
        "one. Both values are true, each as known on its day. This report is as known on {night}.",
        night=day(facts.publication.as_known),
    )
    none = Markup("No headline figure was published with another value before.")
    more = say(
        "{count} more, which are not in this report, were published otherwise before as well.", count=left
    )
    title = "figures of this report that were published otherwise before"
    plain = tuple(_both(facts, key) for key in leading if _weight(facts, key) == FIRST)
    lead = (words, *plain) if leading else (none,)
    notes = [Note("before", f"Headline {title}", lead, _table(facts, leading, "Headline figures"))]
    if following:
        notes.append(
            Note(
                "before-others",
                f"Other {title}",
                (more,) if left else (),
                _table(facts, following, "Other figures"),
            )
        )
    return tuple(notes)


def _weight(facts: Facts, key: Key) -> tuple[bool, bool]:
    """Counts go before what is made of them, and of counts those of a day, which others are compared with."""
    return facts.definition(key.measure).unit not in numbers.COUNTS, key.grain != DAY


def _both(facts: Facts, key: Key) -> Markup:
    then = facts.firsts[key]
    return say(
        "{name} on {day}: {first} as known on {night}, {now} in this report.",
        name=facts.definition(key.measure).name,
        day=day(key.end),
        first=numbers.first(then),
        night=day(then.as_known),
        now=numbers.shown(facts.cells[key]),
    )


def _table(facts: Facts, keys: Sequence[Key], which: str) -> Table | None:
    if not keys:
        return None
    return Table(
        f"{which}, first published and in this report",
        ("Measure", "First", "This report", "On", "As known first"),
        tuple(_before(facts, facts.firsts[key]) for key in keys),
        words=2,
    )


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
    whole = _whole(facts)
    found = [cell.key.measure for cell in whole if cell.status == "provisional"]
    words = say(
        "These figures ended so lately before {night} that late recording may still change them: {names}.",
        night=day(facts.publication.as_known),
        names=_names(facts, found) if len(found) < len(whole) else Markup("every figure of the year"),
    )
    none = Markup("No figure of the year is provisional. A correction in the records can still change one.")
    return Note("provisional", "What may still change", (words if found else none,))


def _suppressed(facts: Facts, said: Mapping[Key, str]) -> Note:
    words = [
        Markup(
            "A count of 1 to 5 is not published, nor what would give it back by subtraction. Such a cell "
            "says c in a "
            "table and has no bar and no point in a chart. A suppressed number is not always a small one."
        )
    ]
    unknown = [key.measure for key, symbol in said.items() if symbol == NOT_AVAILABLE]
    if unknown:
        words.append(
            say(
                "What is not known, or of a time before the records, says x and is not available: {names}.",
                names=_names(facts, unknown),
            )
        )
    rows = _hidden(facts, said)
    now, before = years(facts)
    table = (
        Table("Suppressed in this report", ("Measure", "Of", now, before), rows, words=3) if rows else None
    )
    return Note("suppressed", "What is not published", tuple(words), table)


def _hidden(facts: Facts, said: Mapping[Key, str]) -> tuple[Row, ...]:
    """How many of a measure's cells are suppressed in each year: of the whole, of months, of a breakdown."""
    found: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in said:
        found[key.measure, _part(facts, key)].append(key)
    rows = []
    for (measure, part), keys in found.items():
        both = [[key for key in keys if (key.end >= facts.year.start) is is_now] for is_now in (True, False)]
        counts = [(sum(said[key] == SUPPRESSED for key in year), len(year)) for year in both]
        if any(hidden for hidden, _ in counts):
            rows.append((facts.definition(measure).name, part, *(_many(*count) for count in counts)))
    return tuple(rows)


def _part(facts: Facts, key: Key) -> str:
    if key.breakdown != ALL:
        return f"by {breakdown_title(key.breakdown).lower()}"
    is_year = key.grain in (YEAR, DAY) and key.end in (facts.year.end, facts.year.before.end)
    return "the whole council" if is_year else "other months"


def _many(hidden: int, all_of_them: int) -> str:
    if not hidden:
        return "–"
    return "suppressed" if all_of_them == 1 else f"{hidden} of {all_of_them} suppressed"


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
