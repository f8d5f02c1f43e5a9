"""Defects that the source gate finds: codes, keys, references, order and readability of single rows, and
faults of the copy as a whole, which stop the night.
"""

from __future__ import annotations

import datetime as dt

from tests.faults.child_rows import HELD, MOVED, Child
from tests.faults.defects import Defect, rule, source

CANNOT_BE = dt.datetime(219, 3, 1)


def _casenote(child: Child, number: int, **values: object) -> None:
    child.add(
        "fact_casenotes",
        **child.own("fact_casenote_id", number)
        | {"event_dttm": MOVED, "dim_lookup_casnt_type_id_code": "STVL"}
        | values,
    )


def _same_key(child: Child) -> None:
    _casenote(child, 1, seen_flag="Y")
    _casenote(child, 1, seen_flag="N")


def _row_twice(child: Child) -> None:
    child.rows["fact_involvements"] *= 2


def _unknown_way_to_take_part(child: Child) -> None:
    child.change("fact_meeting_subjects", 1, dim_lookup_participation_code_desc="Sang")


def _worker_that_leads_nowhere(child: Child) -> None:
    child.chair(2, MOVED, kind="CW")
    child.change("fact_involvements", 1, dim_worker_id=child.base + 9)


def _date_that_is_none(child: Child) -> None:
    child.form("Care Planning Alert", HELD[0], RaisedDate="2020-04-14", Stage1Date="31/02/2020")


def _departments_of_a_new_type(child: Child) -> None:
    for number in range(1, 9):
        child.add(
            "dim_department",
            dim_department_id=child.base + number,
            name=f"Cluster {number}",
            dept_type_description="Cluster",
        )


def _statuses_that_cannot_be_read(child: Child) -> None:
    for number in range(1, 9):
        child.add(
            "fact_immigration_status",
            **child.own("fact_immigration_status_id", number),
            dim_lookup_immgr_status_code="UASC",
            start_dttm=CANNOT_BE,
        )


# Of the care plans that nothing is found of: a finding on a row that is gone counts as mended.
TWO_IN_FIVE = (
    "delete from fact_care_plans where fact_care_plan_id % 5 < 2 and start_dttm > '1990-01-01' "
    "and coalesce(end_dttm, start_dttm) between start_dttm and '2020-06-01'"
)
EIGHT = tuple(f"{{{number}}}" for number in range(1, 9))

SOURCE_DEFECTS = (
    Defect(
        "a sex that no list knows",
        lambda child: child.change("dim_person", gender_main_code="Q"),
        source("dim_person", "gender_main_code_known", "{0}"),
    ),
    Defect(
        "an involvement of an unknown kind",
        lambda child: child.chair(2, MOVED, kind="QQ"),
        source("fact_involvements", "dim_lookup_involvement_type_code_known", "{2}"),
    ),
    Defect(
        "a meeting that is perhaps cancelled",
        lambda child: child.change("fact_meetings", 1, cancelled="Perhaps"),
        source("fact_meetings", "cancelled_known", "{2}"),
    ),
    Defect(
        "unknown words of how a child took part",
        _unknown_way_to_take_part,
        source("fact_meeting_subjects", "dim_lookup_participation_code_desc_known", "{2} {0}")
        + rule("reviews", "167", "{2}"),
    ),
    Defect(
        "a review whose meeting is of another type",
        lambda child: child.change("fact_meetings", 1, dim_lookup_mtg_type_id_code="CONF"),
        source("fact_cla_review", "fact_meeting_id_known", "{2}"),
    ),
    Defect(
        "a worker that leads nowhere",
        _worker_that_leads_nowhere,
        source("fact_involvements", "dim_worker_id_leads_somewhere", "{2}"),
    ),
    Defect(
        "a review whose meeting leads nowhere",
        lambda child: child.change("fact_cla_review", 1, fact_meeting_id=child.base + 9),
        source("fact_cla_review", "fact_meeting_id_leads_somewhere", "{2}")
        + rule("participations", "167", "{2} {0}"),
    ),
    Defect(
        "a case note of the year 219",
        lambda child: _casenote(child, 1, event_dttm=CANNOT_BE),
        source("fact_casenotes", "readable"),
    ),
    Defect(
        "a date in a form that no calendar has",
        _date_that_is_none,
        source("fact_form_answers", "readable", "quarantine"),
    ),
    Defect("two case notes with one key", _same_key, source("fact_casenotes", "key")),
    Defect("an involvement that comes twice", _row_twice, warns=("source.fact_involvements.once",)),
    Defect(
        "a review without a key",
        lambda child: child.change("fact_cla_review", 1, fact_cla_review_id=-1),
        source("fact_cla_review", "named", "-1"),
    ),
    Defect(
        "a legal status that ends before it starts",
        lambda child: child.status(2, "V2", MOVED, HELD[1]),
        source("fact_legal_status", "ends_after_start", "{2}"),
    ),
    Defect(
        "departments of a type that the site map does not know, more than a fifth of all",
        _departments_of_a_new_type,
        source("dim_department", "dept_type_description_known", *EIGHT),
        stops=("source.dim_department.dept_type_description_known_share",),
    ),
    Defect(
        "immigration statuses that cannot be read, more than a twentieth of all",
        _statuses_that_cannot_be_read,
        source("fact_immigration_status", "readable", *EIGHT),
        stops=("source.fact_immigration_status.readable_share",),
    ),
    Defect(
        "care plans of which two in five are gone",
        lambda child: child.statements.append(TWO_IN_FIVE),
        warns=("source.fact_care_plans.volume_usual",),
        stops=("source.fact_care_plans.volume",),
    ),
)
