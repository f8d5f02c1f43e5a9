"""Wrong input at the command line: one message that says what to do, and status 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from care_reviews.settings import Settings

COMMAND = Path(sys.executable).with_name("care-reviews")


def refused(tmp_path: Path, *words: str, **variables: str) -> str:
    """What the command says when it refuses."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARE_REVIEWS_")}
    done = subprocess.run(
        [COMMAND, *words],
        env={**environment, "CARE_REVIEWS_HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_night_at_the_console_is_named(tmp_path: Path) -> None:
    assert "make night DATE=YYYY-MM-DD" in refused(tmp_path, "night", "--date", "")


@pytest.mark.parametrize(
    ("name", "value"), [("CARE_REVIEWS_AUTHORITY_CODE", "E1 0"), ("CARE_REVIEWS_MONTHS_PUBLISHED", "many")]
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    assert name in refused(tmp_path, "publications", **{name: value})


def test_a_source_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        *("demo", "source", "--profile", "small_council", "--until", "2020-03-31"),
        *("--source-url", "postgresql://reader:swordfish@127.0.0.1:1/lcs"),
    )
    assert "127.0.0.1:1" in said
    assert "swordfish" not in said


def test_a_source_may_have_no_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_REVIEWS_SOURCE_SCHEMA", "none")
    assert Settings().source_schema == ""
    monkeypatch.setenv("CARE_REVIEWS_SOURCE_SCHEMA", "")
    assert Settings().source_schema == "child_social"
