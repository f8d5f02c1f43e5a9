"""Two undisturbed nights of the small council, lived once in a process: where a disturbed night starts, what
it must come to in the end, and the pages that they leave for auditors.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from care_reviews.demo import fill_source
from care_reviews.settings import get_settings
from tests import personal
from tests.brute_force.source_rows import Source, read_source
from tests.conftest import AUTHORITY, Server
from tests.faults import pictures
from tests.faults.pictures import Picture
from tests.faults.small_council import FIRST, LATER, PROFILE, STEPS, Council, engine, run
from tests.faults.tripwire import Tripwire


@dataclass
class Undisturbed:
    """Names of databases to copy from, and what the undisturbed nights left.

    `source`: as it stands on the later night; `earlier`: what it held on the first. `before[step]`: the
    warehouse before that step of the later night; `after`: when it is over. `events[step]`: how many things
    the step does that a tripwire counts. `pages`: what the auditor's site was when they were over. The rest
    are pictures: what readers see after either night, and the marts and landing after the later one.
    """

    source: str = ""
    earlier: dict[dt.date, Source] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    after: str = ""
    events: dict[str, int] = field(default_factory=dict)
    pages: Path = Path()
    first: Picture = field(default_factory=dict)
    built: Picture = field(default_factory=dict)
    last: Picture = field(default_factory=dict)
    landed: Picture = field(default_factory=dict)
    history: Picture = field(default_factory=dict)


@pytest.fixture(scope="session")
def undisturbed(
    server: Server, deployed_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    found = Undisturbed(pages=tmp_path_factory.mktemp("undisturbed") / "pages")
    made = server.home / "site" / AUTHORITY.lower()
    shutil.rmtree(made, ignore_errors=True)
    council = Council.copied(server, None, deployed_template)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        fill(council, FIRST)
        found.earlier = {FIRST: read_source(engine(council.source))}
        run(council.night(FIRST))
        found.first = pictures.published(council)
        fill(council, LATER)
        found.source = str(council.source.database)
        for step in STEPS:
            found.before[step] = str(server.new_database(council.warehouse.database).database)
            with Tripwire() as tripwire:
                run(council.night(LATER), step)
            found.events[step] = tripwire.events
    get_settings.cache_clear()
    shutil.copytree(made, found.pages)
    found.after = str(council.warehouse.database)
    found.last = pictures.published(council)
    found.built = pictures.candidate(council)
    found.landed = pictures.landed(council)
    found.history = pictures.history(council)
    return found


def fill(council: Council, day: dt.date) -> None:
    """Its identifiers are such that whoever looks for one in what the nights wrote finds no other number."""
    source = engine(council.source)
    fill_source(source, profile=PROFILE, seed=1, until=day)
    personal.renumber(source)
