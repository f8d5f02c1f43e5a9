"""Section 6 of the annual report: care planning alerts, which are how chairs resolve disputes."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.facts import DAY, YEAR, Cell, Compared, Facts
from care_reviews.report.figures import Figure, Section, say, when
from care_reviews.report.sections.shapes import categories, counts_figure, most_frequent, rates_figure

FLOW = (
    ("alerts_raised", YEAR),
    ("alerts_concluded", YEAR),
    ("alerts_open", DAY),
    ("alert_children_raised", YEAR),
    ("alert_children_completed", YEAR),
    ("alert_repeat_children", YEAR),
)
RATE = ("alerts_per_100_children", YEAR)
DAYS = (("alert_days_to_resolve_median", YEAR), ("alert_days_to_resolve_p90", YEAR))
RESOLVED = (("alert_resolved_within_20_days", YEAR), ("alerts_raised_concluded", YEAR))


def section(facts: Facts) -> Section:
    return Section(
        name="alerts",
        title="Care planning alerts",
        lead=Markup(
            "Children, alerts and the categories of alerts are three units and never mixed. No target is "
            "set on "
            "their number: more challenge is not worse."
        ),
        figures=(
            flow(facts),
            by_category(facts),
            by_stage(facts),
            by_kind(facts),
            duration(facts),
            resolved(facts),
        ),
    )


def flow(facts: Facts) -> Figure:
    rows = [(facts.definition(measure).name, facts.beside(measure, grain)) for measure, grain in FLOW]
    raised, concluded, still, children = (one.now for _, one in rows[:4])
    headline = say(
        "{raised} alerts were raised, concerning {children} children; {concluded} were concluded and {still} "
        "were open at the year’s end",
        raised=numbers.shown(raised),
        children=numbers.shown(children),
        concluded=numbers.shown(concluded),
        still=numbers.shown(still),
    )
    rate = facts.beside(*RATE)
    reading = say(
        "Alerts raised: {alerts}. For every 100 children looked after {rate} were raised: {beside}. Alerts "
        "concluded in the year may have been raised before it.",
        alerts=wording.beside_last_year(rows[0][1]),
        rate=numbers.shown(rate.now),
        beside=wording.beside_last_year(rate),
    )
    return counts_figure(
        facts,
        "alerts",
        when([raised, concluded, still, children], headline, "Care planning alerts of the year"),
        reading,
        "Alerts and the children that they are about",
        rows,
        [(facts.definition(RATE[0]).name, rate)],
    )


def by_category(facts: Facts) -> Figure:
    rows = categories(facts, "alerts_by_category", "alert_category")
    said = "The most frequent category: {label}, {share} of all categories counted"
    whole, alerts = facts.cell("alerts_by_category", YEAR), facts.cell("alerts_raised", YEAR)
    return counts_figure(
        facts,
        "alert-categories",
        most_frequent(rows, facts, "What the alerts were about", said),
        say(
            "An alert can have several categories: {alerts} alerts have {whole}. The bars add up to neither "
            "alerts "
            "nor children.",
            alerts=numbers.shown(alerts),
            whole=numbers.shown(whole),
        ),
        "Categories of the alerts raised in the year",
        rows,
        [("All categories", facts.beside("alerts_by_category", YEAR)), _all(facts)],
    )


def by_stage(facts: Facts) -> Figure:
    rows = categories(facts, "alerts_by_stage", "alert_stage")
    return counts_figure(
        facts,
        "alert-stages",
        most_frequent(
            rows,
            facts,
            "How far the alerts went",
            "The most frequent highest stage: {label}, {share} of the alerts",
            "{part} of the alerts, {share}, reached the stage “{label}” and no higher one",
        ),
        Markup("The highest stage that each alert has reached; stages may be skipped."),
        "Alerts raised in the year, by the highest stage reached",
        rows,
        [_all(facts)],
    )


def by_kind(facts: Facts) -> Figure:
    types = categories(facts, "alerts_by_type", "alert_type")
    agencies = categories(facts, "alerts_by_agency", "alert_agency")
    cells = {one.now.key.category: one.now for _, one in types}
    whole = facts.cell("alerts_by_type", YEAR)
    formal = cells.get("Formal")
    headline = Markup("Informal and formal alerts, and whom they were about")
    if formal is not None and (share := numbers.share(formal, whole)) is not None:
        headline = say("{share} of the alerts were formal", share=share)
    return counts_figure(
        facts,
        "alert-kinds",
        headline,
        Markup(
            "Alerts are raised informally first where that can solve them. One about a partner counts alike."
        ),
        "Alerts raised in the year, informal or formal and by agency",
        [*types, *agencies],
        [_all(facts)],
    )


def _all(facts: Facts) -> tuple[str, Compared]:
    return "All alerts", facts.beside("alerts_raised", YEAR)


def duration(facts: Facts) -> Figure:
    rows = [(facts.definition(measure).name, facts.beside(measure, grain)) for measure, grain in DAYS]
    half, most = (one.now for _, one in rows)
    headline = say(
        "At least half of the alerts were resolved within {half}, at least nine in ten within {most}",
        half=_days(half),
        most=_days(most),
    )
    return counts_figure(
        facts,
        "alert-days",
        when([half, most], headline, "How long alerts took"),
        Markup(
            "The whole process should take no more than 20 working days. Open alerts count, as longer ones."
        ),
        "Working days to resolve an alert",
        rows,
    )


def _days(cell: Cell) -> Markup:
    return say("{count} working day{s}", count=numbers.shown(cell), s="" if cell.value == 1 else "s")


def resolved(facts: Facts) -> Figure:
    one = facts.beside(*RESOLVED[0])
    headline = say(
        "{share} of the alerts were resolved within 20 working days: {beside}",
        share=numbers.shown(one.now),
        beside=wording.beside_last_year(one),
    )
    return rates_figure(
        facts,
        "alerts-resolved",
        when([one.now], headline, "Alerts resolved in time"),
        "Alerts raised in the year: resolved in time, and concluded by the night",
        RESOLVED,
    )
