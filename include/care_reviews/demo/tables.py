"""The tables of the source, as a children's social care record system shows them to a reader.

In: nothing. Out: `metadata`, a SQLAlchemy MetaData with every table and column of the source contract, in
lower case, without a schema (`schema_translate_map` puts one in front). `NAMES` lists the tables in writing
order.

A few columns (free text, mostly) go beyond the contract: a real copy has many more than a reader needs.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, MetaData, String, Table

metadata = MetaData()


def _table(name: str, columns: str, key: str | None) -> Table:
    """A table from its column names: the ending of a name gives its type, as in the source system."""
    return Table(name, metadata, *(_column(column, column == key) for column in columns.split()))


def _column(name: str, is_key: bool) -> Column[object]:
    if name.endswith("_id") and name not in _TEXT_IDS:
        return Column(name, BigInteger, primary_key=is_key, autoincrement=False)
    if name.endswith(("_dttm", "_date")):
        return Column(name, DateTime(timezone=False))
    return Column(name, String, primary_key=is_key)


# Names that end in _id and hold text all the same.
_TEXT_IDS = {"staff_id", "nat_id"}

_table(
    "dim_person",
    "dim_person_id legacy_id forename surname birth_dttm dob_estimated death_dttm gender_main_code "
    "ethnicity_main_code upn nhs_number is_client duplicated_dttm first_language_desc",
    "dim_person_id",
)
_table("dim_lookup_dfe_ethnic", "main_code nat_id", "main_code")
_table(
    "dim_worker",
    "dim_worker_id staff_id forename surname job_title department_name full_time_equivalency",
    "dim_worker_id",
)
_table("dim_department", "dim_department_id name dept_type_description", "dim_department_id")
_table(
    "fact_involvements",
    "fact_involvements_id dim_person_id dim_worker_id dim_department_id fact_referral_id "
    "dim_lookup_involvement_type_code dim_lookup_involvement_type_desc is_allocated_cw_flag "
    "start_dttm end_dttm",
    "fact_involvements_id",
)
_table(
    "fact_referrals",
    "fact_referral_id dim_person_id refrl_start_dttm refrl_end_dttm dim_lookup_category_of_need_code "
    "dim_department_id",
    "fact_referral_id",
)
_table("fact_cla", "fact_cla_id dim_person_id fact_referral_id start_dttm last_updated_dttm", "fact_cla_id")
_table(
    "fact_care_episodes",
    "fact_care_episodes_id fact_cla_id fact_cla_placement_id dim_person_id care_start_date care_end_date "
    "care_reason_code care_reason_end_code cin_903_code",
    "fact_care_episodes_id",
)
_table(
    "fact_legal_status",
    "fact_legal_status_id dim_person_id dim_lookup_lgl_status_code dim_lookup_lgl_status_desc "
    "start_dttm end_dttm",
    "fact_legal_status_id",
)
_table(
    "fact_cla_placement",
    "fact_cla_placement_id fact_cla_id dim_person_id start_dttm end_dttm dim_lookup_placement_type_code "
    "dim_lookup_placement_provider_code dim_lookup_plac_chng_reas_code postcode distance_from_home",
    "fact_cla_placement_id",
)
_table(
    "fact_immigration_status",
    "fact_immigration_status_id dim_person_id dim_lookup_immgr_status_code dim_lookup_immgr_status_desc "
    "start_dttm end_dttm",
    "fact_immigration_status_id",
)
_table(
    "fact_cp_plan", "fact_cp_plan_id dim_person_id fact_referral_id start_dttm end_dttm", "fact_cp_plan_id"
)
_table(
    "fact_care_plans",
    "fact_care_plan_id dim_person_id dim_lookup_plan_type_id_code dim_lookup_plan_status_id_code start_dttm "
    "end_dttm modif_dttm",
    "fact_care_plan_id",
)
_table(
    "fact_cla_review",
    "fact_cla_review_id fact_cla_id dim_person_id fact_meeting_id due_dttm meeting_dttm",
    "fact_cla_review_id",
)
_table(
    "fact_meetings",
    "fact_meeting_id dim_lookup_mtg_type_id_code actual_dttm cancelled meeting_comments",
    "fact_meeting_id",
)
_table(
    "fact_meeting_subjects",
    "fact_meetings_id dim_person_id dim_lookup_participation_code_desc fact_outcm_form_id",
    None,
)
_table("fact_forms", "fact_form_id dim_person_id dim_lookup_form_type_id_code", "fact_form_id")
_table(
    "fact_form_answers",
    "fact_form_answer_id fact_form_id dim_assessment_template_id_desc answer_no answer answered_dttm",
    "fact_form_answer_id",
)
_table(
    "fact_casenotes",
    "fact_casenote_id dim_person_id event_dttm dim_lookup_casnt_type_id_code seen_flag seen_alone_flag "
    "note_text",
    "fact_casenote_id",
)

NAMES: tuple[str, ...] = tuple(metadata.tables)
