"""The rows of the working lists on a night, as dictionaries with the record system's own ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from .after_review import Followed, followed_reviews
from .alerts import alerts, working_days_between
from .allocations import Officer, chair_on, officers
from .care import Period, Person, Span, people, periods_of_care, person_of
from .chairs import NUMBER, ROLES, involvements, protection_plans, service_on
from .characteristics import NOT_KNOWN, QUADRANTS, TEAMS
from .deadlines import working_day_after
from .due_dates import DueDate, due_dates
from .readable import code, key, readable, words
from .reviews import held_reviews
from .site import Site
from .source_rows import Source
from .spans import month_ends
from .updates import progress_updates

Rows = list[dict[str, Any]]

DUE_WITHIN, RECORD_WITHIN, ALERT_WITHIN, MOST_CASES = 20, 15, 20, 70
TeamOf = Mapping[str, tuple[str, str]]
TEAM_OF = {f"{name}{team}".casefold(): (f"{name}{team}", name) for name in QUADRANTS for team in TEAMS}


class Place(NamedTuple):
    """A stretch with a team; of those that overlap the greatest rank counts."""

    span: Span
    rank: tuple[Any, ...]
    team: tuple[str, str]


class Night:
    """Who is looked after on a night, and who works with whom."""

    def __init__(self, source: Source, as_known: date, team_of: TeamOf) -> None:
        self.day, self.source, self.known = as_known, source, people(source)
        self.periods = periods_of_care(source, self.known)
        self.officers = officers(source, self.known)
        self.places = places(source, self.known, team_of)
        self.in_care = {period.person for period in self.periods if period.covers(as_known)}
        reviews = held_reviews(source, self.known, self.periods, as_known)
        self.followed = followed_reviews(source, self.known, reviews, as_known)
        self.held = defaultdict(list)
        for review in reviews:
            self.held[review.period.cla_id].append(review.held_on)

    def with_whom(self, person: Person) -> dict[str, Any]:
        """The child, with chair and team: the last ones of who is not looked after."""
        chairs, around = self.officers[person], self.places[person]
        chair = chair_on(chairs, self.last_day(person, [each.span for each in chairs]))
        on_day = self.last_day(person, [each.span for each in around])
        there = [each for each in around if each.span.covers(on_day)]
        team = max(there, key=lambda each: each.rank).team if there else (NOT_KNOWN, NOT_KNOWN)
        return {"child_id": person.person_id, "chair_id": chair, "team": team[0], "quadrant": team[1]}

    def last_day(self, person: Person, spans: list[Span]) -> date:
        if person in self.in_care:
            return self.day
        ends = [
            min(self.day, each.end - timedelta(days=1)) if each.end else self.day
            for each in spans
            if each.start <= self.day and (each.end is None or each.start < each.end)
        ]
        return max(ends, default=self.day)

    def due(self, due: date) -> dict[str, Any]:
        is_overdue = due < self.day
        return {
            "due_date": due,
            "is_overdue": is_overdue,
            "working_days_overdue": working_days_between(due, self.day) if is_overdue else None,
            "working_days_left": None if is_overdue else working_days_between(self.day, due),
        }

    def to_be_held(self) -> list[tuple[Period, DueDate, date | None]]:
        """The next review of each period of care, and when the one before was held."""
        return [
            (
                period,
                due_dates(period.start, self.held[period.cla_id])[-1],
                max(self.held[period.cla_id], default=None),
            )
            for period in self.periods
        ]


def worklists(source: Source, as_known: date, months: int = 36, site: Site | None = None) -> dict[str, Rows]:
    """Every list by its name, from the rows as the source held them on that night. `site` says how a council
    words what it names otherwise; its teams are listed under their own names.
    """
    told = replace(site.reworded(source), dim_department=source.dim_department) if site else source
    night = Night(readable(told, as_known), as_known, site.own_teams if site else TEAM_OF)
    first_day = month_ends(as_known, months)[0].replace(day=1)
    return {
        "worklist_review": reviews_to_hold(night),
        "worklist_record": [
            record(night, each) for each in night.followed if is_to_record(each, night, first_day)
        ],
        "worklist_alert": open_alerts(night, site.stages if site else {}),
        "worklist_progress_update": without_update(night),
        "worklist_chair": chairs(night),
    }


def places(source: Source, known: dict[int, Person], team_of: TeamOf) -> dict[Person, list[Place]]:
    """The teams of case workers and reviewing officers; the case worker's goes before."""
    names = {key(row["dim_department_id"]): words(row.get("name")) for row in source.dim_department}
    found = defaultdict(list)
    for row in source.fact_involvements:
        person, start = person_of(row, known), row.get("start_dttm")
        department = key(row.get("dim_department_id"))
        role = code(row.get("dim_lookup_involvement_type_code"))
        team = team_of.get(names.get(department, "")) if department is not None else None
        if person is not None and start is not None and team and role in ("CW", "IRO"):
            number = key(row.get("fact_involvements_id")) or -1
            rank = (role == "CW", start, number, team[1], team[0])
            found[person].append(Place(Span(start, row.get("end_dttm")), rank, team))
    return found


def reviews_to_hold(night: Night) -> Rows:
    last_day = working_day_after(night.day, DUE_WITHIN)
    return [
        {
            "period_id": period.cla_id,
            "review_sequence": next_one.seq,
            **night.with_whom(period.person),
            "last_review_date": before,
            **night.due(next_one.due),
        }
        for period, next_one, before in night.to_be_held()
        if period.person in night.in_care
        and (period.end is None or next_one.due <= period.end)
        and next_one.due <= last_day
    ]


def is_to_record(each: Followed, night: Night, first_day: date) -> bool:
    done = each.done("recordcompleteddate")
    return each.completed >= first_day and (done is None or done > night.day)


def record(night: Night, each: Followed) -> dict[str, Any]:
    return {
        "period_id": each.review.period.cla_id,
        "review_sequence": each.sequence,
        **night.with_whom(each.review.person),
        "held_date": each.review.held_on,
        "completed_date": each.completed,
        **night.due(working_day_after(each.completed, RECORD_WITHIN)),
    }


def open_alerts(night: Night, stages: Mapping[str, str]) -> Rows:
    """Without their ids, which the record system issues anew. `stages`: the council's names for them."""
    return [
        {
            **night.with_whom(alert.person),
            "raised_date": alert.raised,
            "alert_type": alert.type,
            "alert_stage": stages.get(alert.stage, alert.stage),
            "alert_agency": alert.agency,
            **night.due(working_day_after(alert.raised, ALERT_WITHIN)),
        }
        for alert in alerts(night.source, night.known)
        if alert.raised is not None and alert.open_on(night.day)
    ]


def without_update(night: Night) -> Rows:
    updates = progress_updates(night.source, night.known)
    return [
        {
            "period_id": period.cla_id,
            **night.with_whom(period.person),
            "last_review_date": before,
            "next_review_due_date": next_one.due,
        }
        for period, next_one, before in night.to_be_held()
        if period.covers(night.day)
        and before is not None
        and not any(before < day <= night.day for day, _ in updates[period.person])
    ]


def chairs(night: Night) -> Rows:
    """Without their departments, which nothing is counted by."""
    workers = night.source.dim_worker
    roles = service_on(night.day, workers, involvements(night.source, night.known, workers)).roles
    conferences = officers(night.source, night.known, "CPCHAIR")
    plans = protection_plans(night.source, night.known)
    protected = {person for person, plan in plans if plan.covers(night.day)}
    texts = {key(row["dim_worker_id"]): words(row.get("full_time_equivalency")) for row in workers}

    def cases(of: set[Person], with_chairs: dict[Person, list[Officer]], worker: int) -> int:
        return sum(chair_on(with_chairs[person], night.day) == worker for person in of)

    found = []
    for worker, of_worker in roles.items():
        looked_after = cases(night.in_care, night.officers, worker)
        with_plan = cases(protected, conferences, worker)
        found.append({"chair_id": worker, **caseload(looked_after, with_plan, texts[worker])})
        found[-1]["has_dual_role"] = of_worker == ROLES
    return found


def caseload(looked_after: int, with_plan: int, working_time: str) -> dict[str, Any]:
    """Against 70 for a full-time chair; whose working time is not known counts as full-time."""
    is_known = NUMBER.fullmatch(working_time) and Decimal(working_time) <= 1
    fte = Decimal(working_time).quantize(Decimal("0.01"), ROUND_HALF_UP) if is_known else None
    total = looked_after + with_plan
    per_fte = (total / fte).quantize(Decimal("0.0001"), ROUND_HALF_UP) if fte else None
    return {
        "full_time_equivalent": fte,
        "children_looked_after": looked_after,
        "children_protected": with_plan,
        "caseload": total,
        "caseload_per_fte": per_fte,
        "is_above_70": total > MOST_CASES * (fte or 1),
    }
