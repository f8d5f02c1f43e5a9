"""Periods of care as rows: FACT_CLA, episodes, placements, legal statuses, immigration statuses, referrals.

In: the council with its children and their care paths. Out: row versions in the history, open first and
closed later, as each change was recorded.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from care_reviews.demo.council import NOBODY, Council
from care_reviews.demo.history import Row
from care_reviews.demo.people import Child, LegalStatus, Period
from care_reviews.demo.profiles.site import Site
from care_reviews.demo.recording import close_of
from care_reviews.demo.text import at_midnight, open_end, timed, untidy


def write_care(council: Council) -> None:
    """All rows about care for every child, short breaks included."""
    for child in [*council.children, *council.short_break_children]:
        rng = council.rng("care rows", child.number, child.person_id)
        for period in child.periods:
            _write_referral(council, period, rng)
            _write_period(council, period, rng)
            _write_stays(council, period, rng)
            for status in period.legal:
                _write_legal(council, period, status, rng)
            _write_care_plans(council, period, rng)
        if child.uasc:
            _write_asylum(council, child, rng)


def _person(period: Period) -> int:
    return period.child.id_on(period.start, period.recorded)


def _write_referral(council: Council, period: Period, rng: Random) -> None:
    start = period.start - timedelta(days=rng.randint(0, 60))
    row: Row = {
        "fact_referral_id": period.referral_id,
        "dim_person_id": _person(period),
        "refrl_start_dttm": timed(rng, start),
        "refrl_end_dttm": open_end(rng),
        "dim_lookup_category_of_need_code": period.need,
        "dim_department_id": period.child.quadrant + 1,
    }
    versions = [(period.recorded, row)]
    if period.end and period.end_recorded and rng.random() < 0.8:
        versions.append((period.end_recorded, row | {"refrl_end_dttm": timed(rng, period.end)}))
    council.put(period.child, "fact_referrals", *versions)


def _write_period(council: Council, period: Period, rng: Random) -> None:
    start = timed(rng, period.start)
    if rng.random() < 0.006:
        start -= timedelta(days=rng.randint(1, 4))  # the period's own start disagrees with its first episode
    referral = NOBODY if rng.random() < 0.01 else period.referral_id
    touched = sorted({moment for e in period.episodes for moment in (e.recorded, e.end_recorded) if moment})
    row: Row = {
        "fact_cla_id": period.cla_id,
        "dim_person_id": _person(period),
        "fact_referral_id": referral,
        "start_dttm": start,
    }
    council.put(period.child, "fact_cla", *((at, row | {"last_updated_dttm": at}) for at in touched))
    for number, episode in enumerate(period.episodes):
        opened: Row = {
            "fact_care_episodes_id": council.history.new_id("fact_care_episodes"),
            "fact_cla_id": period.cla_id,
            "fact_cla_placement_id": NOBODY if rng.random() < 0.003 else episode.stay.placement_id,
            "dim_person_id": _person(period),
            "care_start_date": at_midnight(episode.start),
            "care_end_date": open_end(rng),
            "care_reason_code": episode.rne,
            "cin_903_code": episode.need,
        }
        versions = [(episode.recorded, opened)]
        if number == 0 and _was_mistyped(period, rng):
            wrong = opened | {"care_start_date": at_midnight(episode.start + timedelta(days=1))}
            versions = [
                (episode.recorded, wrong),
                (episode.recorded + timedelta(days=rng.randint(3, 15)), opened),
            ]
        if episode.end and episode.end_recorded:
            closed = opened | {"care_end_date": at_midnight(episode.end), "care_reason_end_code": episode.rec}
            versions.append((max(episode.end_recorded, versions[-1][0]), closed))
        council.put(period.child, "fact_care_episodes", *versions)


def _was_mistyped(period: Period, rng: Random) -> bool:
    """A start typed a day too late at first: only where the correction comes soon, in the same month."""
    if rng.random() >= 0.02 or period.start.day > 15:
        return False
    return not period.end_recorded or period.end_recorded - period.recorded > timedelta(days=40)


def _write_stays(council: Council, period: Period, rng: Random) -> None:
    recorded = {e.start: e.recorded for e in period.episodes}
    for stay in period.stays:
        opened: Row = {
            "fact_cla_placement_id": stay.placement_id,
            "fact_cla_id": period.cla_id,
            "dim_person_id": _person(period),
            "start_dttm": timed(rng, stay.start),
            "end_dttm": open_end(rng),
            "dim_lookup_placement_type_code": stay.kind,
            "dim_lookup_placement_provider_code": stay.provider,
            "postcode": stay.postcode,
            "distance_from_home": stay.distance,
        }
        versions = [(_learnt(recorded, stay.start, period), opened)]
        if stay.end:
            ended = stay.end
            if stay.placement_id % 300 == 77:
                ended = stay.start - timedelta(days=rng.randint(1, 9))  # typed by hand: ends before it starts
            closed = opened | {
                "end_dttm": timed(rng, ended),
                "dim_lookup_plac_chng_reas_code": stay.end_reason,
            }
            versions.append((_learnt(recorded, stay.end, period), closed))
        council.put(period.child, "fact_cla_placement", *versions)


def _learnt(recorded: dict[date, datetime], day: date, period: Period) -> datetime:
    """When a change of that day was recorded: with the episode it began, or with the end of care."""
    return recorded.get(day) or period.end_recorded or period.recorded


def _write_legal(council: Council, period: Period, status: LegalStatus, rng: Random) -> None:
    recorded = {e.start: e.recorded for e in period.episodes}
    code, text = _coded(council.site, status.code, period, status.start, rng)
    opened: Row = {
        "fact_legal_status_id": council.history.new_id("fact_legal_status"),
        "dim_person_id": _person(period),
        "dim_lookup_lgl_status_code": code,
        "dim_lookup_lgl_status_desc": text,
        "start_dttm": timed(rng, status.start),
        "end_dttm": open_end(rng),
    }
    versions = [(_learnt(recorded, status.start, period), opened)]
    # Some are never closed: the next status then overlaps, and the later start counts.
    if status.end and rng.random() > 0.03:
        versions.append(
            (_learnt(recorded, status.end, period), opened | {"end_dttm": timed(rng, status.end)})
        )
    council.put(period.child, "fact_legal_status", *versions)


def _coded(site: Site, code: str, period: Period, day: date, rng: Random) -> tuple[str | None, str]:
    """The code and description as the site fills them: the code is often empty, the description never."""
    sixteen = period.child.born.replace(year=period.child.born.year + 16)
    texts = {
        **{str(known): text for known, text in site.legal_statuses.items()},
        "V2": site.accommodated.from_16 if day >= sixteen else site.accommodated.under_16,
    }
    return (None if rng.random() < 0.35 else code), untidy(rng, texts[code], 0.06)


def _write_asylum(council: Council, child: Child, rng: Random) -> None:
    period = child.periods[0]
    opened: Row = {
        "fact_immigration_status_id": council.history.new_id("fact_immigration_status"),
        "dim_person_id": child.person_id,
        "dim_lookup_immgr_status_code": "UASC",
        "dim_lookup_immgr_status_desc": "Unaccompanied asylum-seeking child",
        "start_dttm": timed(rng, period.start),
        "end_dttm": open_end(rng),
    }
    versions = [(period.recorded, opened)]
    if child.asylum_end:
        learnt = _asylum_end_learnt(council, child, rng)
        versions.append((learnt, opened | {"end_dttm": timed(rng, child.asylum_end)}))
        granted = opened | {
            "fact_immigration_status_id": council.history.new_id("fact_immigration_status"),
            "dim_lookup_immgr_status_code": "DL",
            "dim_lookup_immgr_status_desc": "Discretionary leave to remain",
            "start_dttm": at_midnight(child.asylum_end),
        }
        council.put(child, "fact_immigration_status", (learnt, granted))
    elif period.end and period.end_recorded and rng.random() < 0.9:
        versions.append((period.end_recorded, opened | {"end_dttm": timed(rng, period.end)}))
    council.put(child, "fact_immigration_status", *versions)
    if rng.random() < 0.02:
        second = opened | {"fact_immigration_status_id": council.history.new_id("fact_immigration_status")}
        council.put(
            child,
            "fact_immigration_status",
            *((at, second | {"end_dttm": v["end_dttm"]}) for at, v in versions),
        )


def _asylum_end_learnt(council: Council, child: Child, rng: Random) -> datetime:
    ended, late = child.asylum_end, council.profile.known_late
    assert ended is not None
    after = child.periods[0].recorded
    if late and child.asylum_end_known_late:
        return council.recorder.moment(rng, late.night + timedelta(days=2), dated=late.night, after=after)
    by = close_of(late.night) if late and ended <= late.night else datetime.max
    return council.recorder.moment(rng, ended, after=after, by=by)


def _write_care_plans(council: Council, period: Period, rng: Random) -> None:
    kind = "CAREPLAN"
    start, recorded = period.start + timedelta(days=rng.randint(0, 10)), period.recorded
    row: Row = {
        "fact_care_plan_id": council.history.new_id("fact_care_plans"),
        "dim_person_id": _person(period),
        "dim_lookup_plan_type_id_code": kind,
        "dim_lookup_plan_status_id_code": "A",
        "start_dttm": timed(rng, start),
        "end_dttm": open_end(rng),
        "modif_dttm": recorded,
    }
    versions = [(recorded, row)]
    if period.end and period.end_recorded:
        closed = {"dim_lookup_plan_status_id_code": "C", "end_dttm": timed(rng, period.end)}
        versions.append((period.end_recorded, row | closed | {"modif_dttm": period.end_recorded}))
    council.put(period.child, "fact_care_plans", *versions)
