"""What the writing modules share: the profile, the seed, the history that rows go into, and the people.

In: a profile and a seed. Out: a `Council`; `put` writes a row and its corrections for a child (rows of a
restricted child go when the restriction comes), `rng` gives the random numbers of a purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from care_reviews.demo.history import FOREVER, History, Row
from care_reviews.demo.people import Child, Period
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.profiles.site import Site
from care_reviews.demo.randomness import stream
from care_reviews.demo.recording import Recorder

NOBODY = -1  # how the record system writes 'no such row' in a foreign key


@dataclass(slots=True, eq=False)
class Council:
    """One synthetic council under construction."""

    profile: Profile
    seed: int
    history: History = field(default_factory=History)
    recorder: Recorder = field(init=False)
    children: list[Child] = field(default_factory=list)
    short_break_children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.profile)

    @property
    def site(self) -> Site:
        return self.profile.site

    def rng(self, *names: object) -> Random:
        return stream(self.seed, self.profile.name, *names)

    def put(
        self, child: Child | None, table: str, *versions: tuple[datetime, Row], gone: datetime = FOREVER
    ) -> None:
        """A row of a child (or of nobody in particular), with its corrections in order."""
        restricted = child.restricted if child and child.restricted else FOREVER
        self.history.chain(table, versions, min(gone, restricted))

    def periods(self) -> list[Period]:
        """Every period of care that is not a series of short breaks."""
        return [period for child in self.children for period in child.periods]
