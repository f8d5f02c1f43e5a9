"""What a report says of figures that were published otherwise before, and of months that are missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from markupsafe import Markup

from care_reviews.report import numbers, sections
from care_reviews.report.facts import (
    DAY,
    MONTH,
    YEAR,
    Cell,
    Definition,
    Facts,
    First,
    Key,
    Point,
    Publication,
)
from care_reviews.report.figures import Figure, Note, Section, Table, Tile, say
from care_reviews.report.sections import limits, summary
from care_reviews.report.year import Year

NOW = Year(2019)
MARCH, JUNE = NOW.end, dt.date(2019, 6, 30)
FIRST, LATER = dt.date(2020, 3, 31), dt.date(2020, 4, 30)
PUBLICATION = Publication(2, "A", LATER, dt.datetime(2020, 5, 1, tzinfo=dt.UTC), "passed")
UNITS = {
    "participation": "percent",
    "reviews_held": "reviews",
    "children_looked_after": "children",
    "children_started": "children",
}
DEFINITIONS = {
    name: Definition(name, "", name, "", unit, "", None, None, "", None, None, None, "none")
    for name, unit in UNITS.items()
}


def test_a_publication_says_whether_a_person_released_it() -> None:
    """And on which day, of UTC as everywhere; not who."""
    assert PUBLICATION.release == "Its checks let it out; no person has released it as a return."
    at = dt.datetime(2020, 6, 1, 0, 59, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    told = replace(PUBLICATION, return_name="Annual report 2019-20", released_at=at).release
    assert told == "A person released it as Annual report 2019-20 on 31 May 2020."


def facts_of(changed: dict[Key, tuple[str, str]], months: tuple[dt.date, ...] = ()) -> Facts:
    """A publication of cells that had the first of two values before, and have the second one now."""
    now, firsts = {}, {}
    for key, (then, value) in changed.items():
        unit = UNITS[key.measure]
        now[key] = Cell(key, unit, value=Decimal(value), symbol=None)
        firsts[key] = First(Cell(key, unit, value=Decimal(then), symbol=None), FIRST)
    points = tuple(Point(Cell(Key("participation", MONTH, day), "percent")) for day in months)
    return Facts(NOW, "A", PUBLICATION, now, {}, {"participation": points}, DEFINITIONS, {}, firsts)


def report_of(facts: Facts, heads: tuple[Key, ...] = (), tables: tuple[Key, ...] = ()) -> Section:
    """A section with the cells in the headline of a figure, and others in its table."""
    shown = {
        key: numbers.shown(facts.cells.get(key, Cell(key, UNITS[key.measure]))) for key in (*heads, *tables)
    }
    table = Table("", ("Measure", "Value"), tuple(("one", shown[key]) for key in tables))
    headline = Markup(" ").join(shown[key] for key in heads)
    return Section("one", "", headline, (Figure("one", headline, say(""), None, table, ()),))


def notes_of(facts: Facts, heads: tuple[Key, ...] = (), tables: tuple[Key, ...] = ()) -> dict[str, Note]:
    section = limits.section(facts, (report_of(facts, heads, tables),))
    return {note.name: note for note in section.notes}


KEYS = [
    (Key("reviews_held", YEAR, MARCH), "2,701", "2019/20"),
    (Key("children_looked_after", DAY, MARCH), "2,701", "31 March 2020"),
    (Key("children_looked_after", DAY, JUNE), "2,701", "30 June 2019"),
    (Key("participation", MONTH, JUNE), "2,701.0%", "June 2019"),
]


@pytest.mark.parametrize("name", ["before", "before-others"])
@pytest.mark.parametrize(("key", "then", "when"), KEYS)
def test_a_figure_of_the_report_stands_beside_its_first_value(
    key: Key, then: str, when: str, name: str
) -> None:
    facts = facts_of({key: ("2701", "2714")})
    notes = notes_of(facts, (key,)) if name == "before" else notes_of(facts, (), (key,))
    table = notes[name].table
    assert table is not None
    ((_, was, now, period, night),) = table.rows
    assert (str(was.striptags()), period, night) == (then, when, "31 March 2020")  # type: ignore[union-attr]
    assert "2,714" in now
    assert ("before-others" in notes) is (name != "before")


def test_counts_of_a_day_lead_those_that_were_said_otherwise_and_are_told_in_words() -> None:
    keys = (
        Key("participation", YEAR, MARCH),
        Key("reviews_held", YEAR, MARCH),
        Key("children_looked_after", DAY, MARCH),
    )
    note = notes_of(facts_of(dict.fromkeys(keys, ("40", "60"))), keys)["before"]
    assert note.table is not None
    assert [row[0] for row in note.table.rows] == [key.measure for key in reversed(keys)]
    assert [str(words.striptags()) for words in note.words[1:]] == [
        "children_looked_after on 31 March 2020: 40 as known on 31 March 2020, 60 in this report."
    ]


def test_what_is_not_in_the_report_is_counted_and_not_listed() -> None:
    shown, other = Key("reviews_held", YEAR, MARCH), Key("children_started", MONTH, JUNE)
    notes = notes_of(facts_of({shown: ("1", "2"), other: ("3", "4")}), (), (shown,))
    assert notes["before"].table is None
    assert "No headline figure" in notes["before"].words[0]
    others = notes["before-others"]
    assert others.table is not None
    assert len(others.table.rows) == 1
    assert str(others.words[0]).startswith("1 more, which are not in this report")
    assert notes_of(facts_of({shown: ("1", "2")}), (), (shown,))["before-others"].words == ()


def test_a_difference_that_nobody_sees_is_not_listed() -> None:
    key = Key("participation", YEAR, MARCH)
    assert notes_of(facts_of({key: ("93.01", "93.04")}), (key,))["before"].table is None


def test_what_is_hidden_is_listed_of_both_years_of_months_and_of_breakdowns() -> None:
    before = NOW.before.end
    areas = [
        Key("reviews_held", YEAR, end, "quadrant", name) for end in (MARCH, before) for name in ("N", "S")
    ]
    whole = Key("children_looked_after", DAY, before)
    month = Key("participation", MONTH, JUNE)
    facts = facts_of({areas[0]: ("1", "2")})
    hidden = {key: Cell(key, UNITS[key.measure], symbol="c") for key in (*areas[1:], whole, month)}
    unknown = Key("children_started", YEAR, MARCH)
    facts = replace(facts, cells={**facts.cells, **hidden}, firsts={})
    note = notes_of(facts, (whole,), (*areas, month, unknown))["suppressed"]
    assert note.table is not None
    assert note.table.rows == (
        ("children_looked_after", "the whole council", "–", "suppressed"),
        ("reviews_held", "by area", "1 of 2 suppressed", "2 of 2 suppressed"),
        ("participation", "other months", "suppressed", "–"),
    )
    assert "not available: children_started." in note.words[1]
    assert notes_of(facts_of({areas[0]: ("1", "2")}), (), (areas[0],))["suppressed"].table is None


@pytest.mark.parametrize(
    ("first", "is_missing"),
    [(dt.date(2019, 3, 31), False), (dt.date(2019, 4, 30), False), (dt.date(2019, 5, 31), True)],
)
def test_months_that_a_publication_does_not_hold_are_named(first: dt.date, is_missing: bool) -> None:
    notes = notes_of(facts_of({}, (first, MARCH)))
    assert ("missing" in notes) is is_missing
    if is_missing:
        assert "no months before May 2019" in notes["missing"].words[0]


@pytest.mark.parametrize("status", ["final", "provisional"])
def test_a_provisional_figure_says_so_beside_its_headline(status: str) -> None:
    """2,676 reviews are 25 fewer than the year before, until the last forms make them 13 more."""
    held, other = Key("reviews_held", YEAR, MARCH), Key("children_started", YEAR, MARCH)
    facts = facts_of({held: ("2676", "2676"), other: ("277", "277")})
    facts = replace(facts, cells=dict(facts.cells) | {held: replace(facts.cells[held], status=status)})
    section = report_of(facts, (held,), (other,))
    tile = Tile(numbers.shown(facts.cells[held]), "Reviews held", say(""))
    section = replace(section, tiles=(tile,), figures=(*section.figures, *report_of(facts, (other,)).figures))
    found = sections.with_state(facts, section)
    ends = [each.reading.endswith(sections.PROVISIONAL) for each in found.figures]
    assert ends == [status == "provisional", False]
    assert found.lead.endswith(sections.ALL_PROVISIONAL) is (status == "provisional")
    (note,) = (each for each in limits.section(facts, (section,)).notes if each.name == "provisional")
    assert ("late recording" in note.words[0]) is (status == "provisional")
    assert "every figure" not in note.words[0]


@pytest.mark.parametrize(
    "words", ["95% interval", "do not overlap", "usual range", "signal", "the mean", "near a limit"]
)
def test_what_headlines_and_remarks_say_of_chance_is_explained_at_the_beginning(words: str) -> None:
    assert words in " ".join(summary.HOW_TO_READ.words)
