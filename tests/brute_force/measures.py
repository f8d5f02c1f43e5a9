"""The cells of every published measure: what the warehouse must say, calculated without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .after_review import after_reviews, followed_reviews, practice
from .alerts import Alert, alerts, quantile, repeats
from .audits import audit_shares, audits
from .care import Period, Person, asylum_spans, people, periods_of_care
from .chairs import Service, involvements, protection_plans, service_on
from .due_dates import DueDate, add_months, due_dates
from .readable import readable
from .reviews import ATTENDED, PARTICIPATED, TOOK_NO_PART, HeldReview, held_reviews
from .source_rows import Source


class CellKey(NamedTuple):
    measure_id: str
    period_grain: str
    period_start: date
    period_end: date
    breakdown: str = "all"
    category: str = "all"


class Cell(NamedTuple):
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    symbol: str | None
    """`z` where there is nothing to divide by, `x` where it is not known, else None."""


class Between(NamedTuple):
    """The days that a measure covers, both ends included."""

    grain: str
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def count(number: int) -> Cell:
    return Cell(number, None, Decimal(number), None)


def percentage(numerator: int, denominator: int) -> Cell:
    if denominator == 0:
        return Cell(numerator, denominator, None, "z")
    exact = Decimal(100 * numerator) / Decimal(denominator)
    return Cell(numerator, denominator, exact.quantize(Decimal("0.0001"), ROUND_HALF_UP), None)


def duration(days: int | None, of: int) -> Cell:
    """A number of days of so many; None is not known."""
    if days is None:
        return Cell(None, of, None, "x" if of else "z")
    return Cell(days, of, Decimal(days), None)


def cells(source: Source, as_known: date, months: int = 36) -> dict[CellKey, Cell]:
    """Every cell of the last completed months, from the rows as the source held them on that night."""
    rows = readable(source, as_known)
    known = people(rows)
    periods = periods_of_care(rows, known)
    reviews = held_reviews(rows, known, periods, as_known)
    dues = due_dates_that_count(periods, reviews)
    uasc = asylum_spans(rows, known)
    followed = followed_reviews(rows, known, reviews, as_known)
    audited = audits(rows, known, periods)
    raised = alerts(rows, known)
    of_chairs = involvements(rows, known)
    plans = protection_plans(rows, known)

    found = {}
    for span in spans(as_known, months):
        shares = {
            **after_reviews(followed, span, as_known),
            **practice(followed, span),
            **audit_shares(audited, span),
        }
        for measure_id, cell in {
            **flows(periods, span),
            **review_counts(reviews, span),
            **alert_counts(raised, span),
            **alert_times(raised, span, as_known),
            "review_timeliness_reviews": reviews_on_time(dues, span),
            **{measure_id: percentage(*share) for measure_id, share in shares.items()},
        }.items():
            found[CellKey(measure_id, *span)] = cell
        if span.grain in ("financial_year", "rolling_12_months"):
            children = {period.person for period in periods if period.covers(span.end)}
            number = sum(alert.raised in span for alert in raised)
            found[CellKey("alerts_per_100_children", *span)] = percentage(number, len(children))

    for day in month_ends(as_known, months):
        looked_after = {period.person for period in periods if period.covers(day)}
        unaccompanied = {
            person for person in looked_after if any(status.covers(day) for status in uasc[person])
        }
        for measure_id, cell in {
            "children_looked_after": count(len(looked_after)),
            "children_looked_after_uasc": count(len(unaccompanied)),
            **timeliness(looked_after, dues, day),
            **workforce(
                service_on(day, rows, of_chairs),
                len(looked_after),
                len({person for person, plan in plans if plan.covers(day)}),
            ),
            "alerts_open": count(sum(alert.open_on(day) for alert in raised)),
        }.items():
            found[CellKey(measure_id, "snapshot", day, day)] = cell
    return found


# --- Time ---------------------------------------------------------------------------------------------------


def month_ends(as_known: date, months: int) -> list[date]:
    """The ends of the last completed months, the oldest first; a month is complete on its last day."""
    first_not_complete = (as_known + timedelta(days=1)).replace(day=1)
    return [add_months(first_not_complete, -back) - timedelta(days=1) for back in reversed(range(months))]


def spans(as_known: date, months: int) -> Iterator[Between]:
    """The months, and the quarters, financial years and rolling 12 months that end with one of them."""
    for end in month_ends(as_known, months):
        first_of_month = end.replace(day=1)
        yield Between("month", first_of_month, end)
        if end.month in (3, 6, 9, 12):
            yield Between("quarter", add_months(first_of_month, -2), end)
        if end.month == 3:
            yield Between("financial_year", add_months(first_of_month, -11), end)
        yield Between("rolling_12_months", add_months(first_of_month, -11), end)


def reporting_year_start(day: date) -> date:
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


# --- Care ---------------------------------------------------------------------------------------------------


def flows(periods: list[Period], span: Between) -> dict[str, Cell]:
    started = [period.person for period in periods if period.start in span]
    ceased = [period.person for period in periods if period.end in span]
    return {
        "children_started": count(len(set(started))),
        "children_ceased": count(len(set(ceased))),
        "periods_started": count(len(started)),
        "periods_ceased": count(len(ceased)),
    }


# --- Reviews ------------------------------------------------------------------------------------------------


def review_counts(reviews: list[HeldReview], span: Between) -> dict[str, Cell]:
    held = [review for review in reviews if review.held_on in span]
    in_scope = [review.participation for review in held if review.in_scope]

    def share(codes: set[str] | set[None]) -> Cell:
        return percentage(sum(participation in codes for participation in in_scope), len(in_scope))

    return {
        "reviews_held": count(len(held)),
        "participation": share(PARTICIPATED),
        "participation_not": share(TOOK_NO_PART),
        "participation_not_recorded": share({None}),
        "attendance": share(ATTENDED),
    }


# --- Timeliness ---------------------------------------------------------------------------------------------


def due_dates_that_count(periods: list[Period], reviews: list[HeldReview]) -> dict[Person, list[DueDate]]:
    """The due dates of all the periods of each child, but for those after the child left."""
    held: dict[int, list[date]] = defaultdict(list)
    for review in reviews:
        held[review.period.cla_id].append(review.held_on)

    found: dict[Person, list[DueDate]] = defaultdict(list)
    for period in periods:
        for each in due_dates(period.start, held[period.cla_id]):
            if period.end is None or each.due <= period.end:
                found[period.person].append(each)
    return found


def reviews_on_time(dues: dict[Person, list[DueDate]], span: Between) -> Cell:
    due = [each for of_child in dues.values() for each in of_child if each.due in span]
    return percentage(sum(each.on_time for each in due), len(due))


def timeliness(looked_after: set[Person], dues: dict[Person, list[DueDate]], day: date) -> dict[str, Cell]:
    """The four readings of timeliness over the reporting year up to a day."""
    year_so_far = Between("snapshot", reporting_year_start(day), day)
    in_time, had_one_due, had_one_due_in_time, up_to_date = 0, 0, 0, 0
    for person in looked_after:
        this_year = [each for each in dues[person] if each.due in year_so_far]
        is_up_to_date = not any(each.overdue_on(day) for each in dues[person])
        is_in_time = is_up_to_date and not any(each.late for each in this_year)
        in_time += is_in_time
        up_to_date += is_up_to_date
        had_one_due += bool(this_year)
        had_one_due_in_time += bool(this_year) and is_in_time
    return {
        "review_timeliness_children": percentage(in_time, len(looked_after)),
        "review_timeliness_children_due": percentage(had_one_due_in_time, had_one_due),
        "review_timeliness_reviews": reviews_on_time(dues, year_so_far),
        "review_up_to_date": percentage(up_to_date, len(looked_after)),
        "overdue_reviews": count(
            sum(each.overdue_on(day) for person in looked_after for each in dues[person])
        ),
    }


# --- Alerts -------------------------------------------------------------------------------------------------


def alert_counts(of_council: list[Alert], span: Between) -> dict[str, Cell]:
    raised = [alert.person for alert in of_council if alert.raised in span]
    resolved = [alert.person for alert in of_council if alert.resolved in span]
    return {
        "alerts_raised": count(len(raised)),
        "alerts_concluded": count(len(resolved)),
        "alert_children_raised": count(len(set(raised))),
        "alert_children_completed": count(len(set(resolved))),
        "alert_repeat_children": count(len({person for person, day in repeats(of_council) if day in span})),
    }


def alert_times(of_council: list[Alert], span: Between, as_known: date) -> dict[str, Cell]:
    timed = [alert for alert in of_council if alert.raised in span and alert.is_timed()]
    in_time = [alert.in_time(as_known) for alert in timed]
    days = [alert.days_to_resolve(as_known) for alert in timed]
    return {
        "alert_resolved_within_20_days": percentage(in_time.count(True), len(in_time) - in_time.count(None)),
        "alert_days_to_resolve_median": duration(quantile(days, 5), len(days)),
        "alert_days_to_resolve_p90": duration(quantile(days, 9), len(days)),
    }


# --- Chairs -------------------------------------------------------------------------------------------------


def workforce(service: Service, looked_after: int, protected: int) -> dict[str, Cell]:
    fte = service.fte_hundredths
    return {
        "chair_fte": Cell(fte, None, Decimal(fte) / 100, None),
        "chair_dual_role": percentage(service.dual, len(service.roles)),
        "caseload_per_fte": percentage(looked_after + protected, fte),
        "caseload_looked_after_per_fte": percentage(looked_after, fte),
        "caseload_protection_per_fte": percentage(protected, fte),
    }
