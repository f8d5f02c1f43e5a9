"""Mistakes in episodes of care: each a finding of the validation rules, none moving the start or end of a
period.

In: periods with their episodes. Out: one episode in the middle of a period changed for each kind of mistake.
Only episodes between a period's first and last are touched, so that who is looked after, and when, stays as
planned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from care_reviews.demo.people import Episode, Period


def make_care_slips(periods: Sequence[Period], rng: Random) -> None:
    """Each kind of mistake in one or two periods with enough episodes."""
    able = [period for period in periods if len(period.episodes) >= 4 and not period.child.alias]
    able = [period for period in able if _longest(period) >= 14]
    rng.shuffle(able)
    for number, period in enumerate(able[: 2 * len(SLIPS)]):
        SLIPS[number % len(SLIPS)](_middle(period), period)


def _middle_ones(period: Period) -> list[Episode]:
    return period.episodes[1:-1]


def _days(episode: Episode) -> int:
    return (episode.end - episode.start).days if episode.end else 0


def _longest(period: Period) -> int:
    return max(_days(episode) for episode in _middle_ones(period))


def _middle(period: Period) -> Episode:
    return max(_middle_ones(period), key=_days)


def _ends_on_its_start(episode: Episode, _: Period) -> None:
    episode.end = episode.start


def _ends_before_its_start(episode: Episode, _: Period) -> None:
    episode.end = episode.start - timedelta(days=4)


def _overlaps_the_next(episode: Episode, _: Period) -> None:
    assert episode.end
    episode.end += timedelta(days=3)


def _leaves_a_gap(episode: Episode, _: Period) -> None:
    assert episode.end
    episode.end -= timedelta(days=5)


def _end_without_reason(episode: Episode, _: Period) -> None:
    episode.rec = None


def _unknown_end_reason(episode: Episode, _: Period) -> None:
    episode.rec = "X9"


def _starts_again(episode: Episode, _: Period) -> None:
    episode.rne = "S"


def _wrong_change(episode: Episode, _: Period) -> None:
    episode.rne = "L" if episode.rne in "PTBU" else "P"


def _other_need(episode: Episode, period: Period) -> None:
    episode.need = "N8" if period.need != "N8" else "N1"


SLIPS: tuple[Callable[[Episode, Period], None], ...] = (
    _ends_on_its_start,
    _ends_before_its_start,
    _overlaps_the_next,
    _leaves_a_gap,
    _end_without_reason,
    _unknown_end_reason,
    _starts_again,
    _wrong_change,
    _other_need,
)
