"""Which source columns name a row of another table, and which of them a row cannot do without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Column of a reference → the table and key that it names.
TARGETS: Mapping[str, tuple[str, str]] = {
    "dim_person_id": ("dim_person", "dim_person_id"),
    "dim_worker_id": ("dim_worker", "dim_worker_id"),
    "dim_department_id": ("dim_department", "dim_department_id"),
    "fact_referral_id": ("fact_referrals", "fact_referral_id"),
    "fact_cla_id": ("fact_cla", "fact_cla_id"),
    "fact_cla_placement_id": ("fact_cla_placement", "fact_cla_placement_id"),
    "fact_meeting_id": ("fact_meetings", "fact_meeting_id"),
    "fact_meetings_id": ("fact_meetings", "fact_meeting_id"),
}

# Without these a row belongs to nobody or nothing and drops out of every measure.
ESSENTIAL = {
    ("fact_care_episodes", "fact_cla_id"),
    ("fact_cla_review", "fact_meeting_id"),
    ("fact_meeting_subjects", "fact_meetings_id"),
}


@dataclass(frozen=True)
class Reference:
    """A column of `table` that names a row of `target`. `essential`: 'none' (null or -1) is a fault as
    well.
    """

    table: str
    column: str
    target: str
    target_key: str
    essential: bool


def reference(table: str, column: str) -> Reference:
    target, target_key = TARGETS[column]
    essential = column == "dim_person_id" or (table, column) in ESSENTIAL
    return Reference(table, column, target, target_key, essential)
