"""A step that dies anywhere leaves what readers see as it was, and running it again ends as if nothing had been."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from care_reviews.errors import CareReviewsError
from tests.faults import pictures
from tests.faults.conftest import Undisturbed
from tests.faults.council import Council, from_step, run
from tests.faults.saying import refusal
from tests.faults.tripwire import Tripwire, end_sessions, ended, forked, kill_dbt, kill_this_process

NewCouncil = Callable[..., Council]

# How far into the step it dies, as a share of what the step does. A build or a validation takes long, so fewer.
PLACES = {
    "extract": (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0),
    "land": (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0),
    "build": (0.3, 0.8),
    "validate": (0.3, 0.9),
    "publish": (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0),
}
STEPS = list(PLACES)


def at(undisturbed: Undisturbed, step: str, place: float) -> int:
    return max(1, round(undisturbed.events[step] * place))


def assert_stands(council: Council, undisturbed: Undisturbed, step: str, is_over: bool = False) -> None:
    """Readers see the last publication whole; only a publish that died after its commit may have replaced it."""
    shown = pictures.published(council)
    assert shown == undisturbed.first or (step == "publish" and is_over and shown == undisturbed.last)


def assert_ends_as_undisturbed(council: Council, undisturbed: Undisturbed, step: str) -> None:
    """From the step to the end of the night everything comes out as in the night that nothing disturbed."""
    tonight = council.night()
    if step in ("extract", "land"):
        run(tonight, *[name for name in ("extract", "land") if name in from_step(step) and name in ("extract", "land")])
    else:
        run(tonight, *from_step(step))
        assert pictures.published(council) == undisturbed.last
        assert council.scalar("select count(*) from published.publication") == 2
    assert pictures.landed(council) == undisturbed.landed
    assert pictures.history(council) == undisturbed.history


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_killed_anywhere_is_run_again(
    new_council: NewCouncil, undisturbed: Undisturbed, step: str
) -> None:
    council = new_council(before=step)
    for place in PLACES[step]:

        def dies(place: float = place) -> None:
            with Tripwire(at(undisturbed, step, place), kill_this_process):
                run(council.night(), step)

        assert ended(forked(dies)) == -signal.SIGKILL, place
        assert_stands(council, undisturbed, step, is_over=place > 0.9)
    assert_ends_as_undisturbed(council, undisturbed, step)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_whose_sessions_are_ended_is_run_again(
    new_council: NewCouncil, undisturbed: Undisturbed, step: str
) -> None:
    council = new_council(before=step)
    for place in PLACES[step][:-1] if len(PLACES[step]) > 2 else PLACES[step][:1]:
        tripwire = Tripwire(
            at(undisturbed, step, place), lambda: end_sessions(council.server.admin, council.warehouse)
        )
        try:
            with tripwire:
                run(council.night(), step)
        except CareReviewsError as error:
            assert error.retry, (place, error)
        assert tripwire.is_sprung, place
        assert_stands(council, undisturbed, step, is_over=place > 0.9)
    assert_ends_as_undisturbed(council, undisturbed, step)


def test_a_source_that_ends_its_sessions_is_told_and_read_again(
    council: Council, undisturbed: Undisturbed
) -> None:
    for place in (0.3, 0.7):
        cut = Tripwire(at(undisturbed, "extract", place), lambda: end_sessions(council.server.admin, council.source))
        with cut:
            error = refusal(lambda: run(council.night(), "extract"))
        assert error.retry
        assert f"/{council.source.database} cannot be reached or stopped answering" in str(error)
    assert_ends_as_undisturbed(council, undisturbed, "extract")


def test_dbt_alone_is_killed(new_council: NewCouncil, undisturbed: Undisturbed) -> None:
    council = new_council(before="build")
    with Tripwire(at(undisturbed, "build", 0.5), kill_dbt) as tripwire:
        error = refusal(lambda: run(council.night(), "build"))
    assert tripwire.is_sprung
    assert "dbt" in str(error)
    assert council.scalar("select dbt_invocation_id from audit.extract order by extract_id desc limit 1") is None
    assert_stands(council, undisturbed, "build")
    assert "was not built" in str(refusal(lambda: run(council.night(), "publish")))
