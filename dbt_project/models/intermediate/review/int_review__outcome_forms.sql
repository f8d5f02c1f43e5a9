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

fields as (
    select
        authority_code,
        form_key,
        {{ lcs_folded("max(case when field = 'review_participation_code' then answer end)") }} as participation_text,
        {%- for name in ['outcomes_completed', 'record_completed', 'record_distributed'] %}
            max(case when field = 'review_{{ name }}_date' then {{ typed_date('answer') }} end) as {{ name }}_date,
        {%- endfor %}
        {%- for name in ['first', 'last'] %}
            max(case when field = 'review_series_{{ name }}_date' then {{ typed_date('answer') }} end)
                as {{ name }}_meeting_date,
        {%- endfor %}
        {%- for name in [
            'social_work_report_received', 'child_spoken_to_before', 'child_co_chaired', 'written_to_child'
        ] %}
            {{ yes_or_no("max(case when field = 'review_" ~ name ~ "' then answer end)") }} as is_{{ name }},
        {%- endfor %}
        max(case when field = 'review_permanence_plan' then answer end) is not null as has_permanence_plan
    from {{ ref('int_form__fields') }}
    where form_kind = 'review'
    group by authority_code, form_key
)

select
    last_answers.*,
    fields.participation_text,
    fields.outcomes_completed_date,
    fields.record_completed_date,
    fields.record_distributed_date,
    fields.first_meeting_date,
    fields.last_meeting_date,
    fields.is_social_work_report_received,
    fields.is_child_spoken_to_before,
    fields.is_child_co_chaired,
    fields.is_written_to_child,
    fields.has_permanence_plan
from last_answers
left join fields
    on
        last_answers.authority_code = fields.authority_code
        and last_answers.form_key = fields.form_key
