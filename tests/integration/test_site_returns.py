"""What the auditor's site says of returns: who released one or refused to, when, and with which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from care_reviews import night, publication, release
from care_reviews import site as pages
from care_reviews.marts import read_marts
from care_reviews.release import REFUSE, Release
from care_reviews.settings import Settings, get_settings
from care_reviews.site.reading import today_facts
from care_reviews.site.words import BLOCKED, NOT_FINISHED, PUBLISHED, REFUSED
from care_reviews.warehouse import deploy
from tests.conftest import Warehouse
from tests.nights import AUTHORITY, MARTS, a_night, judge, judged
from tests.page_words import said

AT = dt.datetime(2020, 3, 4, 9, 30, tzinfo=dt.UTC)
NAME = "Annual report 2019-20"
RELEASED = Release("jo", NAME, False, AT, "as <b>agreed</b>")
IS_REFUSED = (
    f"The return “{NAME}” was refused by jo, 4 March 2020, 09:30:00 UTC, with the comment: the alerts"
)


def answered(comment: str | None) -> Mapping[str, Any]:
    """A refusal as Airflow gives it."""
    return {
        "chosen_options": [REFUSE],
        "responded_by_user": {"id": "jo", "name": "Jo"},
        "responded_at": AT,
        "params_input": {"comment": comment},
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of the test's own for the pages."""
    monkeypatch.setattr(Settings, "site", property(lambda settings: tmp_path / "site"))
    monkeypatch.setattr(release, "get_settings", lambda: Settings(approvers="jo"))
    return tmp_path / "site" / AUTHORITY.lower()


@pytest.fixture
def pipeline(connected: Warehouse) -> Engine:
    deploy(connected.engine, [AUTHORITY], (*MARTS, *read_marts()))
    return connected.engine_as("pipeline")


def publish(engine: Engine, day: int, released: Release) -> None:
    judged(engine, a_night(day), invocation=f"dbt-{day}")
    keep(engine, day, released)


def keep(engine: Engine, day: int, released: Release) -> None:
    publication.publish(a_night(day), engine, MARTS, released)
    pages.keep(engine, get_settings(), a_night(day))


def refuse(engine: Engine, day: int, comment: str | None = "the alerts") -> None:
    judged(engine, a_night(day), invocation=f"dbt-{day}")
    night.publish(a_night(day), NAME, answered(comment))


def test_who_released_is_told_with_the_publication(folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1, RELEASED)
    words = f"as the return “{NAME}” by jo, 4 March 2020, 09:30:00 UTC, with the comment: as <b>agreed</b>"
    own = folder / "publication-1"
    for page in (folder / "index.html", own / "index.html", own / "history.html"):
        assert words in said(page), page
        assert "<b>" not in page.read_text()
    evidence = said(own / "evidence.html")
    assert f"Return name {NAME} Released by jo Released at 2020-03-04T09:30:00.000000+00:00" in evidence


def test_a_night_that_its_gates_released_says_so(folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1, Release())
    words = "Released by its gates: a night is published when no check says stop"
    for page in (folder / "index.html", folder / "publication-1" / "index.html"):
        assert words in said(page)
        assert "as the return" not in said(page)


def test_a_refused_return_has_its_pages_and_its_state(folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1, Release())
    refuse(pipeline, 2)
    words = said(folder / "refused-2" / "index.html")
    assert "refused Not of this night. It was not published, because a person refused to release it." in words
    assert "Readers went on seeing publication 1" in words
    assert IS_REFUSED in words
    assert "Check" not in words.split("What stands")[0].replace("No check", "")
    assert IS_REFUSED in said(folder / "refused-2" / "history.html")
    assert "Decision refused Return name" in said(folder / "refused-2" / "evidence.html")
    today = said(folder / "index.html")
    assert "The newest night, that of 2 March 2020, built a return that a person refused." in today
    assert IS_REFUSED in today


def test_refused_before_anything_was_published_nothing_stands(folder: Path, pipeline: Engine) -> None:
    refuse(pipeline, 1, None)
    words = said(folder / "refused-1" / "index.html")
    assert (
        "refused No. This night was not published, because a person refused to release it, and nothing"
        in words
    )
    assert "09:30:00 UTC, without a comment" in words


def test_released_after_all_the_refusal_is_still_told(folder: Path, pipeline: Engine) -> None:
    refuse(pipeline, 1)
    before = {page.name: page.read_bytes() for page in (folder / "refused-1").iterdir()}
    keep(pipeline, 1, RELEASED)
    words = said(folder / "publication-1" / "history.html")
    assert "published" in words
    assert IS_REFUSED in words
    assert "as the return" in words
    assert {page.name: page.read_bytes() for page in (folder / "refused-1").iterdir()} == before


def test_the_state_of_a_night_follows_what_came_last(folder: Path, pipeline: Engine) -> None:
    """Judged and not yet decided, refused, judged again and blocked, judged again and published."""

    def newest() -> tuple[object, str]:
        with pipeline.connect() as connection:
            line = today_facts(connection, AUTHORITY).nights[-1]
        return line.status, line.folder

    extract_id = judged(pipeline, a_night(1))
    assert newest() == (NOT_FINISHED, "blocked-1")
    night.publish(a_night(1), NAME, answered(None))
    assert newest() == (REFUSED, "refused-1")
    for verdict, expected in (("blocked", (BLOCKED, "blocked-1")), ("warned", (REFUSED, "refused-1"))):
        with pipeline.begin() as connection:
            judge(connection, a_night(1), extract_id, "care", verdict)
        assert newest() == expected
    keep(pipeline, 1, RELEASED)
    assert newest() == (PUBLISHED, "publication-1")


def test_another_councils_refusal_is_not_on_the_pages(
    folder: Path, pipeline: Engine, connected: Warehouse
) -> None:
    deploy(connected.engine, [AUTHORITY, "E09000001"], (*MARTS, *read_marts()))
    other = a_night(5, authority="E09000001")
    judged(pipeline, other)
    night.publish(other, NAME, answered("theirs"))
    publish(pipeline, 1, Release())
    assert "theirs" not in said(folder / "index.html") + said(folder / "publication-1" / "history.html")
