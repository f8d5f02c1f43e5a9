-- One row per care planning alert: the form of one person, with its dates, highest stage and outcome.
with forms as (
    select
        authority_code,
        source_person_id,
        template,
        form_key,
        {%- for name in ['raised', 'resolved', 'stage_1', 'stage_2', 'stage_3', 'stage_4', 'stage_5', 'stage_6'] %}
            max(case when field = 'alert_{{ name }}_date' then {{ typed_date('answer') }} end) as {{ name }}_date,
        {%- endfor %}
        lower(max(case when field = 'alert_type' then answer end)) as alert_type,
        max(case when field = 'alert_agency' then answer end) as agency,
        max(case when field = 'alert_outcome' then 1 else 0 end) = 1 as has_outcome
    from {{ ref('int_form__fields') }}
    where form_kind = 'alert'
    group by authority_code, source_person_id, template, form_key
)

select
    forms.authority_code,
    identities.person_id,
    forms.source_person_id,
    forms.template,
    forms.form_key,
    forms.raised_date,
    forms.resolved_date,
    forms.stage_1_date,
    forms.stage_2_date,
    forms.stage_3_date,
    forms.stage_4_date,
    forms.stage_5_date,
    forms.stage_6_date,
    forms.alert_type,
    -- No agency is the local authority itself.
    forms.agency,
    forms.has_outcome,
    -- Stages may be skipped: the highest one with a date counts.
    case
        {%- for stage in [6, 5, 4, 3, 2, 1] %}
            when forms.stage_{{ stage }}_date is not null then {{ stage }}
        {%- endfor %}
        else 0
    end as highest_stage
from forms
inner join {{ ref('int_person__identities') }} as identities
    on
        forms.authority_code = identities.authority_code
        and forms.source_person_id = identities.source_person_id
