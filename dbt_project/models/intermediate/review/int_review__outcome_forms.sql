-- One row per outcome form: what it says, and when it was last answered.
with last_answers as (
    select
        authority_code,
        form_key,
        max(answered_at) as last_answered_at
    from {{ ref('int_form__answers') }}
    where form_kind = 'review'
    group by authority_code, form_key
),

said as (
    select
        fields.authority_code,
        fields.form_key,
        {{ lcs_folded(answered('review_participation_code')) }} as participation_text,
        {%- for name in ['outcomes_completed', 'record_completed', 'record_distributed'] %}
            {{ date_answered('review_' ~ name ~ '_date') }} as {{ name }}_date,
        {%- endfor %}
        {%- for name in ['first', 'last'] %}
            {{ date_answered('review_series_' ~ name ~ '_date') }} as {{ name }}_meeting_date,
        {%- endfor %}
        {%- for name in [
            'social_work_report_received', 'child_spoken_to_before', 'child_co_chaired', 'written_to_child'
        ] %}
            {{ yes_or_no(answered('review_' ~ name)) }} as is_{{ name }},
        {%- endfor %}
        {{ answered('review_permanence_plan') }} is not null as has_permanence_plan
    from {{ ref('int_form__fields') }} as fields
    where fields.form_kind = 'review'
    group by fields.authority_code, fields.form_key
)

select
    last_answers.*,
    said.participation_text,
    said.outcomes_completed_date,
    said.record_completed_date,
    said.record_distributed_date,
    said.first_meeting_date,
    said.last_meeting_date,
    said.is_social_work_report_received,
    said.is_child_spoken_to_before,
    said.is_child_co_chaired,
    said.is_written_to_child,
    said.has_permanence_plan
from last_answers
left join said
    on
        last_answers.authority_code = said.authority_code
        and last_answers.form_key = said.form_key
