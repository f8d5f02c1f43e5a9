"""How children of 4 and over took part in their reviews, dealt out so that each year has its share.

In: children with their reviews, a profile and a seed. Out: `review.outcome` for every review: a PN code, or
one of the ways in which participation goes unrecorded. Months differ a little; what one has too many the next
has fewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from care_reviews.demo.days import age_on, month_start
from care_reviews.demo.people import Child, Review
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.randomness import pick, stream

NOTHING, UNKNOWN_TEXT = "nothing", "unknown text"

_TOOK_PART = {"PN1": 52, "PN2": 5, "PN3": 5, "PN5": 9, "PN6": 29}
_DID_NOT = {"PN4": 1, "PN7": 3}
# 'PN0' at 4 or over is a mistake that leaves participation unrecorded, as is a text of nobody's list.
_UNRECORDED = {NOTHING: 6, "PN0": 2, UNKNOWN_TEXT: 2}
_UNDER_FOUR = {"PN0": 95, NOTHING: 4, "PN1": 1}


def deal_participation(children: Sequence[Child], profile: Profile, seed: int) -> None:
    """An outcome for every review of every child."""
    in_scope: dict[str, list[Review]] = {}
    for child in children:
        for review in (review for period in child.periods for review in period.reviews):
            if age_on(child.born, review.held) >= 4:
                in_scope.setdefault(month_start(review.held).isoformat(), []).append(review)
            else:
                rng = stream(seed, profile.name, "under four", child.number, review.held)
                review.outcome = pick(rng, _UNDER_FOUR)
    absent, unrecorded = (
        _Quota(profile.participation.not_participated),
        _Quota(profile.participation.not_recorded),
    )
    for month, reviews in sorted(in_scope.items()):
        rng = stream(seed, profile.name, "participation", month)
        rng.shuffle(reviews)
        cut = absent.take(len(reviews), rng.uniform(-1.5, 1.5))
        rest = cut + unrecorded.take(len(reviews), rng.uniform(-0.5, 0.5))
        _deal(reviews[:cut], _DID_NOT, rng)
        _deal(reviews[cut:rest], _UNRECORDED, rng)
        _deal(reviews[rest:], _TOOK_PART, rng)


class _Quota:
    """A share of a growing number, in whole parts: what is missing one month is made up in the next."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._exact = 0.0
        self._taken = 0

    def take(self, count: int, stray: float) -> int:
        self._exact += self._share * count
        part = min(count, max(0, int(self._exact + 0.5 + stray) - self._taken))
        self._taken += part
        return part


def _deal(reviews: Sequence[Review], weights: Mapping[str, float], rng: Random) -> None:
    for review in reviews:
        review.outcome = pick(rng, weights)
