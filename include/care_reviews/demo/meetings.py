"""Review meetings before they become rows: when each was scheduled, held and recorded, and its further
meetings.

In: the council's children with their reviews. Out: `Meeting`s in the order they were held, with
`review.completed` set; siblings share one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from care_reviews.demo.council import Council
from care_reviews.demo.days import add_working_days
from care_reviews.demo.people import Child, Period, Review


@dataclass(slots=True, eq=False)
class Meeting:
    """A held review meeting of one or several children. `further` are the later meetings of a series."""

    meeting_id: int
    held: datetime
    scheduled: datetime
    recorded: datetime
    reviews: list[tuple[Period, Review]]
    further: list[tuple[int, datetime, datetime]] = field(default_factory=list)


def arrange_meetings(council: Council, children: list[Child]) -> list[Meeting]:
    """Every held review's meeting, oldest first."""
    together: dict[str, list[tuple[Period, Review]]] = {}
    following: dict[int, date] = {}
    for period in (period for child in children for period in child.periods):
        for review in period.reviews:
            together.setdefault(review.meeting, []).append((period, review))
        for earlier, later in zip(period.reviews, period.reviews[1:], strict=False):
            following[id(earlier)] = later.held
    last_recorded: dict[int, datetime] = {}
    meetings = []
    for name, reviews in sorted(together.items(), key=lambda item: (item[1][0][1].held, item[0])):
        meeting = _arrange(council, name, reviews, last_recorded)
        _add_series(council, name, meeting, following)
        meetings.append(meeting)
        for period, review in reviews:
            last_recorded[id(period)] = meeting.recorded
            review.completed = meeting.further[-1][1].date() if meeting.further else review.held
    return meetings


def _arrange(
    council: Council, name: str, reviews: list[tuple[Period, Review]], last_recorded: dict[int, datetime]
) -> Meeting:
    rng = council.rng("meeting", name)
    held = reviews[0][1].held
    known = max(last_recorded.get(id(period), period.recorded) for period, _ in reviews)
    at = datetime.combine(held, time(rng.randint(9, 16), rng.choice((0, 30))))
    recorded = council.recorder.moment(rng, held, after=max(known, at + timedelta(hours=1)))
    scheduled = min(known + timedelta(days=rng.randint(0, 6), minutes=rng.randint(5, 300)), recorded)
    meeting_id = council.history.new_id("fact_meetings")
    return Meeting(meeting_id, at, scheduled, recorded, reviews)


def _add_series(council: Council, name: str, meeting: Meeting, following: dict[int, date]) -> None:
    """Let a share of the reviews be a series, where time allows; a few series are longer than they may be."""
    rng = council.rng("series", name)
    if rng.random() >= council.profile.reviews.series:
        return
    held = meeting.held.date()
    day = held
    for _ in range(rng.choice((1, 1, 1, 2))):
        day = add_working_days(day, rng.randint(2, 9))
    if rng.random() < 0.05:
        day = add_working_days(held, rng.randint(21, 26))
    limits = [period.end or council.profile.covers.last_day for period, _ in meeting.reviews]
    limits += [
        following[id(review)] - timedelta(days=10) for _, review in meeting.reviews if id(review) in following
    ]
    # The outcomes of a review must reach the system by the deadline of its day, also after a series.
    limits.append((council.recorder.deadline(held) - timedelta(days=6)).date())
    if day > min(limits):
        return
    days = sorted({add_working_days(held, rng.randint(1, 2)), day} if rng.random() < 0.25 else {day})
    known = meeting.recorded
    for further in days:
        at = datetime.combine(further, time(rng.randint(9, 16)))
        known = council.recorder.moment(rng, further, after=max(known, at + timedelta(hours=1)), dated=held)
        meeting.further.append((council.history.new_id("fact_meetings"), at, known))
