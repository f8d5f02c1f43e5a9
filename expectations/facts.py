"""What the suites need to know about a night: settings, history and calendar, never a row of the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.bands import NightCounts
from expectations.freshness import NightAge
from expectations.rulebook import Rulebook


@dataclass(frozen=True)
class Limits:
    """Shares (0 to 1) and row counts at which an expectation turns. Settings give the first five and
    `movement_stop`.

    A share stops or warns when it is *above* its limit: exactly the limit is still allowed.
    """

    unreadable_share_stop: float = 0.05
    unknown_code_share_stop: float = 0.20
    shared_key_share_stop: float = 0.05
    volume_drop_stop: float = 0.30
    looked_after_change_stop: float = 0.25
    volume_drop_warn: float = 0.10
    volume_growth_warn: float = 0.50
    few_rows: int = 10  # a table that lost or gained fewer rows than this is as usual, whatever the share
    few_children: int = 10  # likewise for the number of children looked after
    movement_stop: float = 0.20  # share by which a figure may move; half of it for a year that is over
    few_people: int = 30  # a figure that moved by fewer than these does not stop a night
    times_limits: float = 3.0  # how many times the way from the mean to a limit is beyond plausibility


@dataclass(frozen=True)
class CareRule:
    """A rule of the care gate, a row of the seed `care_rule`: what must hold, and how it is mended."""

    rule: str
    subject: str
    says: str
    do: str

    @property
    def flag(self) -> str:
        """The column of its subject's batch."""
        return f"rule_{self.rule.lower()}"


@dataclass(frozen=True)
class Moved:
    """How a measure moved since the last publication; None where nothing can be compared.

    `is_beyond`: beyond the limits of its usual variation. `is_implausible`: further than can be.
    `is_revised`: a figure that was to stand has changed. `name`: the measure for readers. `words`: of a
    measure that is beyond or implausible which way, when, and what moved with it, in sentences; no number.
    """

    measure_id: str
    is_beyond: bool | None
    is_implausible: bool | None
    is_revised: bool | None
    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class NightFacts:
    """One night, as the suites see it.

    `rules`: how grave each expectation is. `usual_rows`: median rows of each source table over the last
    nights that the source gate let pass; empty when there is none. `history`: what the manifest says of each
    table and night of the last weeks, oldest first, tonight's last; `ages`: likewise how old the newest fact
    of each table was. `days_unchanged`: days since the last night that found any change, None when none
    did. `bank_holidays`: days on which as little is recorded as on Sundays. `templates`: form templates
    that the site map names. `measures`: ids of the published definitions. `care_rules`: the rules of the care
    gate. `moved`: the measures of the last publication. `years_outside_calendar`: years in which a due date
    starts or may fall and for which no bank holidays are known.
    """

    authority_code: str
    as_known: dt.date
    rules: Rulebook
    limits: Limits = field(default_factory=Limits)
    usual_rows: Mapping[str, float] = field(default_factory=dict)
    history: Mapping[str, tuple[NightCounts, ...]] = field(default_factory=dict)
    ages: Mapping[str, tuple[NightAge, ...]] = field(default_factory=dict)
    days_unchanged: int | None = None
    bank_holidays: frozenset[dt.date] = frozenset()
    templates: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    care_rules: tuple[CareRule, ...] = ()
    moved: tuple[Moved, ...] = ()
    years_outside_calendar: tuple[int, ...] = ()

    def share(self, gate: str, subject: str, rule: str, family: str = "") -> float:
        """The share (0 to 1) above which an expectation stops, as its row of the rulebook says."""
        return float(getattr(self.limits, self.rules.row(gate, subject, rule, family).stops_above))
