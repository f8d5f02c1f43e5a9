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

# Ids of forms do not land: a form is known by its key there, which `nowhere` stands for where it names none.
OF_FORMS = {"fact_meeting_subjects": "fact_outcm_form_id", "fact_form_answers": "fact_form_id"}


@dataclass(frozen=True)
class Reference:
    """A column of `table` that names a row of `target`. `essential`: 'none' (null or -1) is a fault as
    well. `landed`: the column that stands for it in landing, where that is another.
    """

    table: str
    column: str
    target: str
    target_key: str
    essential: bool
    landed: str


def reference(table: str, column: str) -> Reference:
    target, target_key = TARGETS[column]
    essential = column == "dim_person_id" or (table, column) in ESSENTIAL
    return Reference(table, column, target, target_key, essential, column)


def form_references(table: str) -> list[Reference]:
    """The reference of a table to a form. An answer of no form is nobody's, which rule R11 tells."""
    column = OF_FORMS.get(table)
    return [Reference(table, column, "fact_forms", "form_key", False, "form_key")] if column else []
