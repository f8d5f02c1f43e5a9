"""Rows of landing as they are counted a second time: one a key, chosen by the rule that the models follow."""

from __future__ import annotations

from care_reviews.source.catalog import table
from care_reviews.validation.picture import Picture

# Of rows that share a key, the one that is greater in the first of these in which they differ. Of the columns
# that are counted by only: rows that agree in them count alike.
DECIDING = {
    "dim_person": "duplicated_dttm death_dttm legacy_id birth_dttm is_client",
    "fact_cla": "last_updated_dttm start_dttm dim_person_id",
    "fact_care_episodes": "care_end_date care_start_date care_reason_end_code fact_cla_id dim_person_id",
    "fact_legal_status": "end_dttm start_dttm dim_lookup_lgl_status_code dim_lookup_lgl_status_desc "
    "dim_person_id",
    "fact_immigration_status": "end_dttm start_dttm dim_lookup_immgr_status_code dim_person_id",
    "fact_cla_review": "fact_meeting_id meeting_dttm due_dttm dim_person_id",
    "fact_cp_plan": "end_dttm start_dttm dim_person_id",
    "fact_meetings": "actual_dttm cancelled dim_lookup_mtg_type_id_code",
}


def one_a_key(name: str, night: Picture) -> str:
    """The rows of a source table in the picture as a subquery: one a key, and every row without one (-1)."""
    entry = table(name)
    without_key = f"case when {entry.key} = '-1' then row_hash end"
    order = ", ".join(f"coalesce({column}, '') collate \"C\" desc" for column in DECIDING[name].split())
    return (
        f"(select distinct on ({entry.key}, {without_key}) * "
        f"from {night.of(entry.landing, 'occurrence = 1')} as rows "
        f"order by {entry.key}, {without_key}, {order})"
    )
