"""Whether the records get better or worse: findings by rule, team and month, in a word.

All is said of counts as the pages show them, so a word tells no more than the counts beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from care_reviews.site.words import (
    BETTER,
    MIXED,
    NO_CLEAR_CHANGE,
    NOT_APPLICABLE,
    NOT_COMPARED,
    WORSE,
    Status,
    count,
    shown,
)
from care_reviews.small_counts import split
from care_reviews.validation.finding_statements import NOT_KNOWN, team_words

NOT_SPLIT = "not split"
# One count a month, oldest first, as a picture may show it; None: nothing is told of that month.
Drawn = Sequence[float | None]


@dataclass(frozen=True)
class Open:
    """Findings of a rule that were open after a night, those of each team that had any, and the rows that it
    judged.
    """

    findings: int
    rows_checked: int | None
    by_team: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        return self.rows_checked != 0

    @property
    def words(self) -> str:
        return count(self.findings) if self.is_judged else NOT_APPLICABLE.word

    @property
    def teams(self) -> dict[str, str] | None:
        """Each team's in words; None where they would tell a small number of one of them."""
        return split({team: number for team, number in self.by_team.items() if number})

    def words_of(self, team: str) -> str:
        """A team's in words."""
        if not self.is_judged:
            return NOT_APPLICABLE.word
        return NOT_SPLIT if self.teams is None else self.teams.get(team, count(0))

    def shown_of(self, team: str) -> float | None:
        """A team's, as a picture may show it; None where it is not told."""
        told = self.is_judged and self.teams is not None
        return shown(self.by_team.get(team, 0)) if told else None


@dataclass(frozen=True)
class RuleTrend:
    """A rule over the months: open findings after the last judged night of each; None: it was not judged."""

    gate: str
    rule: str
    says: str | None
    owner: str
    months: tuple[Open | None, ...]

    @property
    def drawn(self) -> Drawn:
        """The months as a picture may show them, which is what the words beside it say."""
        return tuple(shown(month.findings) if month and month.is_judged else None for month in self.months)

    @property
    def course(self) -> Status:
        return course_of(self.drawn)

    def drawn_of(self, team: str) -> Drawn:
        """The same of a team."""
        return tuple(month.shown_of(team) if month else None for month in self.months)

    def course_of(self, team: str) -> Status:
        """The same of a team."""
        return course_of(self.drawn_of(team))


@dataclass(frozen=True)
class Trend:
    """Findings by rule and month. `months`: the last judged night of each, oldest first."""

    months: tuple[dt.date, ...]
    rules: tuple[RuleTrend, ...]

    @property
    def course(self) -> Status:
        """Whether the records get better or worse, all rules together."""
        return course_of_all([rule.drawn for rule in self.rules])

    def course_of(self, team: str) -> Status:
        """The same of a team, by the rules that are told of it."""
        return course_of_all([rule.drawn_of(team) for rule in self.teams[team]])

    def counted(self, course: Status, team: str | None = None) -> int:
        """How many rules had this course, of a team or of all."""
        if team is None:
            return sum(rule.course is course for rule in self.rules)
        return sum(rule.course_of(team) is course for rule in self.teams[team])

    @property
    def teams(self) -> dict[str, tuple[RuleTrend, ...]]:
        """Team → the rules of which it is told that it had a finding open; what is no team's last."""
        names = {team for rule in self.rules for month in rule.months if month for team in month.by_team}
        found = {
            name: tuple(rule for rule in self.rules if any(rule.drawn_of(name)))
            for name in sorted(names, key=lambda name: (name == NOT_KNOWN, name))
        }
        return {name: rules for name, rules in found.items() if rules}

    def teams_with(self, course: Status) -> tuple[str, ...]:
        """The teams whose records had this course, in words."""
        return tuple(team_words(team) for team in self.teams if self.course_of(team) is course)


def course_of(drawn: Drawn) -> Status:
    """The newest month beside the one before it of which something is told: fewer findings are better.

    Counts are shown in steps, so two that are shown alike may differ: of them no change is clear.
    """
    if (compared := _newest_two(drawn)) is None:
        return NOT_COMPARED
    before, newest = compared
    return NO_CLEAR_CHANGE if newest == before else WORSE if newest > before else BETTER


def course_of_all(rules: Iterable[Drawn]) -> Status:
    """The course of several rules: better, where more of them got better than worse and what is shown adds up
    to no more; worse likewise; mixed where the two disagree, or as many got better as worse.
    """
    compared = [pair for pair in map(_newest_two, rules) if pair is not None]
    if not compared:
        return NOT_COMPARED
    better = sum(newest < before for before, newest in compared)
    worse = sum(newest > before for before, newest in compared)
    more = sum(newest - before for before, newest in compared)
    if not better and not worse:
        return NO_CLEAR_CHANGE
    if better > worse and more <= 0:
        return BETTER
    return WORSE if worse > better and more >= 0 else MIXED


def _newest_two(drawn: Drawn) -> tuple[float, float] | None:
    counts = [each for each in drawn if each is not None]
    return (counts[-2], counts[-1]) if len(counts) > 1 and drawn[-1] is not None else None
