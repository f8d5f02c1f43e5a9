"""Sentences of the report and of the board's pages over thousands of made-up distributions and series, held
against what is true of them: of hidden numbers too, which the sentences do not know.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest

from care_reviews.board import words
from care_reviews.report import course, wording
from care_reviews.report.facts import (
    DAY,
    UNKNOWN,
    YEAR,
    Cell,
    Compared,
    Facts,
    Key,
    Point,
    Publication,
)
from care_reviews.report.figures import Figure
from care_reviews.report.sections import alerts, children, participation, profile
from care_reviews.report.year import Year
from tests.brute_force.spans import month_ends
from tests.brute_force.trends import ENOUGH, Trend, of_series
from tests.report_definitions import DEFINITIONS, plain

NOW = Year(2019)
MANY, COURSES = 500, 300
NIGHT = dt.date(2020, 4, 30)
PUBLICATION = Publication(2, "A", NIGHT, dt.datetime(2020, 5, 1, tzinfo=dt.UTC), "passed")
NAMES = {
    "alert_stage": ("Team Manager", "Service Manager", "Director", "CAFCASS", "Not recorded"),
    "alert_category": ("Drift or delay", "Plan", "Other", "Not known"),
    "alert_type": ("Informal", "Formal", "Not known"),
    "alert_agency": ("Local authority", "Partner agency"),
    "participation_code": ("PN1", "PN5", "PN7", "Not recorded"),
    "end_reason": ("Adopted", "Returned home", "Other", "Not known"),
    "ethnicity": ("White", "Mixed", "Black", "Not known"),
    "age_band": ("Under 1", "1 to 4", "16 and over", "Not known"),
}


def counted(key: Key, count: int | None) -> Cell:
    unit = DEFINITIONS[key.measure].unit
    if count is None:
        return Cell(key, unit, symbol="c")
    return Cell(key, unit, count, None, Decimal(count), symbol=None)


def facts_of(measure: str, grain: str, breakdown: str, true: dict[str, int], shown: set[str]) -> Facts:
    """A publication that shows the whole, and of the categories those."""
    whole = Key(measure, grain, NOW.end)
    cells = {whole: counted(whole, sum(true.values()))}
    for name, count in true.items():
        key = Key(measure, grain, NOW.end, breakdown, name)
        cells[key] = counted(key, count if name in shown else None)
    return Facts(NOW, "A", PUBLICATION, cells, {}, {}, DEFINITIONS, NAMES, {})


def distribution(chance: random.Random, names: tuple[str, ...]) -> tuple[dict[str, int], set[str]]:
    """Counts by category, with ties, halves and zeros among them, and which of them are shown."""
    largest = chance.choice((1, 6, 12, 300))
    true = {name: chance.choice((0, largest, chance.randint(0, largest))) for name in names}
    if chance.random() < 0.25:
        true[chance.choice(names)] = sum(true.values())  # half of all, or nearly
    hidden = {name for name in names if chance.random() < 0.3} if chance.random() < 0.5 else set()
    return true, {*names} - hidden


FIGURES: list[tuple[Callable[[Facts], Figure], str, str, str]] = [
    (alerts.by_stage, "alerts_by_stage", YEAR, "alert_stage"),
    (alerts.by_category, "alerts_by_category", YEAR, "alert_category"),
    (participation.by_code, "participation_by_code", YEAR, "participation_code"),
    (children.reasons, "children_ceased", YEAR, "end_reason"),
    (profile.ethnicity, "children_looked_after", DAY, "ethnicity"),
    (profile.age_and_sex, "children_looked_after", DAY, "age_band"),
]
LABELS = {"participation_code": participation.CODES}
CLAIMS = {
    "all": lambda part, whole: part == whole,
    "the majority": lambda part, whole: 2 * part > whole,
    "half": lambda part, whole: 2 * part == whole,
}


@pytest.mark.parametrize(("figure", "measure", "grain", "breakdown"), FIGURES)
def test_what_a_headline_says_of_categories_is_true(
    figure: Callable[[Facts], Figure], measure: str, grain: str, breakdown: str
) -> None:
    chance, names, told = random.Random(breakdown), NAMES[breakdown], set()
    labels = {name: wording.inside(LABELS.get(breakdown, {}).get(name, name)).lower() for name in names}
    for _ in range(MANY):
        true, shown = distribution(chance, names)
        made = figure(facts_of(measure, grain, breakdown, true, shown))
        said = plain(made.headline if breakdown != "age_band" else made.reading)
        if breakdown == "age_band" and said.startswith("Which age group"):
            continue
        share = re.search(r"([0-9.]+)%", said)
        if share is None:
            told.add("nothing")
            continue
        whole, top = sum(true.values()), max(true.values())
        named = [name for name in names if labels[name] in said.lower()]
        assert named, said
        # The one largest, whatever is hidden; all of its claims hold.
        assert [name for name in names if true[name] == top] == [max(named, key=len)], (said, true, shown)
        assert Decimal(share[1]) == round(Decimal(100 * top) / whole + Decimal("1e-9"), 1), (said, true)
        assert "no higher than" not in said  # which would be true of the lowest stage alone
        found = re.match("(all|the majority|half) of", said.lower())
        if found:
            assert CLAIMS[found[1]](top, whole), (said, true)
            told.add(found[1])
        if max(named, key=len) in UNKNOWN:
            told.add("unknown")
            assert re.search("not (known|recorded) for|is not (known|recorded)", said), said
            assert "most frequent" not in said
            assert "largest" not in said
    assert "unknown" in told
    if breakdown in ("alert_stage", "ethnicity"):
        assert {"all", "the majority", "half"} <= told


def series(chance: random.Random) -> tuple[dict[dt.date, Decimal | None], dict[dt.date, str | None]]:
    """The values of months: a level with noise, drifts, steps, spikes and gaps."""
    value, noise = chance.choice((3.0, 90.0, 900.0)), chance.choice((0, 1, 5))
    drift = chance.choice((0, 0, 0.7, -0.7, 4, -4))
    last = dt.date(2020, *chance.choice(((3, 31), (4, 30), (9, 30))))
    days = month_ends(last, chance.choice((7, 13, 14, 26, 36)))
    values: dict[dt.date, Decimal | None] = {}
    symbols: dict[dt.date, str | None] = {}
    for day in days:
        value += drift + chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 12, -12)) * noise
        found = Decimal(round(max(value + chance.uniform(-noise, noise), 0)))
        symbols[day] = chance.choice("czx") if chance.random() < 0.02 else None
        values[day] = None if symbols[day] else found
    return values, symbols


def point_of(day: dt.date, trend: Trend) -> Point:
    cell = Cell(Key("overdue_reviews", "snapshot", day), "reviews", value=trend.value, symbol=trend.symbol)
    if trend.value is not None:
        cell = Cell(cell.key, cell.unit, value=trend.value, symbol=None)
    beyond, side, direction, outer = trend.signals or (None, None, None, None)
    return Point(
        cell,
        trend.limits.centre,
        trend.limits.lower,
        trend.limits.upper,
        trend.limits.points,
        trend.limits.points < ENOUGH,
        beyond,
        side,
        direction,
        outer,
        is_signal=None if trend.signals is None else any(trend.signals),
        symbol=trend.symbol,
    )


MONTH = "[A-Z][a-z]+ 20[0-9]{2}"


def named(month: str) -> dt.date:
    return dt.datetime.strptime(month, "%B %Y").replace(tzinfo=dt.UTC).date()


def is_true_of(said: str, seen: list[Point], every: list[Point]) -> set[str]:
    """Hold what is said of months against them; gives which claims were made."""
    claims = set()
    by_month = {point.day.replace(day=1): point for point in every}
    every_month = f"(?:Every month( with a published value)? from )?({MONTH})"
    span = re.match(f"{every_month}(?: (?:to|and) ({MONTH}))? lay", said)
    if span:
        claims.add("within")
        first, last = named(span[2]), named(span[3] or span[2])
        within = [point for month, point in by_month.items() if first <= month <= last]
        known = [point.day.replace(day=1) for point in seen if point.value is not None]
        assert (known[0], known[-1]) == (first, last), said
        for point in within:
            if point.value is None:
                assert span[1] or " and " in span[0], said
                continue
            assert point.lower_limit is not None
            assert point.upper_limit is not None
            assert point.lower_limit <= point.value <= point.upper_limit, said
            assert not point.is_signal, said
        if span[0].startswith("Every month from"):
            assert len(within) == (last.year - first.year) * 12 + last.month - first.month + 1, said
        if "as they usually do" in said:
            claims.add("usual")
            assert len(within) >= 7, said
            assert all((point.base_points or 0) >= ENOUGH for point in within), said
    for month, side in re.findall(rf"({MONTH}) \([0-9,.]+\) lay (above|below) it", said):
        claims.add(side)
        point = by_month[named(month)]
        assert point in seen, said
        assert point.value is not None
        limit = point.upper_limit if side == "above" else point.lower_limit
        assert limit is not None
        assert (point.value > limit) if side == "above" else (point.value < limit), said
    for way, month in re.findall(rf"a (rise|fall) over seven months in a row to ({MONTH})", said):
        claims.add(way)
        run = [p.value for p in every if p.value is not None and p.day.replace(day=1) <= named(month)][-7:]
        steps = [later - earlier for earlier, later in pairwise(run)]
        assert len(steps) == 6, said
        assert min(steps) > 0 if way == "rise" else max(steps) < 0, said
    for month, side in re.findall(rf"seven months in a row up to ({MONTH}) lay (above|below) the mean", said):
        claims.add("one side")
        centre = by_month[named(month)].centre
        run = [p.value for p in every if p.value is not None and p.day.replace(day=1) <= named(month)][-7:]
        assert centre is not None
        assert all((value > centre) if side == "above" else (value < centre) for value in run), said
    assert ("a rise" in said) is ("rise" in claims), said
    assert ("a fall" in said) is ("fall" in claims), said
    return claims


def test_what_is_said_of_a_course_is_true() -> None:
    chance, claims = random.Random(5), set()
    for _ in range(COURSES):
        values, symbols = series(chance)
        every = [point_of(day, trend) for day, trend in sorted(of_series(values, symbols).items())]
        year = [point for point in every if NOW.start <= point.day <= NOW.end]
        claims |= is_true_of(plain(course.of(every[: every.index(year[-1]) + 1], NOW.start)), year, every)
        chart = every[-24:]
        others = [place for place, point in enumerate(chart) if limits_of(point) != limits_of(chart[-1])]
        seen = chart[others[-1] + 1 if others else 0 :]
        said, _, before = plain(words.newest_course(chart)).partition(" Months before ")
        claims |= is_true_of(said, seen, every)
        if before:
            told = re.search(": ([a-z0-9]+) of them", before)
            assert told
            signals = sum(bool(point.is_signal) for point in chart[: -len(seen)])
            assert {"none": "0", "one": "1"}.get(told[1], told[1]) == str(signals)
            assert before.startswith(f"{seen[0].day:%B %Y}")
            claims.add("before")
    assert claims == {"within", "usual", "above", "below", "rise", "fall", "one side", "before"}


def limits_of(point: Point) -> tuple[object, ...]:
    return (point.lower_limit, point.centre, point.upper_limit, point.base_points)


def test_two_years_are_never_called_what_they_are_not() -> None:
    chance = random.Random(7)
    for _ in range(MANY):
        unit = chance.choice(("percent", "children", "fte"))
        one, two = (Decimal(chance.randint(0, 1000)) / (1 if unit == "children" else 10) for _ in range(2))
        if unit != "children" and chance.random() < 0.3:
            two = one + Decimal(chance.choice(("0.04", "-0.04", "0")))
        key = Key("m", YEAR, NOW.end)
        cells = [Cell(key, unit, value=value, symbol=None) for value in (one, two)]
        said = plain(wording.beside_last_year(Compared(cells[0], cells[1], one - two)))
        is_more = any(word in said for word in ("more", "higher", "above"))
        is_fewer = any(word in said for word in ("fewer", "lower", "below"))
        assert (is_more, is_fewer) == (one > two, one < two), (said, one, two)
        assert not re.match(r"0(\.0)? ", said), said
        assert not {"rise", "fall", "increase", "decrease", "majority"} & {*said.split()}
