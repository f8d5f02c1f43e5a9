"""Care planning alerts as forms, filled in as they go from stage to stage.

In: the council and its planned alerts. Out: forms and answers. An alert is informal until it passes the first
stage; it has one or several categories; some are against a partner agency.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from care_reviews.demo.alert_plan import Alert, plan_alerts
from care_reviews.demo.council import Council
from care_reviews.demo.days import financial_year
from care_reviews.demo.forms import Form, open_form
from care_reviews.demo.randomness import pick, some_of
from care_reviews.demo.recording import PROMPT
from care_reviews.demo.text import date_text, untidy

# Outcomes: only the first kind is a satisfactory conclusion.
SATISFACTORY = ("Satisfactorily concluded", "Satisfactorily concluded - plan changed")
UNSATISFACTORY = ("Withdrawn", "Not resolved")
STANDARDS = (
    "Report to reach the chair three working days before the review",
    "The child’s plan is acted on without delay",
    "Visits at the intervals that the regulations ask for",
)


def write_alerts(council: Council) -> None:
    """Every alert of the council, with a few that are recorded badly."""
    alerts = plan_alerts(council)
    concluded = set(council.profile.alerts.completed_children)
    # Bad recording is kept to years whose numbers do not hang on single answers.
    loose = [
        a
        for a in alerts
        if a.resolved and not {financial_year(a.raised), financial_year(a.resolved)} & concluded
    ]
    rng = council.rng("bad alerts")
    bad = some_of(rng, loose, 0.02, at_least=4)
    flaws = dict(zip(bad, ["backwards", "no outcome", "stages", "category"] * len(bad), strict=False))
    others = [alert for alert in loose if alert not in flaws]
    flaws |= dict.fromkeys(some_of(council.rng("unsorted types"), others, 0.005, at_least=4), "type")
    for number, alert in enumerate(alerts):
        all_well = financial_year(alert.raised) in concluded
        _write_alert(council, alert, number, all_well, flaws.get(alert, ""))


def _write_alert(council: Council, alert: Alert, number: int, all_well: bool, flaw: str) -> None:
    rng = council.rng("alert", number, alert.raised)
    day = alert.raised
    start = datetime.combine(day, time(9))
    opened = council.recorder.moment(rng, day, PROMPT, after=max(start, _known(alert, day)))
    form = open_form(council, alert.child, alert.child.id_on(day, opened), "alert", opened)
    formal = [moment for stage, moment in alert.stages if stage > 1]
    later = [council.recorder.moment(rng, formal[0], PROMPT, after=opened, dated=day)] if formal else []
    types = council.site.alert_types
    informal = untidy(rng, types.informal, 0.02)
    if flaw == "type":
        informal = types.unsorted
    form.answer("alert_type", informal, opened, *((at, types.formal) for at in later))
    form.answer("alert_raised_date", date_text(rng, day), opened)
    _write_categories(form, opened, flaw, rng)
    if rng.random() < council.profile.alerts.partner_agency:
        form.answer("alert_agency", rng.choice(council.site.partner_agencies), opened)
    elif rng.random() < 0.5:
        form.answer("alert_agency", "", opened)
    if rng.random() < 0.6:
        form.answer("alert_practice_standard", rng.choice(STANDARDS), opened)
    stages = alert.stages
    if flaw == "stages":
        first, last = stages[0][0], max(stages[-1][0], 2)
        stages = [(first if first != last else 1, day + timedelta(days=9)), (last, day + timedelta(days=2))]
    known = opened
    for stage, reached in stages:
        known = council.recorder.moment(rng, reached, PROMPT, after=known, dated=day)
        text = (
            f"31/02/{reached.year + 1}"
            if flaw == "category" and stage == stages[0][0]
            else date_text(rng, reached)
        )
        form.answer(f"alert_stage_{stage}_date", text, known)
    if alert.resolved is None:
        if rng.random() < 0.3:
            form.answer("alert_resolved_date", "1900-01-01", opened)
        return
    _write_resolution(form, council, alert, alert.resolved, known, all_well, flaw, rng)


def _known(alert: Alert, day: date) -> datetime:
    """The system knows the child before it knows an alert about them."""
    period = alert.child.in_care(day)
    return period.recorded if period else alert.child.periods[0].recorded


def _write_categories(form: Form, at: datetime, flaw: str, rng: Random) -> None:
    count = pick(rng, {1: 68, 2: 25, 3: 7})
    chosen: list[str] = []
    while len(chosen) < count:
        category = pick(rng, form.council.site.alert_categories)
        if category not in chosen:
            chosen.append(category)
    if flaw == "category":
        chosen[0] = form.council.site.alert_unsorted
    for category in chosen:
        form.answer("alert_category", untidy(rng, category, 0.04), at)


def _write_resolution(
    form: Form,
    council: Council,
    alert: Alert,
    resolved: date,
    after: datetime,
    all_well: bool,
    flaw: str,
    rng: Random,
) -> None:
    learnt = council.recorder.moment(
        rng, resolved, PROMPT, after=after, dated=alert.raised if all_well else None
    )
    # The end of an alert belongs to its own day: both deadlines hold.
    learnt = max(after, min(learnt, council.recorder.deadline(resolved)))
    shown = alert.raised - timedelta(days=rng.randint(1, 6)) if flaw == "backwards" else resolved
    form.answer("alert_resolved_date", date_text(rng, shown), learnt)
    if flaw != "no outcome":
        well = all_well or rng.random() < 0.95
        outcome = pick(rng, {SATISFACTORY[0]: 8, SATISFACTORY[1]: 2}) if well else rng.choice(UNSATISFACTORY)
        form.answer("alert_outcome", untidy(rng, outcome, 0.05), learnt)
