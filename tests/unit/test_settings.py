"""Settings mean the same wherever a process that reads them stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from care_reviews.settings import PROJECT_ROOT, Settings


@pytest.mark.parametrize(
    ("given", "home"),
    [
        (".care-reviews", PROJECT_ROOT / ".care-reviews"),
        ("a folder/../home", PROJECT_ROOT / "home"),
        ("~/home", Path.home() / "home"),
        ("/var/lib/care-reviews", Path("/var/lib/care-reviews")),
    ],
)
def test_the_home_is_one_place_from_every_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, home: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARE_REVIEWS_HOME", given)
    assert Settings().home == home
