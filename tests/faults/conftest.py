"""A council of a test's own, on any step of the later of two undisturbed nights."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from care_reviews.settings import get_settings
from tests.conftest import Server
from tests.faults.small_council import Council
from tests.undisturbed import Undisturbed


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
