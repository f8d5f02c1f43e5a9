"""Children of a messy source: people, workers, periods of care, legal statuses and placements."""

from __future__ import annotations

from datetime import date, timedelta

from tests.property.messy import Messy
from tests.property.messy_forms import an_alert, an_audit, an_update
from tests.property.messy_reviews import a_review

GOING_ON = ("X1", "x1", None, "")
LEAVING = ("E4A", "E11", " e3 ", "E8", None)
STATUSES = (
    ("C2", None),
    ("V2", None),
    ("V3", None),
    (" v4", "Care Order Sec. 31(a)"),
    (None, "Short breaks,  individual placements "),
    (None, "SHORT BREAKS UNDER AN AGREEMENT"),
    ("", "Care Order Sec. 31(a)"),
    (None, "something else"),
    (None, None),
)
SEXES = ("M", "F", " m ", "I", "U", "X", None)
ETHNICITIES = ("A1", " a1", "B2", "C3", "D4", "E5", "-1", None)
PLACEMENTS = ("U1", "u4 ", "K2", "P1", "H5", "A3", "T1", "Z1", "no such", None)


def workers(source: Messy) -> None:
    """Chairs and others, whose working time is a number, a text, or nothing that can be understood."""
    for fte in (
        "1",
        "1.0",
        "0.5",
        ".6",
        " 0.75 ",
        "0.625",
        "0.",
        "1.01",
        "half",
        "0,5",
        "-0.5",
        ".",
        "",
        None,
    ):
        for title in ("Independent Chair", " independent  CHAIR", "Social Worker", None):
            source.add(
                "dim_worker", dim_worker_id=next(source.ids), job_title=title, full_time_equivalency=fte
            )


def an_involvement(source: Messy, person: int | None, table: str, starts: list[date]) -> None:
    """An involvement of a worker, or a protection plan, that starts and ends on a month end or near."""
    chance = source.chance
    start = chance.choice((date(2019, 2, 28), date(2019, 3, 1), date(2020, 2, 29), source.day()))
    if starts and chance.random() < 0.6:
        start = chance.choice(starts) + timedelta(days=chance.choice((-9, 0, 1, 4, 5, 6, 7, 8, 9, 11, 30)))
    month_end = date(2020, 3, 31) + timedelta(days=chance.choice((-1, 0, 1)))
    end = chance.choice((month_end, month_end, source.day(), source.day(start, 20), None))
    dates = {
        "start_dttm": source.stamp(chance.choice((start, start, start, None))),
        "end_dttm": source.stamp(end),
    }
    if table == "fact_cp_plan":
        source.add(table, fact_cp_plan_id=next(source.ids), dim_person_id=person, **dates)
        return
    source.add(
        table,
        fact_involvements_id=next(source.ids),
        dim_person_id=person,
        dim_worker_id=chance.choice((*range(1, 58), -1, None)),
        dim_department_id=chance.choice((*range(1, 8), -1, None)),
        dim_lookup_involvement_type_code=chance.choice(("IRO", "iro ", "CPCHAIR", "CW", "cw ", None)),
        **dates,
    )


def a_child(source: Messy) -> None:
    chance = source.chance
    records = people(source)
    starts = sorted(source.day() for _ in range(chance.choice((0, 1, 1, 1, 2, 3))))
    periods = [(next(source.ids), start) for start in starts]
    for period_id, start in periods:
        a_period(source, chance.choice(records), period_id, start)
    for _ in range(chance.choice((0, 1, 1, 2))):
        a_status(source, chance.choice(records), chance.choice(starts or [source.day()]))
    if chance.random() < 0.2:
        start = source.day()
        source.add(
            "fact_immigration_status",
            fact_immigration_status_id=next(source.ids),
            dim_person_id=chance.choice(records),
            dim_lookup_immgr_status_code=chance.choice(("UASC", " uasc", "OTHER", None)),
            start_dttm=source.stamp(chance.choice((start, start, None))),
            end_dttm=source.stamp(chance.choice((None, source.day(start, 400)))),
        )
    for _ in range(chance.choice((0, 2, 4, 6))):
        a_review(source, records, periods)
    for _ in range(chance.choice((0, 0, 1, 2))):
        an_audit(source, records, starts)
    for _ in range(chance.choice((0, 1, 2, 4))):
        an_update(source, records, starts)
    for _ in range(chance.choice((0, 1, 2, 3))):
        a_placement(source, chance.choice(records), chance.choice(starts or [source.day()]))
    for table in chance.choice(
        ((), ("fact_involvements",) * 3, ("fact_cp_plan", "fact_cp_plan"), ("fact_involvements",))
    ):
        an_involvement(source, chance.choice(records), table, starts)
    raised = source.day()
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        an_alert(source, chance.choice(records), raised)
        raised += timedelta(days=chance.choice((0, 1, 200, 364, 365, 366)))


def people(source: Messy) -> list[int | None]:
    """One person, in one or two records; sometimes nobody, sometimes named by no record at all."""
    chance = source.chance
    legacy = chance.choice((None, "-1", f"L{next(source.ids)}", f"L{next(source.ids)}"))
    records = [next(source.ids) for _ in range(chance.choice((1, 1, 2)))]
    born = source.day(chance.choice((date(2015, 6, 1), date(2008, 1, 1), date(2004, 1, 1))), 900)
    for record in records:
        source.add(
            "dim_person",
            dim_person_id=record,
            legacy_id=chance.choice((legacy, legacy and f" {legacy.lower()} ")),
            birth_dttm=source.stamp(chance.choice((born, born, born, None))),
            gender_main_code=chance.choice(SEXES),
            ethnicity_main_code=chance.choice(ETHNICITIES),
            is_client=chance.choices(("Y", True, None, "N", " n ", "False"), (8, 1, 3, 0.4, 0.3, 0.3))[0],
            duplicated_dttm=source.stamp(source.day()) if chance.random() < 0.25 else None,
        )
    return [*records, *records, *records, chance.choice((-1, None, 10**9))]


def a_period(source: Messy, person: int | None, period_id: int, start: date) -> None:
    chance = source.chance
    source.add(
        "fact_cla",
        fact_cla_id=period_id,
        dim_person_id=chance.choice((person, person, person, None, -1)),
        start_dttm=source.stamp(start),
        last_updated_dttm=source.stamp(source.day(start)),
    )
    homes = [a_placement(source, person, start) for _ in range(chance.choice((1, 2, 2, 3)))]
    for left in reversed(range(chance.choice((1, 1, 2, 3, 5)))):
        end = start + timedelta(days=chance.choice((0, 1, 28, 60, 200, 400)))
        is_open = left == 0 and chance.random() < 0.5
        source.add(
            "fact_care_episodes",
            fact_care_episodes_id=next(source.ids),
            fact_cla_id=chance.choices((period_id, -1, None), (20, 1, 1))[0],
            dim_person_id=person,
            care_start_date=source.stamp(chance.choices((start, None), (20, 1))[0]),
            care_end_date=source.stamp(None if is_open else end),
            care_reason_code=chance.choice(("S", "P", " b", "L", "t ", "U", "X", None)),
            fact_cla_placement_id=chance.choice((*homes, *homes, *homes, -1, None, 10**9)),
            care_reason_end_code=chance.choice(GOING_ON if left else LEAVING),
        )
        start = chance.choice((end, end, start))


def a_status(source: Messy, person: int | None, around: date) -> None:
    chance = source.chance
    start = around + timedelta(days=chance.choice((-30, -1, 0, 0, 0, 1, 28, 60)))
    code, said = chance.choice(STATUSES)
    source.add(
        "fact_legal_status",
        fact_legal_status_id=next(source.ids),
        dim_person_id=person,
        dim_lookup_lgl_status_code=code,
        dim_lookup_lgl_status_desc=said,
        start_dttm=source.stamp(chance.choices((start, None), (12, 1))[0]),
        end_dttm=source.stamp(
            None if chance.random() < 0.4 else start + timedelta(days=chance.choice((-3, 0, 30, 31, 200)))
        ),
    )


def a_placement(source: Messy, person: int | None, around: date) -> int:
    """A placement near the start of care; many overlap, and some end on the day on which another starts."""
    chance = source.chance
    start = around + timedelta(days=chance.choice((-1, 0, 0, 1, 30, 200)))
    end = start + timedelta(days=chance.choice((-2, 0, 1, 29, 30, 170, 400)))
    placement = next(source.ids)
    source.add(
        "fact_cla_placement",
        fact_cla_placement_id=placement,
        dim_person_id=person,
        dim_lookup_placement_type_code=chance.choice(PLACEMENTS),
        start_dttm=source.stamp(chance.choices((start, None), (12, 1))[0]),
        end_dttm=source.stamp(chance.choice((end, end, None))),
    )
    return placement
