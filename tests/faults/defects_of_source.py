"""Defects that the source gate finds: codes, keys, references, order and readability of single rows, and
faults of the copy as a whole, which stop the night.
"""

from __future__ import annotations

import datetime as dt

from tests.faults.child_rows import BORN, HELD, MOVED, Child
from tests.faults.defects import Defect, source

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


def _worker_that_leads_nowhere(child: Child) -> None:
    child.chair(2, MOVED, kind="CW")
    child.change("fact_involvements", 1, dim_worker_id=child.base + 9)


def _not_merged(child: Child) -> None:
    child.change("dim_person", legacy_id=child.base)
    child.add("dim_person", dim_person_id=child.base + 1, legacy_id=child.base, birth_dttm=BORN)


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
        "a worker that leads nowhere",
        _worker_that_leads_nowhere,
        source("fact_involvements", "dim_worker_id_leads_somewhere", "{2}"),
    ),
    Defect(
        "a case note of the year 219",
        lambda child: _casenote(child, 1, event_dttm=CANNOT_BE),
        source("fact_casenotes", "readable"),
    ),
    Defect(
        "an answer that is neither yes nor no",
        lambda child: child.outcome(WrittenToChild="Perhaps"),
        source("fact_form_answers", "yes_or_no_known", f"{{2}} {{0}} {{2}}?{{0}} {HELD[1]}?1"),
    ),
    Defect(
        "two records of a person of which none was merged",
        _not_merged,
        source("dim_person", "one_survivor", "{0}", "{1}"),
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
