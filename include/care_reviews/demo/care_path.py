"""What happens within a period of care: legal statuses and placements, and the episodes that they make.

In: a period with its start and end, random numbers, the last day of the simulation. Out: the period's
`legal`, `stays` and `episodes`. A new episode begins whenever the legal status or the placement changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from care_reviews.demo.days import age_on, plus, years_between
from care_reviews.demo.names import postcode
from care_reviews.demo.people import Episode, LegalStatus, Period, Stay
from care_reviews.demo.randomness import pick
from care_reviews.demo.recording import Recorder

_PLACEMENTS_BY_AGE: tuple[tuple[int, dict[str, float]], ...] = (
    (10, {"U6": 50, "U3": 12, "U4": 20, "U5": 5, "K2": 5, "P1": 6, "R3": 2}),
    (16, {"U6": 45, "U4": 20, "U3": 8, "K2": 20, "S1": 3, "P1": 4}),
    (99, {"U6": 30, "H5": 35, "K2": 15, "P2": 12, "U4": 8}),
)
_PROVIDERS: dict[str, dict[str, float]] = {
    "U": {"PR1": 55, "PR4": 40, "PR5": 5},
    "K": {"PR1": 25, "PR4": 70, "PR3": 5},
    "H": {"PR4": 80, "PR5": 20},
    "P": {"PR0": 1},
    "A": {"PR1": 2, "PR5": 1},
    "R": {"PR4": 1},
    "S": {"PR4": 1},
}
_MOVE_REASONS = {
    "CARPL": 35,
    "CREQB": 14,
    "CREQO": 8,
    "CHILD": 9,
    "LAREQ": 8,
    "PLACE": 10,
    "STAND": 2,
    "CLOSE": 3,
    "OTHER": 11,
}


def give_legal_statuses(period: Period, rng: Random, horizon: date) -> None:
    """The legal statuses from start to end, one at a time."""
    last = period.end or horizon
    changes = _legal_changes(period, rng, last)
    kept = [changes[0]]
    for code, day in changes[1:]:
        if kept[-1][1] < day < last - timedelta(days=2):
            kept.append((code, day))
    ends = [day for _, day in kept[1:]] + [period.end]
    period.legal = [LegalStatus(code, day, end) for (code, day), end in zip(kept, ends, strict=True)]


def _legal_changes(period: Period, rng: Random, last: date) -> list[tuple[str, date]]:
    start = period.start
    if period.child.uasc:
        return [("V2", start)]
    code = pick(rng, {"V2": 42, "C1": 42, "L1": 8, "L2": 5, "J1": 3})
    if code == "J1" and age_on(period.child.born, start) < 11:
        code = "V2"
    changes = [(code, start)]
    if code in ("L1", "L2", "J1"):
        days = {"L1": 3, "L2": 7, "J1": rng.randint(20, 50)}[code]
        code = "V2" if code == "J1" else pick(rng, {"C1": 3, "V2": 1})
        changes.append((code, plus(start, days)))
    if code == "V2" and rng.random() < 0.5:
        code = "C1"
        changes.append((code, plus(changes[-1][1], rng.randint(30, 200))))
    if code == "C1":
        order = plus(changes[-1][1], rng.randint(170, 330))
        changes.append(("C2", order))
        if age_on(period.child.born, order) < 5 and rng.random() < 0.35:
            changes.append(("E1", plus(order, rng.randint(30, 150))))
    if period.reason == "adopted":
        order = max(plus(start, 60), last - timedelta(days=rng.randint(170, 320)))
        changes = [change for change in changes if change[1] < order] + [("E1", order)]
    return changes


def give_stays(period: Period, rng: Random, horizon: date, new_id: Callable[[], int]) -> None:
    """The placements from start to end; one child in eleven moves often."""
    last = period.end or horizon
    unsettled = rng.random() < 0.09
    moves = [period.start]
    while True:
        early = (moves[-1] - period.start).days < 120
        rate = 2.4 if unsettled else (0.75 if early else 0.11)
        day = moves[-1] + timedelta(days=5 + int(rng.expovariate(rate) * 365))
        if day > last - timedelta(days=5):
            break
        moves.append(day)
    if period.reason == "adopted":
        placed = max(plus(period.start, 70), last - timedelta(days=rng.randint(90, 165)))
        moves = [day for day in moves if day < placed - timedelta(days=10)] + [placed]
    ends = [*moves[1:], period.end]
    for i, (day, end) in enumerate(zip(moves, ends, strict=True)):
        same_carer = i > 0 and rng.random() < 0.06
        kind = _placement_kind(period, day, rng)
        if period.reason == "adopted" and i == len(moves) - 1:
            kind, same_carer = pick(rng, {"A4": 3, "A6": 1}), False
        provider = pick(rng, _PROVIDERS[kind[0]])
        reason = pick(rng, _MOVE_REASONS) if end and end != period.end else None
        stay = Stay(new_id(), day, end, kind, provider, same_carer, reason, postcode(rng))
        stay.distance = f"{rng.expovariate(1 / 14):.1f}"
        period.stays.append(stay)


def _placement_kind(period: Period, day: date, rng: Random) -> str:
    age = years_between(period.child.born, day)
    return pick(rng, next(kinds for limit, kinds in _PLACEMENTS_BY_AGE if age < limit))


def give_episodes(period: Period, rng: Random, recorder: Recorder) -> None:
    """The episodes, each from one change of legal status or placement to the next."""
    legal = {status.start for status in period.legal}
    stays = {stay.start: stay for stay in period.stays}
    starts = sorted(legal | set(stays))
    recorded = [period.recorded]
    by = period.end_recorded or recorder.deadline(date.max)
    for day in starts[1:]:
        recorded.append(recorder.moment(rng, day, after=recorded[-1], by=max(by, recorded[-1])))
    stay = period.stays[0]
    for i, day in enumerate(starts):
        stay = stays.get(day, stay)
        following = i + 1 < len(starts)
        period.episodes.append(
            Episode(
                start=day,
                end=starts[i + 1] if following else period.end,
                rne=_rne(i, day in legal, stays.get(day)),
                rec="X1" if following else period.leaving_code,
                need=period.need,
                stay=stay,
                recorded=recorded[i],
                end_recorded=recorded[i + 1] if following else period.end_recorded,
            )
        )


def _rne(position: int, legal_changed: bool, new_stay: Stay | None) -> str:
    """Why an episode began: S started; L legal status; P or T placement; B or U both (T, U: same carer)."""
    if position == 0:
        return "S"
    if new_stay is None:
        return "L"
    if legal_changed:
        return "U" if new_stay.same_carer else "B"
    return "T" if new_stay.same_carer else "P"
