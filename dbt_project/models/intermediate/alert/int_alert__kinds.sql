-- One row per care planning alert: which of the kinds that alerts are counted by it is.
with site_stages as ({{ site_rows('site_alert_stage') }})

select
    alerts.authority_code,
    alerts.person_id,
    alerts.source_person_id,
    alerts.template,
    alerts.form_key,
    alerts.raised_date,
    coalesce(site_stages.stage_name, 'Not recorded') as alert_stage,
    case types.meaning
        when 'informal' then 'Informal'
        when 'formal' then 'Formal'
        else 'Not known'
    end as alert_type,
    case when alerts.agency is null then 'Local authority' else 'Partner agency' end as alert_agency
from {{ ref('int_alert__alerts') }} as alerts
left join {{ ref('int_form__answer_texts') }} as types
    on
        alerts.authority_code = types.authority_code
        and alerts.alert_type = types.answer_text
        and types.field = 'alert_type'
left join site_stages
    on alerts.highest_stage = site_stages.stage
