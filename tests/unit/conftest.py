"""What the tests of single parts share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from care_reviews.settings import get_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home of the test's own."""
    monkeypatch.setenv("CARE_REVIEWS_HOME", str(tmp_path))
    get_settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    get_settings.cache_clear()
