"""Two undisturbed nights of the small council, with copies of the warehouse from before, between and after
the steps of the second: where a disturbed night starts, and what it must come to in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from care_reviews.demo import fill_source
from care_reviews.settings import get_settings
from tests.conftest import Server
from tests.faults import pictures
from tests.faults.pictures import Picture
from tests.faults.small_council import FIRST, LATER, PROFILE, STEPS, Council, engine, run
from tests.faults.tripwire import Tripwire


@dataclass
class Undisturbed:
    """Names of databases to copy from, and what the undisturbed nights left.

    `source`: as it stands on the later night; `before[step]`: the warehouse before that step of the later
    night; `after`: when it is over. `events[step]`: how many things the step does that a tripwire counts.
    The rest are pictures: what readers see after either night, and the marts and landing after the later one.
    """

    source: str = ""
    before: dict[str, str] = field(default_factory=dict)
    after: str = ""
    events: dict[str, int] = field(default_factory=dict)
    first: Picture = field(default_factory=dict)
    built: Picture = field(default_factory=dict)
    last: Picture = field(default_factory=dict)
    landed: Picture = field(default_factory=dict)
    history: Picture = field(default_factory=dict)


@pytest.fixture(scope="session")
def undisturbed(server: Server, deployed_template: str) -> Undisturbed:
    found = Undisturbed()
    council = Council.copied(server, None, deployed_template)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        fill_source(engine(council.source), profile=PROFILE, seed=1, until=FIRST)
        run(council.night(FIRST))
        found.first = pictures.published(council)
        fill_source(engine(council.source), profile=PROFILE, seed=1, until=LATER)
        found.source = str(council.source.database)
        for step in STEPS:
            found.before[step] = str(server.new_database(council.warehouse.database).database)
            with Tripwire() as tripwire:
                run(council.night(LATER), step)
            found.events[step] = tripwire.events
    get_settings.cache_clear()
    found.after = str(council.warehouse.database)
    found.last = pictures.published(council)
    found.built = pictures.candidate(council)
    found.landed = pictures.landed(council)
    found.history = pictures.history(council)
    return found


@pytest.fixture
def new_council(
    server: Server, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Council]]:
    """A function that gives a council of the test's own, connected: its source as on the later night, its
    warehouse as before a step of that night (`extract` unless named) or as another database.
    """
    made: list[Council] = []

    def make(before: str = "extract", warehouse: str = "") -> Council:
        council = Council.copied(server, undisturbed.source, warehouse or undisturbed.before[before])
        council.connect(monkeypatch)
        made.append(council)
        return council

    yield make
    for council in made:
        council.close()
    get_settings.cache_clear()


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Council:
    """A council before its later night."""
    return new_council()
