-- One row per care planning alert open on the night.
select
    alerts.authority_code,
    cast(alerts.source_person_id as {{ dbt.type_string() }}) || ' ' || alerts.template || ' ' || alerts.form_key
        as alert_id,
    alerts.person_id as child_id,
    people.worker_id as chair_id,
    people.team,
    people.quadrant,
    alerts.raised_date,
    kinds.alert_type,
    kinds.alert_stage,
    kinds.alert_agency,
    {{ due_columns('durations.deadline') }}
from {{ ref('int_alert__alerts') }} as alerts
inner join {{ ref('int_alert__kinds') }} as kinds
    on
        alerts.authority_code = kinds.authority_code
        and alerts.source_person_id = kinds.source_person_id
        and alerts.template = kinds.template
        and alerts.form_key = kinds.form_key
{{ worklist_people('alerts') }}
-- What was raised before the calendar begins has no deadline.
left join {{ ref('int_alert__durations') }} as durations
    on
        alerts.authority_code = durations.authority_code
        and alerts.source_person_id = durations.source_person_id
        and alerts.template = durations.template
        and alerts.form_key = durations.form_key
{{ worklist_days('alerts', 'durations.deadline') }}
where
    alerts.raised_date <= {{ as_known() }}
    and (alerts.resolved_date is null or alerts.resolved_date > {{ as_known() }})
