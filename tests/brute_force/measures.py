"""The cells of every published measure: what the warehouse must say, calculated without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from .after_review import Followed, after_reviews, practice
from .alerts import Alert, quantile
from .audits import audit_shares
from .breakdowns import BREAKDOWNS, CATEGORIES_OF
from .care import people
from .cell import Cell, CellKey, count, duration, percentage
from .chairs import Service, involvements, protection_plans, service_on
from .coverage import COVERED_FROM, NOT_AVAILABLE, as_far_as_covered
from .facts import Council, Facts, by_category, council
from .population import AGED_0_TO_17
from .readable import readable
from .reviews import ATTENDED, PARTICIPATED, TOOK_NO_PART
from .site import Site
from .snapshots import Snapshot, reviews_on_time
from .source_rows import Row, Source
from .spans import Between, month_ends, spans
from .unconfigured import Unconfigured
from .updates import update_shares


def cells(
    source: Source,
    as_known: date,
    months: int = 36,
    breakdowns: Iterable[str] = tuple(CATEGORIES_OF),
    site: Site | Unconfigured | None = None,
    earlier: Mapping[date, Source] | None = None,
) -> dict[CellKey, Cell]:
    """Every cell of the last completed months, from the rows as the source held them on that night: of the
    whole and of these breakdowns. `site` says how a council words what it names otherwise. `earlier`: what
    the source held on the nights that landed before.
    """
    by = ("all", *breakdowns)
    workers = {
        night: readable(site.reworded(held) if site else held, night).dim_worker
        for night, held in {**(earlier or {}), as_known: source}.items()
    }
    rows = readable(site.reworded(source) if site else source, as_known)
    of_council = council(rows, as_known, site.population if site else AGED_0_TO_17)
    found = {
        **span_cells(of_council, as_known, months, by),
        **snapshot_cells(of_council, as_known, months, by),
        **chair_cells(rows, of_council, workers, as_known, months),
    }
    for key, raised in list(found.items()):
        if key.measure_id == "alerts_raised" and key.period_grain in ("financial_year", "rolling_12_months"):
            day = key.period_end
            of_day = CellKey("children_looked_after", "snapshot", day, day, key.breakdown, key.category)
            per_100 = percentage(raised.numerator or 0, found[of_day].numerator or 0)
            found[key._replace(measure_id="alerts_per_100_children")] = per_100
    found = as_far_as_covered(found, site.covered_from if site else COVERED_FROM)
    return site.own(found) if site else found


def span_cells(of_council: Council, as_known: date, months: int, by: Iterable[str]) -> dict[CellKey, Cell]:
    found = {}
    for breakdown in by:
        facts_of = by_category(of_council, breakdown) if breakdown != "all" else {"all": of_council.facts}
        for category in CATEGORIES_OF.get(breakdown, ["all"]):
            facts = facts_of.get(category, Facts())
            for span in spans(as_known, months):
                for measure_id, cell in of_facts(facts.within(span), span, as_known).items():
                    if breakdown in ("all", *BREAKDOWNS[measure_id]):
                        found[CellKey(measure_id, *span, breakdown, category)] = cell
    for span in spans(as_known, months):
        counted = [
            each for alert in of_council.facts.raised if alert.raised in span for each in alert.categories
        ]
        found[CellKey("alerts_by_category", *span)] = count(len(counted))
        for category in CATEGORIES_OF["alert_category"] if "alert_category" in by else ():
            by_this = CellKey("alerts_by_category", *span, "alert_category", category)
            found[by_this] = count(counted.count(category))
    return found


def of_facts(facts: Facts, span: Between, as_known: date) -> dict[str, Cell]:
    """The cells of the measures over spans."""
    shares = {
        **after_reviews(facts.completed, span, as_known),
        **practice(facts.held, span),
        **audit_shares(facts.audited, span),
        **update_shares(facts.between, span),
        "chair_allocated_within_5_days": chairs_in_time(facts, span),
    }
    return {
        **flows(facts, span),
        **review_counts(facts.held, span),
        **alert_counts(facts, span),
        **alert_times(facts.raised, span, as_known),
        "review_timeliness_reviews": reviews_on_time(facts.due, span),
        **{measure_id: percentage(*share) for measure_id, share in shares.items()},
    }


def snapshot_cells(
    of_council: Council, as_known: date, months: int, by: Iterable[str]
) -> dict[CellKey, Cell]:
    found = {}
    for day in month_ends(as_known, months):
        children = {period.person for period in of_council.periods if period.covers(day)}
        on_day = Snapshot(of_council, children, day)
        for breakdown in by:
            for category in CATEGORIES_OF.get(breakdown, ["all"]):
                for measure_id, cell in on_day.of(breakdown, category).items():
                    if breakdown in ("all", *BREAKDOWNS[measure_id]):
                        found[CellKey(measure_id, "snapshot", day, day, breakdown, category)] = cell
    return found


def chairs_in_time(facts: Facts, span: Between) -> tuple[int, int]:
    judged = [in_time for period, in_time in facts.allocated if period.start in span]
    return judged.count(True), len(judged) - judged.count(None)


def chair_cells(
    rows: Source, of_council: Council, workers: Mapping[date, list[Row]], as_known: date, months: int
) -> dict[CellKey, Cell]:
    """By the workers as they were held on the last night by the day; before the first nothing is said."""
    known = people(rows)
    plans = protection_plans(rows, known)
    found = {}
    for day in month_ends(as_known, months):
        of_day = workers.get(max((night for night in workers if night <= day), default=date.max), [])
        looked_after = {period.person for period in of_council.periods if period.covers(day)}
        protected = {person for person, plan in plans if plan.covers(day)}
        service = service_on(day, of_day, involvements(rows, known, of_day))
        for measure_id, cell in workforce(service, len(looked_after), len(protected)).items():
            is_known = day >= min(workers)
            found[CellKey(measure_id, "snapshot", day, day)] = cell if is_known else NOT_AVAILABLE
    return found


# --- Care ---------------------------------------------------------------------------------------------------


def flows(facts: Facts, span: Between) -> dict[str, Cell]:
    started = [period.person for period in facts.started if period.start in span]
    ceased = [period.person for period in facts.ceased if period.end in span]
    return {
        "children_started": count(len(set(started))),
        "children_ceased": count(len(set(ceased))),
        "periods_started": count(len(started)),
        "periods_ceased": count(len(ceased)),
    }


# --- Reviews ------------------------------------------------------------------------------------------------


def review_counts(reviews: list[Followed], span: Between) -> dict[str, Cell]:
    held = [each.review for each in reviews if each.review.held_on in span]
    in_scope = [review.participation for review in held if review.in_scope]

    def share(codes: set[str] | set[None]) -> Cell:
        return percentage(sum(participation in codes for participation in in_scope), len(in_scope))

    return {
        "reviews_held": count(len(held)),
        "participation": share(PARTICIPATED),
        "participation_not": share(TOOK_NO_PART),
        "participation_not_recorded": share({None}),
        "participation_by_code": count(len(in_scope)),
        "attendance": share(ATTENDED),
    }


# --- Alerts -------------------------------------------------------------------------------------------------


def alert_counts(facts: Facts, span: Between) -> dict[str, Cell]:
    raised = [alert.person for alert in facts.raised if alert.raised in span]
    resolved = [alert.person for alert in facts.resolved if alert.resolved in span]
    return {
        "alerts_raised": count(len(raised)),
        "alerts_by_type": count(len(raised)),
        "alerts_by_stage": count(len(raised)),
        "alerts_by_agency": count(len(raised)),
        "alerts_concluded": count(len(resolved)),
        "alert_children_raised": count(len(set(raised))),
        "alert_children_completed": count(len(set(resolved))),
        "alert_repeat_children": count(len({person for person, day in facts.repeated if day in span})),
    }


def alert_times(alerts: list[Alert], span: Between, as_known: date) -> dict[str, Cell]:
    timed = [alert for alert in alerts if alert.raised in span and alert.is_timed()]
    in_time = [alert.in_time(as_known) for alert in timed]
    days = [alert.days_to_resolve(as_known) for alert in timed]
    concluded = [alert.is_concluded(as_known) for alert in alerts if alert.raised in span]
    return {
        "alerts_raised_concluded": percentage(sum(concluded), len(concluded)),
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
