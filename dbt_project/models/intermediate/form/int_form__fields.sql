-- One row per form and field with an answer: of several answers the one given last.
with ranked as (
    select
        *,
        row_number() over (
            partition by authority_code, meeting_id, source_person_id, template, form_key, field
            order by answered_at desc nulls last, answer desc
        ) as choice
    from {{ ref('int_form__answers') }}
    where answer is not null
)

select
    authority_code,
    form_kind,
    meeting_id,
    source_person_id,
    template,
    form_key,
    field,
    answer
from ranked
where choice = 1
