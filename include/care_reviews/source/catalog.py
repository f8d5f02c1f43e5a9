"""What a night reads: the source's tables and the columns that the warehouse uses, nothing else.

Names, addresses, NHS numbers, UPNs and free text are not listed, so they never leave the source. Landing
tables (`landing.lcs__<table>`), the extract's SELECTs and the readability checks are all made from this one
list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# key: identifier of the row; ref: identifier of another row; moment: a fact's date or time; birth: a birth
# date or time (wider range); flag: yes or no; number: decimal text; code, text: text.
Kind = Literal["key", "ref", "moment", "birth", "number", "code", "text", "flag"]


@dataclass(frozen=True)
class Column:
    """A source column by its lower-case name, and what its values must be readable as."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class Table:
    """A source table.

    `owner`: of a table without a key, the columns by which a row is the same row with another content.
    """

    name: str
    columns: tuple[Column, ...]
    owner: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """The column that identifies a row in the source, if any does and outlives a night."""
        return next((column.name for column in self.columns if column.kind == "key"), None)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that say which row it is: its key, else its natural owner."""
        return (self.key,) if self.key else self.owner

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def landing(self) -> str:
        return f"lcs__{self.name}"


def _table(name: str, columns: str, owner: str = "") -> Table:
    pairs = (word.split(":") for word in columns.split())
    listed = tuple(Column(column, kind) for column, kind in pairs)  # type: ignore[arg-type]
    return Table(name, listed, tuple(owner.split()))


# Tables read as they are: landing column = source column.
PLAIN_TABLES = (
    _table(
        "dim_person",
        """dim_person_id:key legacy_id:text birth_dttm:birth dob_estimated:flag death_dttm:moment
        gender_main_code:code ethnicity_main_code:code is_client:flag duplicated_dttm:moment""",
    ),
    _table("dim_lookup_dfe_ethnic", "main_code:code nat_id:code", owner="main_code"),
    _table(
        "dim_worker",
        "dim_worker_id:key staff_id:text job_title:text department_name:text full_time_equivalency:text",
    ),
    _table("dim_department", "dim_department_id:key name:text dept_type_description:code"),
    _table(
        "fact_involvements",
        """fact_involvements_id:key dim_person_id:ref dim_worker_id:ref dim_department_id:ref
        fact_referral_id:ref dim_lookup_involvement_type_code:code is_allocated_cw_flag:flag
        start_dttm:moment end_dttm:moment""",
    ),
    _table(
        "fact_referrals",
        """fact_referral_id:key dim_person_id:ref refrl_start_dttm:moment refrl_end_dttm:moment
        dim_lookup_category_of_need_code:code dim_department_id:ref""",
    ),
    _table(
        "fact_cla",
        "fact_cla_id:key dim_person_id:ref fact_referral_id:ref start_dttm:moment last_updated_dttm:moment",
    ),
    _table(
        "fact_care_episodes",
        """fact_care_episodes_id:key fact_cla_id:ref fact_cla_placement_id:ref dim_person_id:ref
        care_start_date:moment care_end_date:moment care_reason_code:code care_reason_end_code:code
        cin_903_code:code""",
    ),
    _table(
        "fact_legal_status",
        """fact_legal_status_id:key dim_person_id:ref dim_lookup_lgl_status_code:code
        dim_lookup_lgl_status_desc:code start_dttm:moment end_dttm:moment""",
    ),
    _table(
        "fact_cla_placement",
        """fact_cla_placement_id:key fact_cla_id:ref dim_person_id:ref start_dttm:moment end_dttm:moment
        dim_lookup_placement_type_code:code dim_lookup_placement_provider_code:code
        dim_lookup_plac_chng_reas_code:code""",
    ),
    _table(
        "fact_immigration_status",
        "fact_immigration_status_id:key dim_person_id:ref dim_lookup_immgr_status_code:code "
        "start_dttm:moment end_dttm:moment",
    ),
    _table(
        "fact_cp_plan",
        "fact_cp_plan_id:key dim_person_id:ref fact_referral_id:ref start_dttm:moment end_dttm:moment",
    ),
    _table(
        "fact_care_plans",
        """fact_care_plan_id:key dim_person_id:ref dim_lookup_plan_type_id_code:code
        dim_lookup_plan_status_id_code:code start_dttm:moment end_dttm:moment modif_dttm:moment""",
    ),
    _table(
        "fact_cla_review",
        """fact_cla_review_id:key fact_cla_id:ref dim_person_id:ref fact_meeting_id:ref due_dttm:moment
        meeting_dttm:moment""",
    ),
    _table(
        "fact_meetings",
        "fact_meeting_id:key dim_lookup_mtg_type_id_code:code actual_dttm:moment cancelled:flag",
    ),
    _table(
        "fact_casenotes",
        """fact_casenote_id:key dim_person_id:ref event_dttm:moment dim_lookup_casnt_type_id_code:code
        seen_flag:flag seen_alone_flag:flag""",
    ),
)

# Tables around forms. Form and answer ids may be issued anew overnight, so no landed column holds one: a
# form is known by `form_key`: its owner (meeting and person, or person), the moment its first answer was
# given and a number among the owner's forms that share it, which stays the same when only ids change.
FORM_TABLES = (
    _table(
        "fact_meeting_subjects",
        "fact_meetings_id:ref dim_person_id:ref dim_lookup_participation_code_desc:code form_key:text",
        owner="fact_meetings_id dim_person_id",
    ),
    _table(
        "fact_forms",
        "dim_person_id:ref dim_lookup_form_type_id_code:code form_key:text",
        owner="dim_person_id dim_lookup_form_type_id_code form_key",
    ),
    _table(
        "fact_form_answers",
        """fact_meetings_id:ref dim_person_id:ref dim_assessment_template_id_desc:code form_key:text
        answer_no:code answer:text answered_dttm:moment""",
        owner="fact_meetings_id dim_person_id dim_assessment_template_id_desc form_key answer_no",
    ),
)

# The same tables as the source holds them; the form and answer ids link them in `stage` and go no further.
FORM_READS = (
    _table(
        "fact_meeting_subjects",
        """fact_meetings_id:ref dim_person_id:ref dim_lookup_participation_code_desc:code
        fact_outcm_form_id:ref""",
    ),
    _table("fact_forms", "fact_form_id:key dim_person_id:ref dim_lookup_form_type_id_code:code"),
    _table(
        "fact_form_answers",
        """fact_form_answer_id:key fact_form_id:ref dim_assessment_template_id_desc:code answer_no:code
        answer:text answered_dttm:moment""",
    ),
)
VOLATILE = frozenset({"fact_form_id", "fact_form_answer_id", "fact_outcm_form_id"})

TABLES = PLAIN_TABLES + FORM_TABLES
READS = PLAIN_TABLES + FORM_READS


def table(name: str) -> Table:
    """The catalogue's entry of a source table, by lower-case name."""
    return next(entry for entry in TABLES if entry.name == name)
