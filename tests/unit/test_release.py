"""Who lets a publication out: what an answer comes to, and who may give one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from care_reviews import release
from care_reviews.errors import NightRefusedError
from care_reviews.release import LONGEST_COMMENT, Release, release_of
from care_reviews.settings import Settings

AT = dt.datetime(2020, 5, 4, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def approvers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that names who may release."""

    def named(names: str) -> None:
        monkeypatch.setattr(release, "get_settings", lambda: Settings(approvers=names))

    named("jo,sam")
    return named


def answer(option: str = "Release", by: str | None = "jo", comment: object = "as agreed") -> dict[str, Any]:
    """What Airflow's operator gives."""
    return {
        "chosen_options": [option],
        "params_input": {"comment": comment},
        "responded_at": AT,
        "responded_by_user": by and {"id": by, "name": by.title()},
    }


def test_a_night_like_any_other_is_released_by_its_gates() -> None:
    assert release_of(None, None) == Release("gates", None, False, None, None)


@pytest.mark.parametrize("name", ["jo", "sam"])
def test_an_approver_releases_a_return(approvers: Any, name: str) -> None:
    assert release_of("A", answer(by=name)) == Release(name, "A", False, AT, "as agreed")


@pytest.mark.parametrize("names", ["sam", "", "joe", "j,o"])
def test_nobody_else_does(approvers: Any, names: str) -> None:
    approvers(names)
    with pytest.raises(NightRefusedError, match="released by jo, who is not named"):
        release_of("A", answer())


def test_nobody_at_all_does_not_release(approvers: Any) -> None:
    with pytest.raises(NightRefusedError, match="released by nobody"):
        release_of("A", answer(by=None))


def test_a_return_that_nobody_was_asked_of_stays(approvers: Any) -> None:
    with pytest.raises(NightRefusedError, match="a person releases it first"):
        release_of("A", None)


@pytest.mark.parametrize("option", ["Refuse", "release", "Anything"])
def test_every_other_answer_refuses(approvers: Any, option: str) -> None:
    assert release_of("A", answer(option)).is_refused


def test_what_is_not_answered_in_time_is_refused_by_nobody(approvers: Any) -> None:
    given = answer("Refuse", by=None) | {"params_input": {}}
    assert release_of("A", given) == Release("nobody", "A", True, AT, None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", None),
        (None, None),
        (" \n\t ", None),
        ("two\nlines\x00\u202e", "two lines"),
        ("<b>{{ x }}</b>", "<b>{{ x }}</b>"),
        ("x" * LONGEST_COMMENT, "x" * LONGEST_COMMENT),
        ("x" * (LONGEST_COMMENT + 1), "x" * LONGEST_COMMENT),
    ],
)
def test_a_comment_is_one_line_of_text(approvers: Any, said: object, kept: str | None) -> None:
    assert release_of("A", answer(comment=said)).comment == kept


@pytest.mark.parametrize(
    ("names", "found"), [("", []), (" , ", []), ("jo", ["jo"]), (" jo , a.b@c-d_1 ", ["jo", "a.b@c-d_1"])]
)
def test_approvers_are_names_between_commas(names: str, found: list[str]) -> None:
    assert Settings(approvers=names).approver_names == found


@pytest.mark.parametrize("names", ["jo:admin", "jo bloggs", "jo;sam", "x" * 61])
def test_other_names_are_refused(names: str) -> None:
    with pytest.raises(ValidationError, match="approvers must be names"):
        Settings(approvers=names)


@pytest.mark.parametrize(("hours", "good"), [(1, True), (0, False), (240, True), (241, False)])
def test_the_time_to_answer_has_bounds(hours: int, good: bool) -> None:
    if good:
        assert Settings(release_hours=hours).release_hours == hours
    else:
        with pytest.raises(ValidationError):
            Settings(release_hours=hours)
