"""How something went over the months: findings of a rule, and values of a measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from care_reviews.report.year import Year
from care_reviews.site.words import NOT_APPLICABLE, count, measured, shown
from care_reviews.small_counts import FEW, FEWEST, MOST, split

MORE, FEWER, AS_MANY, NEW = "more", "fewer", "as many", "–"
NOT_SPLIT = "not split"
APRIL = 4


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
    def drawn(self) -> tuple[float | None, ...]:
        """The months as a picture may show them, which is what the words beside it say."""
        return tuple(shown(month.findings) if month and month.is_judged else None for month in self.months)

    @property
    def course(self) -> str:
        return _course(self.drawn)

    def drawn_of(self, team: str) -> tuple[float | None, ...]:
        """The same of a team."""
        return tuple(month.shown_of(team) if month else None for month in self.months)

    def course_of(self, team: str) -> str:
        return _course(self.drawn_of(team))


@dataclass(frozen=True)
class Trend:
    """Findings by rule and month. `months`: the last judged night of each, oldest first."""

    months: tuple[dt.date, ...]
    rules: tuple[RuleTrend, ...]

    def counted(self, course: str, team: str | None = None) -> int:
        """How many rules had this course, of a team or of all."""
        if team is None:
            return sum(rule.course == course for rule in self.rules)
        return sum(rule.course_of(team) == course for rule in self.teams[team])

    @property
    def teams(self) -> dict[str, tuple[RuleTrend, ...]]:
        """Team → the rules of which it is told that it had a finding open."""
        names = {team for rule in self.rules for month in rule.months if month for team in month.by_team}
        found = {
            name: tuple(rule for rule in self.rules if any(rule.drawn_of(name))) for name in sorted(names)
        }
        return {name: rules for name, rules in found.items() if rules}


def _course(drawn: Sequence[float | None]) -> str:
    """Whether the newest month has more than the one before it of which something is told."""
    counts = [each for each in drawn if each is not None]
    if len(counts) < 2 or drawn[-1] is None:
        return NEW
    before, newest = counts[-2:]
    return AS_MANY if newest == before else MORE if newest > before else FEWER


@dataclass(frozen=True)
class Point:
    """A measure of a whole council at a month's end, as published; None: the value is not published."""

    day: dt.date
    value: Decimal | None
    is_count: bool
    is_provisional: bool

    @property
    def words(self) -> str:
        return "no value" if self.value is None else measured(self.value, self.is_count)


@dataclass(frozen=True)
class Course:
    """A measure's published values, oldest first, and what each covers: the 12 months up to a month's end, or
    that day.
    """

    covers: str
    points: tuple[Point, ...]

    @property
    def drawn(self) -> tuple[float | None, ...]:
        """The points as a picture may show them, which is what the words beside it say."""
        return tuple(
            None
            if point.value is None
            else (FEWEST + MOST) / 2
            if point.words == FEW
            else float(point.words.replace(",", ""))
            for point in self.points
        )

    @property
    def years(self) -> dict[str, tuple[Point | None, ...]]:
        """Reporting year, the newest first → its 12 months from April; None: a month without a point."""
        found: dict[int, list[Point | None]] = {}
        for point in reversed(self.points):
            started = point.day.month >= APRIL
            months = found.setdefault(point.day.year if started else point.day.year - 1, [None] * 12)
            months[(point.day.month - APRIL) % 12] = point
        return {Year(first).title: tuple(months) for first, months in found.items()}


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: its place from the left, from above, and its height, in units of the picture."""

    x: int
    y: int
    height: int


STEP, HEIGHT = 8, 24


def bars(values: Sequence[float | None]) -> tuple[Bar, ...]:
    """A bar for each value from nothing up, the largest as high as the picture; no bar where there is none.

    What is zero is a line, and nothing else is as low.
    """
    largest = max((value for value in values if value), default=0)
    found = []
    for place, value in enumerate(values):
        if value is not None:
            height = max(2, round(HEIGHT * value / largest)) if value > 0 else 1
            found.append(Bar(place * STEP, HEIGHT - height, height))
    return tuple(found)
