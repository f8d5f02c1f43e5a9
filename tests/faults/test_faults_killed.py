"""A step that dies anywhere leaves what readers see as it was; run again it ends as if nothing had been."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.faults import pictures
from tests.faults.saying import refusal
from tests.faults.small_council import LATER, Council, from_step, run
from tests.faults.tripwire import Tripwire, end_sessions, ended, forked, kill_dbt, kill_this_process
from tests.undisturbed import Undisturbed

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

NewCouncil = Callable[..., Council]

# How far into the step it dies, as a share of what it does.
ANYWHERE = (0.0, 0.3, 0.6, 0.9, 1.0)
KILLED = {
    "extract": ANYWHERE,
    "land": ANYWHERE,
    "build": (0.1, 0.4, 0.7, 1.0),
    "validate": (0.2, 0.6, 1.0),
    "publish": ANYWHERE,
}
AT_WORK = (0.3, 0.7)
ENDED = {"extract": AT_WORK, "land": AT_WORK, "build": (0.5,), "validate": (0.5,), "publish": AT_WORK}


def at(undisturbed: Undisturbed, step: str, place: float) -> int:
    return max(1, round(undisturbed.events[step] * place))


def assert_ends_as_undisturbed(council: Council, undisturbed: Undisturbed, step: str) -> None:
    """With the step run again everything comes out as in the night that nothing disturbed."""
    if step in ("extract", "land"):
        run(council.night(), *("extract", "land")[step == "land" :])
        assert pictures.landed(council) == undisturbed.landed
        assert pictures.history(council) == undisturbed.history
        assert pictures.published(council) == undisturbed.first
    elif step == "build":
        run(council.night(), "build")
        assert pictures.candidate(council) == undisturbed.built
        assert pictures.published(council) == undisturbed.first
    else:
        run(council.night(), *from_step(step))
        assert pictures.published(council) == undisturbed.last
        assert council.scalar("select count(*) from published.publication") == 2


@pytest.mark.parametrize("step", KILLED)
def test_a_step_that_is_killed_anywhere_is_run_again(
    new_council: NewCouncil, undisturbed: Undisturbed, step: str
) -> None:
    council = new_council(before=step)
    is_published = False
    for place in KILLED[step]:

        def dies(place: float = place) -> None:
            with Tripwire(at(undisturbed, step, place), kill_this_process):
                run(council.night(), step)

        # Of a publish that died after its commit less is left to do, so that it may end before that place.
        assert ended(forked(dies)) in ((-signal.SIGKILL, 0) if is_published else (-signal.SIGKILL,)), place
        # Only a publish that died after its commit has replaced what readers see, and then all of it.
        stands = (
            [undisturbed.first, undisturbed.last]
            if (step, place) >= ("publish", 0.9)
            else [undisturbed.first]
        )
        there = pictures.published(council)
        assert there in stands, place
        is_published = there == undisturbed.last
    assert_ends_as_undisturbed(council, undisturbed, step)


@pytest.mark.parametrize("step", ENDED)
def test_a_step_whose_sessions_are_ended_is_run_again(
    new_council: NewCouncil, undisturbed: Undisturbed, step: str
) -> None:
    council = new_council(before=step)
    for place in ENDED[step]:
        end = Tripwire(
            at(undisturbed, step, place), lambda: end_sessions(council.server.admin, council.warehouse)
        )
        with end:
            error = refusal(lambda: run(council.night(), step))
        assert error.retry, (place, error)
        assert "try again" in str(error) or "ended the connection" in str(error), (place, error)
        assert pictures.published(council) == undisturbed.first, place
    assert_ends_as_undisturbed(council, undisturbed, step)


def test_a_source_that_ends_its_sessions_is_told_and_read_again(
    council: Council, undisturbed: Undisturbed
) -> None:
    for place in (0.3, 0.7):
        cut = Tripwire(
            at(undisturbed, "extract", place), lambda: end_sessions(council.server.admin, council.source)
        )
        with cut:
            error = refusal(lambda: run(council.night(), "extract"))
        assert error.retry
        assert f"/{council.source.database} cannot be reached or stopped answering" in str(error)
    assert_ends_as_undisturbed(council, undisturbed, "extract")


@pytest.mark.usefixtures("dbt_started_anew")
def test_dbt_alone_is_killed(new_council: NewCouncil, undisturbed: Undisturbed) -> None:
    council = new_council(before="build")
    with council.writing_warehouse() as connection:
        # The step was run before, and is run again: what it had built is gone once it begins.
        connection.execute(
            text("update audit.extract set dbt_invocation_id = 'earlier' where as_known = :night"),
            {"night": LATER},
        )
    with Tripwire(at(undisturbed, "build", 0.5), kill_dbt) as tripwire:
        error = refusal(lambda: run(council.night(), "build"))
    assert tripwire.is_sprung
    assert "dbt was ended by signal 9" in str(error)
    assert error.retry
    assert (
        council.scalar("select dbt_invocation_id from audit.extract order by extract_id desc limit 1") is None
    )
    assert "was not built" in str(refusal(lambda: run(council.night(), "publish")))
    assert pictures.published(council) == undisturbed.first
