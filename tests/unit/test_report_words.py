"""The words that claim something, at both sides of where they become true, and where nothing is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from care_reviews.board import cards, changes, words
from care_reviews.board.facts import Facts
from care_reviews.report import course, numbers, wording
from care_reviews.report.facts import Cell, Compared, Definition, Key, Point, Publication
from care_reviews.report.figures import made_of, months_table, say, signed, when
from care_reviews.validation.code_lists import seed

DEFINITION = Definition(
    "share", "reviews", "A share", "", "percent", "", None, None, "", None, Decimal(95), None, "higher"
)


def month(number: int) -> dt.date:
    first = dt.date(2019 + (number + 4) // 12, (number + 4) % 12 + 1, 1)
    return first - dt.timedelta(days=1)


def cell(value: float | None, number: int = 0, symbol: str | None = None, unit: str = "children") -> Cell:
    shown = None if value is None else Decimal(str(value))
    return Cell(Key("m", "month", month(number)), unit, value=shown, symbol=symbol)


def point(value: float | None, number: int, **given: Any) -> Point:
    """A month within limits of 10 to 30 that signals nothing, unless said otherwise."""
    found: dict[str, Any] = {
        "centre": Decimal(20),
        "lower_limit": Decimal(10),
        "upper_limit": Decimal(30),
        "is_signal": None if value is None else False,
        **given,
    }
    symbol = given.get("symbol")
    return Point(cell(value, number, symbol if value is None else None), **found)


def course_of(months: list[Point]) -> str:
    """Of months that are all of the year."""
    return plain(course.of(months, months[0].day.replace(day=1) if months else month(0)))


def plain(said: Any) -> str:
    return str(said.striptags()) if hasattr(said, "striptags") else str(said)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (10, 10, "all"),
        (6, 10, "the majority"),
        (5, 10, "half"),
        (5, 11, None),
        (6, 11, "the majority"),
        (4, 10, None),
        (0, 10, None),
        (0, 0, None),
    ],
)
def test_a_majority_is_more_than_half(part: int, whole: int, said: str | None) -> None:
    assert wording.part_of(part, whole) == said


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Drift or delay", "drift or delay"),
        ("Team Manager", "Team Manager"),
        ("CAFCASS", "CAFCASS"),
        ("", ""),
    ],
)
def test_a_category_inside_a_sentence_begins_small_but_for_titles(label: str, said: str) -> None:
    assert wording.inside(label) == said


@pytest.mark.parametrize(
    ("values", "whole", "top"),
    [
        ([3, 9, 8], None, 9),
        ([9, 9, 8], None, None),
        ([0, 0], None, None),
        ([], None, None),
        ([None], 5, None),
        ([9, 3, None], None, None),  # what is suppressed could be larger
        ([9, 3, None], 20, 9),  # 8 are left for it
        ([9, 3, None], 21, None),  # 9 are
    ],
)
def test_the_largest_is_one_and_none_that_is_hidden_can_be_as_large(
    values: list[int | None], whole: int | None, top: int | None
) -> None:
    cells = [cell(value, symbol="c" if value is None else None) for value in values]
    found = wording.largest(cells, None if whole is None else cell(whole))
    assert (found.value if found else None) == top


@pytest.mark.parametrize(
    ("overlap", "said"),
    [(True, "their 95% intervals overlap"), (False, "their 95% intervals do not overlap"), (None, "(")],
)
def test_a_difference_says_whether_the_intervals_overlap(overlap: bool | None, said: str) -> None:
    now, before = cell(93, unit="percent"), cell(92, unit="percent")
    found = plain(wording.beside_last_year(Compared(now, before, Decimal(1), do_intervals_overlap=overlap)))
    assert said in found
    assert ("intervals" in found) is (overlap is not None)
    assert "chance" not in found
    assert "rise" not in found


@pytest.mark.parametrize(
    ("difference", "said"), [(1, "1 more"), (-1, "1 fewer"), (0, "the same"), (None, "is 8")]
)
def test_two_years_are_beside_each_other_and_no_trend(difference: int | None, said: str) -> None:
    gap = None if difference is None else Decimal(difference)
    found = plain(wording.beside_last_year(Compared(cell(9), cell(8), gap)))
    assert said in found
    assert not {"rise", "fall", "increase"} & set(found.split())


WHY = [("c", "is not published"), ("x", "is not available"), ("z", "is not applicable")]


@pytest.mark.parametrize(("symbol", "why"), WHY)
def test_what_has_no_value_is_called_what_its_symbol_says(symbol: str, why: str) -> None:
    """Only what is suppressed is there and not published."""
    gone, there = cell(None, symbol=symbol, unit="percent"), cell(93, unit="percent")
    assert plain(wording.beside_last_year(Compared(there, gone))) == f"last year’s value {why}"
    assert plain(wording.beside_last_year(Compared(gone, there))) == "last year’s value is 93.0%"
    for one in (Compared(there, gone), Compared(gone, there)):
        assert plain(wording.changed([("A share", one)])) == f"Not comparable, as a value {why}: A share."
    assert plain(when([there, gone], say("All"), "The count is {why}")) == f"The count {why}"
    assert plain(when([there], say("All"), "The count is {why}")) == "All"


@pytest.mark.parametrize(
    ("direction", "upper", "value", "said", "is_met"),
    [
        ("higher", None, "94.9999", "below the target of 95%", False),
        ("higher", None, "95", "at the target of 95%", True),
        ("higher", None, "95.0001", "above the target of 95%", True),
        ("lower", None, "95", "at the target of 95%", True),
        ("lower", None, "95.0001", "above the target of 95%", False),
        ("within", "97", "94.9999", "below the band of 95% to 97%", False),
        ("within", "97", "95", "within the band of 95% to 97%", True),
        ("within", "97", "97", "within the band of 95% to 97%", True),
        ("within", "97", "97.0001", "above the band of 95% to 97%", False),
        ("none", None, "96", "above the target of 95%", None),
        ("higher", None, None, None, None),
    ],
)
def test_a_target_is_met_on_it(
    direction: str, upper: str | None, value: str | None, said: str | None, is_met: bool | None
) -> None:
    high = None if upper is None else Decimal(upper)
    definition = replace(DEFINITION, direction=direction, target_upper=high)
    found = None if value is None else Decimal(value)
    assert wording.against_target(definition, found) == said
    assert words.meets(definition, found) is is_met
    assert wording.against_target(replace(definition, target=None), found) is None


@pytest.mark.parametrize(
    ("before", "now", "turns"), [(94, 95, True), (95, 94, True), (95, 96, False), (94, None, False)]
)
def test_a_target_turns_where_the_month_before_was_on_its_other_side(
    before: float, now: float | None, turns: bool
) -> None:
    goal = {"target": Decimal(95)}
    months = [point(before, 0, **goal), point(now, 1, symbol=None if now else "c", **goal)]
    assert (words.turned(DEFINITION, months) is not None) is turns


def rising(steps: int, sign: int = 1) -> list[Point]:
    found = [point(20 + sign * number, number) for number in range(steps)]
    signal = {"is_seven_in_one_direction": True, "is_signal": True}
    return [*found[:-1], point(20 + sign * (steps - 1), steps - 1, **(signal if steps == 7 else {}))]


@pytest.mark.parametrize(
    ("steps", "sign", "said"), [(7, 1, "a rise"), (7, -1, "a fall"), (6, 1, None), (6, -1, None)]
)
def test_a_rise_or_a_fall_is_said_by_the_rule_of_seven_alone(steps: int, sign: int, said: str | None) -> None:
    found = course_of(rising(steps, sign))
    assert [word for word in ("a rise", "a fall") if word in found] == ([said] if said else [])
    assert ("without a signal" in found) is (said is None)


@pytest.mark.parametrize(
    ("flags", "value", "said"),
    [
        ({"is_beyond_limit": True}, 31, "lay above it"),
        ({"is_beyond_limit": True}, 9, "lay below it"),
        ({"is_seven_on_one_side": True}, 21, "above the mean of 20.0"),
        ({"is_seven_on_one_side": True}, 19, "below the mean of 20.0"),
        ({"is_two_of_three_in_outer_third": True}, 29, "near a limit"),
        ({"is_beyond_limit": True, "is_two_of_three_in_outer_third": True}, 31, "lay above it."),
    ],
)
def test_each_signal_has_its_words(flags: dict[str, bool], value: float, said: str) -> None:
    months = [point(20, 0), point(20, 1), point(value, 2, is_signal=True, **flags)]
    newest = course.newest_signal(months)
    assert newest is not None
    assert said in plain(newest)
    assert course_of(months) == plain(newest)
    assert course.newest_signal(months[:-1]) is None
    assert course.newest_signal([]) is None


NO_LIMITS: dict[str, Any] = {"centre": None, "lower_limit": None, "upper_limit": None, "is_signal": None}


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([point(20, 0)], "April 2019 lay within the usual range of 10.0 to 30.0 without a signal."),
        ([point(20, 0), point(20, 1)], "April 2019 and May 2019 lay within"),
        ([point(20, each) for each in range(6)], "Every month from April 2019 to September 2019 lay within"),
        ([point(20, each) for each in range(6)], "without a signal."),
        ([point(20, each) for each in range(7)], "without a signal: the months differ as they usually do."),
        (
            [point(20, 0), point(None, 1, symbol="c"), point(20, 2), point(20, 3)],
            "Every month with a published value from April 2019 to July 2019 lay within",
        ),
        (
            [point(20, 0), point(None, 1, symbol="z"), point(20, 2), point(20, 3)],
            "Every month with a published value from April 2019 to July 2019 lay within",
        ),
        ([point(20, 0, lower_limit=Decimal(-1))], "the usual range of up to 30.0 without"),
        ([point(20, 0, lower_limit=Decimal(0))], "the usual range of 0.0 to 30.0 without"),
        ([point(20, 0, is_trial=True, base_points=11)], "the trial range of 10.0 to 30.0 without"),
        ([point(20, 0, is_trial=True, base_points=7)], "the trial range of 10.0 to 30.0 without"),
        ([point(20, 0, is_trial=True, base_points=6)], "The published months are too few"),
        (
            [point(31, 0, is_trial=True, base_points=6, is_signal=True, is_beyond_limit=True)],
            "Beside the trial range of 10.0 to 30.0: April 2019 (31) lay above it.",
        ),
        ([point(20, 0, is_trial=True, base_points=12)], "the usual range of 10.0 to 30.0 without"),
        ([point(20, 0), point(20, 1, is_trial=True, base_points=11)], "from fewer than 12 months"),
        ([point(20, 0), point(20, 1, is_trial=True, base_points=12)], "a month of it is provisional"),
        ([point(20, 0, symbol="z", **NO_LIMITS)], "The months overlap"),
        ([point(20, 0, symbol="c", **NO_LIMITS)], "Not every month is published"),
        ([point(None, 0, symbol="c", **NO_LIMITS)], "Not every month is published"),
        ([point(None, 0, symbol="x", **NO_LIMITS)], "Not every month is available"),
        ([point(None, 0, symbol="z", **NO_LIMITS)], "too few"),
        ([point(20, 0, **NO_LIMITS)], "too few"),
        ([], "too few"),
    ],
)
def test_what_is_usual_is_said_where_it_is_known_and_else_why_not(months: list[Point], said: str) -> None:
    assert said in course_of(months)


def test_trial_limits_of_few_months_say_nothing_of_what_is_usual() -> None:
    months = [point(20, each, is_trial=True, base_points=11) for each in range(11)]
    assert "as they usually do" not in course_of(months)
    assert "too few for a usual range" in course_of(months)
    assert words.assurance(replace(months[-1], assurance="will")) is None
    assert words.assurance(replace(months[-1], assurance="will", base_points=12)) is not None
    assert "Usual variation" not in words.state(months[-1])
    assert "Usual variation" in words.state(point(20, 0))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (("90", "100"), "usual range of 90.0% to 100.0%"),
        (("90", "100.0001"), "usual range from 90.0% up"),
        (("-0.0001", "100"), "usual range of up to 100.0%"),
        (("-1", "101"), "usual range of any percentage"),
    ],
)
def test_a_limit_that_no_percentage_can_have_is_not_said(limits: tuple[str, str], said: str) -> None:
    low, high = map(Decimal, limits)
    found = point(95, 0, lower_limit=low, upper_limit=high)
    shown = replace(found, cell=replace(found.cell, unit="percent"))
    assert said in course_of([shown])


def test_a_year_whose_first_month_is_not_published_calls_none_of_its_months_the_year_before() -> None:
    """A publication reaches back so many months: to the middle of a year, whose months before are missing."""
    months = [point(20, each) for each in range(1, 12)]  # May to March
    told = months_table("By month", "Children", months, dt.date(2019, 4, 1))
    assert [row[0] for row in told.rows] == [f"{each.day:%B %Y}" for each in months]
    assert "the year before" not in {row[-1] for row in told.rows}
    found = plain(course.of(months, dt.date(2019, 4, 1)))
    assert "Every month with a published value from May 2019 to March 2020" in found
    whole = months_table("By month", "Children", [point(20, -1), *months], dt.date(2019, 4, 1))
    assert [row[-1] for row in whole.rows] == ["the year before", *["–"] * 11]


@pytest.mark.parametrize(
    ("gap", "unit", "said", "sign"),
    [
        ("0.0499", "percent", "less than 0.1 percentage points above", "0.0"),
        ("-0.0499", "percent", "less than 0.1 percentage points below", "0.0"),
        ("0.05", "percent", "0.1 percentage points above", "+0.1"),
        ("-0.05", "percent", "0.1 percentage points below", "−0.1"),
        ("0.0499", "fte", "less than 0.1 higher", "0.0"),
        ("-1", "children", "1 fewer", "−1"),
    ],
)
def test_a_small_difference_is_named_and_has_no_sign(gap: str, unit: str, said: str, sign: str) -> None:
    now, before = cell(93, unit=unit), cell(93, unit=unit)
    one = Compared(now, before, Decimal(gap))
    assert plain(wording.beside_last_year(one)).startswith(said)
    assert plain(signed(one)) == sign


@pytest.mark.parametrize(
    ("overlaps", "said"),
    [
        ([True, True], "No share differs from the year before"),
        ([True, None], "None of the shares that can be compared differs from the year before"),
        ([None, None], "Not comparable: 0 and 1."),
        ([False, None], "So different from the year before that their 95% intervals do not overlap: 0 ("),
    ],
)
def test_of_shares_that_cannot_be_compared_nothing_is_said(overlaps: list[bool | None], said: str) -> None:
    shares = [Compared(cell(93, unit="percent"), cell(92), Decimal(1), None, None, one) for one in overlaps]
    found = plain(wording.changed([(str(number), one) for number, one in enumerate(shares)]))
    assert found.startswith(said)
    assert ("Not comparable" in found) is (None in overlaps)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("percent", "8 of 297"),
        ("working_days", "297 alerts"),
        ("alerts_per_100_children", "8 alerts, 297 children"),
        ("children_per_10k", "8 children, 297 people aged 0 to 17"),
        ("children_per_fte", "8 children, 3.0 full-time equivalents"),
    ],
)
def test_what_a_value_is_made_of_is_a_part_of_a_whole_for_percentages_alone(unit: str, said: str) -> None:
    found = replace(cell(3, unit=unit), numerator=8, denominator=297)
    assert plain(numbers.made_of(found)) == said
    standing = plain(cards.standing(found))
    assert standing.endswith(f" in April 2019 ({said})")


def test_every_measure_with_a_denominator_says_what_it_is_made_of() -> None:
    rows = [row for row in seed("measure_definition") if row["denominator"]]
    assert len(rows) > 10
    for row in rows:
        found = replace(cell(3, unit=row["unit"]), numerator=8, denominator=297)
        assert (" of " in plain(made_of(found))) is (row["unit"] == "percent")
    assert plain(made_of(cell(3))) == "–"


def test_the_newest_course_is_of_the_months_with_the_newest_limits() -> None:
    old = [point(99, number, is_signal=True, is_beyond_limit=True) for number in range(3)]
    limits = {"centre": Decimal(50), "lower_limit": Decimal(40), "upper_limit": Decimal(60)}
    new = [point(50, number, **limits) for number in range(3, 6)]
    found = plain(words.newest_course([*old, *new]))
    assert found.startswith(
        "Every month from July 2019 to September 2019 lay within the usual range of 40.0 to"
    )
    assert "99" not in found
    before = " Months before July 2019 are held against limits of their own: 3 of them are signals."
    assert found.endswith(before)
    assert plain(words.newest_course(new)) == found.removesuffix(before)
    one = [point(20, 0), point(99, 1, is_signal=True), point(20, 2)]
    assert plain(words.newest_course([*one, *new])).endswith("limits of their own: one of them is a signal.")
    assert plain(words.newest_course([point(20, 0), *new])).endswith("own: none of them is a signal.")


@pytest.mark.parametrize(("measure", "changes_told"), [("participation", 1), ("alerts_raised_concluded", 0)])
def test_a_measure_that_is_not_settled_yet_has_no_range_and_is_no_news(
    measure: str, changes_told: int
) -> None:
    """Of the alerts of a newest month fewer are concluded, whatever anybody does."""
    definition = replace(DEFINITION, measure_id=measure, name="A share", target=None)
    months = (point(20, 0), point(20, 1), point(5, 2, is_signal=True, is_beyond_limit=True))
    known: dict[str, Any] = {"points": {measure: months}, "definitions": {measure: definition}}
    empty: dict[str, Any] = {name: {} for name in ("cells", "categories", "versions")}
    publication = Publication(1, "A", month(2), dt.datetime(2019, 7, 1, tzinfo=dt.UTC), "passed")
    facts = Facts("A", publication, month(2), since=None, **known, **empty)
    assert len(changes.of_month(facts).final) == changes_told
    card = cards.of(facts, definition)
    assert card is not None
    assert ("usual range of" in plain(card.course)) is bool(changes_told)
    assert ("usual range" in str(card.chart)) is bool(changes_told)
    assert ("No usual range" in words.state(card.newest)) is not bool(changes_told)
