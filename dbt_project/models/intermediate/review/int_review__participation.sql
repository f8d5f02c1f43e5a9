-- One row per meeting and person: how the person took part, as the outcome form answered last says, else
-- as the meeting's subject row says; of several subject rows the recorded one whose form was answered last.
with spoken as (
    select
        subjects.authority_code,
        subjects.meeting_id,
        subjects.person_id,
        subjects.form_rank,
        last_form.form_key,
        last_form.last_answered_at,
        coalesce(last_form.form_text, subjects.subject_text) as spoken_text
    from {{ ref('int_review__subjects') }} as subjects
    inner join {{ ref('int_review__subjects') }} as last_form
        on
            subjects.authority_code = last_form.authority_code
            and subjects.meeting_id = last_form.meeting_id
            and subjects.person_id = last_form.person_id
            and last_form.position = 1
),

understood as (
    select
        spoken.*,
        texts.participation_code,
        coalesce(texts.is_recorded, false) as is_recorded
    from spoken
    left join {{ ref('int_review__participation_texts') }} as texts
        on spoken.spoken_text = texts.participation_text
),

ranked as (
    select
        *,
        row_number() over (
            partition by authority_code, meeting_id, person_id
            order by is_recorded desc, form_rank asc, participation_code asc nulls last
        ) as choice
    from understood
)

select
    authority_code,
    meeting_id,
    person_id,
    participation_code,
    is_recorded,
    form_key,
    last_answered_at
from ranked
where choice = 1
