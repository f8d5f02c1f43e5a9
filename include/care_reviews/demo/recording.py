"""When things reach the system: within days as a rule, weeks later now and then, by a known night at the
latest.

In: the day of a fact, random numbers, and what it cannot precede. Out: the moment of recording, in office
hours.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from care_reviews.demo.days import working_day_from
from care_reviews.demo.profiles.model import Profile

Delays = tuple[tuple[float, int, int], ...]

# Shares of facts with their least and most days of delay.
PROMPT: Delays = ((0.85, 0, 2), (0.13, 3, 8), (0.02, 9, 20))
USUAL: Delays = ((0.72, 0, 3), (0.20, 4, 14), (0.065, 15, 40), (0.015, 41, 75))


class Recorder:
    """Draws moments of recording that keep to the profile's settling nights."""

    def __init__(self, profile: Profile) -> None:
        self._settling = sorted(profile.settling, key=lambda settling: settling.facts_to)

    def deadline(self, fact: date) -> datetime:
        """The moment by which everything of that day has been recorded."""
        for settling in self._settling:
            if fact <= settling.facts_to:
                return close_of(settling.known_by)
        return datetime.max

    def moment(
        self,
        rng: Random,
        fact: date,
        delays: Delays = USUAL,
        *,
        after: datetime = datetime.min,
        by: datetime = datetime.max,
        dated: date | None = None,
    ) -> datetime:
        """When a fact is recorded: not before `after`, by `by` and by the deadline of its day.

        `dated` is the day whose deadline holds, where a fact belongs to an earlier one (a review's form).
        """
        point = rng.random()
        low, high = delays[-1][1:]
        for share, least, most in delays:
            point -= share
            if point < 0:
                low, high = least, most
                break
        day = working_day_from(fact + timedelta(days=rng.randint(low, high)))
        at = office_hours(rng, day)
        return max(min(at, by, self.deadline(dated or fact)), after)


def close_of(day: date) -> datetime:
    """The end of a day's recording."""
    return datetime.combine(day, time(17, 45))


def office_hours(rng: Random, day: date) -> datetime:
    """A moment of a working day."""
    return datetime.combine(day, time(rng.randint(8, 17), rng.randrange(60), rng.randrange(60)))
