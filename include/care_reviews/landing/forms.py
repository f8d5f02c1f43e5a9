"""Which form is which, without its id: ids of forms and answers may be issued anew overnight.

A form is known by its key, which is one form's alone: its owner (meeting and person of the subject whose
outcome form it is, else the form's person), the moment of its first answer, and a number among the owner's
forms that share that moment. The number follows the content of the forms, so that ids have no say in it.
Every subject that points at a form carries its key, also those that do not own it; one that points at a form
that is not there carries NOWHERE.
"""

from __future__ import annotations

from sqlalchemy import text

from care_reviews.landing.stage import Stage
from care_reviews.source.catalog import Table
from care_reviews.versions import Versions, row_hash

SUBJECTS, FORMS, ANSWERS = "fact_meeting_subjects", "fact_forms", "fact_form_answers"
RAW = "raw"
# The key of no form: it says that a subject names one which the source does not hold.
NOWHERE = "nowhere"

# Quarantined answers count too: a form keeps its key whether or not one of its answers can be read tonight.
_FORM = """
create unlogged table {form} as
with answered as (
    select
        fact_form_id,
        min(answered_dttm collate "C") as first_answered,
        coalesce(sum(uuid_hash_extended(row_hash, 0)), 0) as content
    from (
        select fact_form_id, answered_dttm, row_hash from {answers}
        union all
        select
            form_id,
            substring(payload ->> 'answered_dttm' from '^[0-9]{{4}}-[0-9-]{{5}} [0-9:]{{8}}.*$'),
            null
        from {quarantine}
        where table_name = 'fact_form_answers' and column_name <> 'fact_form_id'
    ) as every_answer
    where fact_form_id <> '-1'
    group by fact_form_id
),
subject as (
    select distinct on (fact_outcm_form_id) fact_outcm_form_id, fact_meetings_id, dim_person_id
    from {subjects}
    where fact_outcm_form_id <> '-1'
    order by fact_outcm_form_id, fact_meetings_id::bigint, dim_person_id::bigint
),
recorded as (
    select distinct on (fact_form_id) fact_form_id, dim_person_id, dim_lookup_form_type_id_code as form_type
    from {forms}
    order by fact_form_id, dim_person_id::bigint, dim_lookup_form_type_id_code collate "C"
),
owned as (
    select
        a.*,
        s.fact_meetings_id,
        case when s.fact_outcm_form_id is null then r.dim_person_id else s.dim_person_id end as dim_person_id,
        r.form_type
    from answered as a
    left join subject as s on s.fact_outcm_form_id = a.fact_form_id
    left join recorded as r on r.fact_form_id = a.fact_form_id
),
keyed as (
    select
        fact_form_id,
        fact_meetings_id,
        dim_person_id,
        content,
        coalesce(fact_meetings_id, '-') || '/' || coalesce(dim_person_id, '-') || ' '
        || coalesce(first_answered, 'undated') || '#' || row_number() over (
            partition by fact_meetings_id, dim_person_id, first_answered
            order by form_type collate "C", content
        ) as form_key
    from owned
)
select *, {form_hash} as form_hash from keyed
"""

_OWNER = ("fact_meetings_id", "dim_person_id", "form_key")

_DIGEST = "select md5(string_agg(form_hash || ' ' || content, ',' order by form_hash, content)) from {form}"

_QUARANTINE = """
update {quarantine} as q
set payload = q.payload || jsonb_strip_nulls(jsonb_build_object(
    'form_key', f.form_key,
    'fact_meetings_id', case when q.table_name = 'fact_form_answers' then f.fact_meetings_id end,
    'dim_person_id', case when q.table_name = 'fact_form_answers' then f.dim_person_id end
))
from {form} as f
where f.fact_form_id = q.form_id
"""


def identify(stage: Stage) -> str:
    """Make `<authority>__form`, owner and key of every form that has answers, and give its digest.

    The raw tables of subjects, forms and answers must be staged. Quarantined rows get their form's owner
    and key.
    """
    words = {
        "form": stage.name("form"),
        "answers": stage.name(ANSWERS, RAW),
        "subjects": stage.name(SUBJECTS, RAW),
        "forms": stage.name(FORMS, RAW),
        "quarantine": stage.name("quarantine"),
        "form_hash": row_hash(_OWNER),
    }
    stage.run(_FORM.format(**words))
    stage.run(_QUARANTINE.format(**words))
    return str(stage.connection.scalar(text(_DIGEST.format(**words))))


def shape(stage: Stage, entry: Table) -> str:
    """Give the raw rows of subjects or forms the shape that they are landed in; says the digest of them."""
    link = "fact_outcm_form_id" if entry.name == SUBJECTS else "fact_form_id"
    shaped = stage.name(entry.name)
    is_lost = f"r.{link} <> '-1' and recorded.fact_form_id is null"
    stage.run(
        f"create unlogged table {shaped} as"
        f" select {', '.join(entry.names)}, {row_hash(entry.names)} as row_hash"
        f" from (select r.*, coalesce(f.form_key, case when {is_lost} then '{NOWHERE}' end) as form_key"
        f" from {stage.name(entry.name, RAW)} as r"
        f" left join {stage.name('form')} as f on f.fact_form_id = r.{link}"
        f" left join (select distinct fact_form_id from {stage.name(FORMS, RAW)}) as recorded"
        f" on recorded.fact_form_id = r.{link}) as linked"
    )
    digest = f"select md5(string_agg(row_hash::text, ',' order by row_hash)) from {shaped}"
    return str(stage.connection.scalar(text(digest)))


def shape_answers(stage: Stage, entry: Table, versions: Versions, rows: int) -> tuple[bool, bool]:
    """The same for the `rows` readable answers; says whether it is a difference, and whether none are alike.

    The hash of an answer is made of the one that was computed in the stream, and its form's. Where answers
    have landed before, only those that differ are kept.
    """
    raw, form, shaped = stage.name(ANSWERS, RAW), stage.name("form"), stage.name(ANSWERS)
    cells = ", ".join(f"f.{name}" if name in _OWNER else f"r.{name}" for name in entry.names)
    final = "md5(uuid_send(r.row_hash) || coalesce(uuid_send(f.form_hash), ''))::uuid"
    linked = f"{raw} as r left join {form} as f on f.fact_form_id = r.fact_form_id"
    if versions.is_empty():
        stage.run(f"create view {shaped} as select {cells}, {final} as row_hash from {linked}")
        repeated = f"select from {raw} group by row_hash, fact_form_id having count(*) > 1"
        return False, not stage.connection.scalar(text(f"select exists ({repeated})"))
    difference = stage.name(ANSWERS, "difference")
    hashed = f"(select {final} as row_hash, r.row_hash as raw_hash, r.fact_form_id from {linked})"
    versions.compare(hashed, rows, into=difference, kind="unlogged", carry=("raw_hash", "fact_form_id"))
    stage.run(
        f"create unlogged table {shaped} as select {cells}, d.row_hash from {linked}"
        f" join {difference} as d"
        " on d.raw_hash = r.row_hash and d.fact_form_id is not distinct from r.fact_form_id"
        " where d.is_now > d.was"
    )
    return True, False
