"""Whether records get better or worse, in a word: no more than the counts beside it say."""

from __future__ import annotations

import datetime as dt

import pytest

from care_reviews.site.rule_trends import Open, RuleTrend, Trend
from care_reviews.site.words import BETTER, MIXED, NO_CLEAR_CHANGE, NOT_COMPARED, WORSE, Status
from care_reviews.validation.finding_statements import NOT_KNOWN, team_words

DAY = dt.date(2020, 3, 31)


def rule(*findings: int | None, checked: int | None = 100) -> RuleTrend:
    months = tuple(None if number is None else Open(number, checked) for number in findings)
    return RuleTrend("care", "reviews.1", "It holds.", "a team", months)


@pytest.mark.parametrize(
    ("findings", "course"),
    [
        ((10, 11), WORSE),
        ((11, 10), BETTER),
        ((6, 10), NO_CLEAR_CHANGE),
        ((5, 6), WORSE),
        ((6, 5), BETTER),
        ((1, 5), NO_CLEAR_CHANGE),
        ((0, 1), WORSE),
        ((1, 0), BETTER),
        ((0, 0), NO_CLEAR_CHANGE),
        ((11, None, 8), BETTER),
        ((9, 8, None), NOT_COMPARED),
        ((None, 8), NOT_COMPARED),
        ((8,), NOT_COMPARED),
        ((), NOT_COMPARED),
    ],
)
def test_the_course_is_that_of_the_counts_that_are_shown(
    findings: tuple[int | None, ...], course: Status
) -> None:
    assert rule(*findings).course is course


def test_rules_are_counted_by_their_course() -> None:
    trend = Trend((DAY,), (rule(10, 11), rule(11, 10), rule(15, 16)))
    assert (trend.counted(WORSE), trend.counted(BETTER), trend.counted(NO_CLEAR_CHANGE)) == (2, 1, 0)


@pytest.mark.parametrize(
    ("rules", "course"),
    [
        ((), NOT_COMPARED),
        ((rule(10),), NOT_COMPARED),
        ((rule(10, None),), NOT_COMPARED),
        ((rule(6, 10),), NO_CLEAR_CHANGE),
        ((rule(10, 11), rule(10)), WORSE),
        ((rule(11, 10), rule(6, 10)), BETTER),
        ((rule(11, 10), rule(10, 11)), MIXED),
        # More rules better than worse, but all that is told adds up to as much, or to one step more.
        ((rule(11, 10), rule(11, 10), rule(10, 20)), BETTER),
        ((rule(11, 10), rule(11, 10), rule(10, 21)), MIXED),
        ((rule(10, 11), rule(10, 11), rule(20, 10)), WORSE),
        ((rule(10, 11), rule(10, 11), rule(21, 10)), MIXED),
    ],
)
def test_the_course_of_all_rules_is_one_word(rules: tuple[RuleTrend, ...], course: Status) -> None:
    assert Trend((DAY,), rules).course is course


def test_what_is_no_teams_is_named_as_that_and_comes_last() -> None:
    trend = Trend((DAY, DAY), (by_team({"West": 20, NOT_KNOWN: 20}, {"West": 10, NOT_KNOWN: 30}),))
    assert list(trend.teams) == ["West", NOT_KNOWN]
    assert [team_words(team) for team in trend.teams] == ["West", "Team not known"]
    assert (trend.teams_with(BETTER), trend.teams_with(WORSE)) == (("West",), ("Team not known",))


def test_a_month_with_nothing_to_check_is_not_drawn() -> None:
    assert rule(0, 0, checked=0).drawn == (None, None)
    assert Open(0, 0).words == "not applicable"
    assert (Open(0, 1).words, Open(0, None).words, Open(5, 9).words) == ("0", "0", "1 to 5")


def test_few_are_drawn_alike() -> None:
    assert set(rule(1, 2, 3, 4, 5).drawn) == {3.0}
    assert rule(0, 6, 10).drawn == (0.0, 10.0, 10.0)


def by_team(*months: dict[str, int] | None) -> RuleTrend:
    found = tuple(month if month is None else Open(sum(month.values()), 100, month) for month in months)
    return RuleTrend("care", "reviews.1", "It holds.", "a team", found)


def test_a_team_has_the_rules_of_which_something_of_it_can_be_told() -> None:
    told = by_team({"North": 3, "South": 20}, {"North": 12, "South": 20})
    untold = by_team({"North": 1, "South": 1, "East": 1, "West": 1})
    assert Trend((DAY, DAY), (told, untold)).teams == {"North": (told,), "South": (told,)}
    first, last = told.months
    assert first is not None
    assert last is not None
    assert (first.words_of("North"), last.words_of("North"), last.words_of("East")) == ("1 to 5", "15", "0")
    assert (told.course_of("North"), told.course_of("South"), told.course_of("East")) == (
        WORSE,
        NO_CLEAR_CHANGE,
        NO_CLEAR_CHANGE,
    )
    trend = Trend((DAY, DAY), (told, untold))
    assert (trend.counted(WORSE, "North"), trend.counted(WORSE, "South")) == (1, 0)
    (month,) = untold.months
    assert month is not None
    assert (month.words, month.words_of("North"), untold.drawn_of("North")) == (
        "1 to 5",
        "not split",
        (None,),
    )


def test_a_team_of_a_month_with_nothing_to_check_has_nothing() -> None:
    assert Open(0, 0).words_of("North") == "not applicable"
    assert by_team(None, {}).drawn_of("North") == (None, 0.0)
