"""The people and events of the simulation, before they become rows.

A `Child` has one or more `Period`s of care; a period has `Stay`s (placements), `LegalStatus`es, `Episode`s
and `Review`s. The modules of this package fill these in step by step; `*_rows.py` write them into the
history.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True, eq=False)
class Stay:
    """A placement: from one day to another, with its kind, provider and the reason it ended."""

    placement_id: int
    start: date
    end: date | None
    kind: str
    provider: str
    same_carer: bool = False
    end_reason: str | None = None
    postcode: str = ""
    distance: str = ""


@dataclass(slots=True, eq=False)
class LegalStatus:
    code: str
    start: date
    end: date | None


@dataclass(slots=True, eq=False)
class Episode:
    """An episode of care; `recorded` and `end_recorded` are when the system learnt of its start and end."""

    start: date
    end: date | None
    rne: str
    rec: str | None
    need: str
    stay: Stay
    recorded: datetime
    end_recorded: datetime | None


@dataclass(slots=True, eq=False)
class Review:
    """A held review of one child. `meeting` is shared by the siblings who are reviewed together."""

    held: date
    due: date
    meeting: str
    completed: date = date.min
    outcome: str = ""  # PN code, or how the participation was left unrecorded


@dataclass(slots=True, eq=False)
class Period:
    """A period of care. `reason` is why it ended, `leaving_code` the code recorded for it."""

    child: Child
    start: date
    end: date | None = None
    reason: str | None = None
    leaving_code: str | None = None
    cla_id: int = 0
    referral_id: int = 0
    need: str = "N1"
    recorded: datetime = datetime.min
    end_recorded: datetime | None = None
    entry_known_late: bool = False
    end_known_late: bool = False
    short_breaks: bool = False
    stays: list[Stay] = field(default_factory=list)
    legal: list[LegalStatus] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    def covers(self, day: date) -> bool:
        """Looked after on the day: the day care ends is not a day in care."""
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(slots=True, eq=False)
class Alias:
    """A second record of a child, opened by mistake and merged later; some have another birth date."""

    person_id: int
    opened: date
    merged: datetime
    other_birth: bool


@dataclass(slots=True, eq=False)
class Child:
    """A child; `family` is shared by siblings who entered care together, `asylum_end` ends a UASC status."""

    number: int
    uasc: bool = False
    family: int | None = None
    person_id: int = 0
    forename: str = ""
    surname: str = ""
    born: date = date.min
    sex: str = "U"
    ethnicity: str = ""
    quadrant: int = 0
    asylum_end: date | None = None
    asylum_end_known_late: bool = False
    alias: Alias | None = None
    restricted: datetime | None = None
    periods: list[Period] = field(default_factory=list)

    def in_care(self, day: date) -> Period | None:
        """The child's period of care that covers a day, if any."""
        return next((period for period in self.periods if period.covers(day)), None)

    def id_on(self, day: date, learnt: datetime) -> int:
        """The person record that a fact of that day points at: the mistaken one while it was in use."""
        if self.alias and self.alias.opened <= day and learnt < self.alias.merged:
            return self.alias.person_id
        return self.person_id
