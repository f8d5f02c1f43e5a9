-- One row per alert raised by the night whose dates agree: working days to resolve it, and whether that was in time.
with counted as (
    select
        alerts.authority_code,
        alerts.person_id,
        alerts.source_person_id,
        alerts.template,
        alerts.form_key,
        alerts.raised_date,
        -- A resolution dated after the night has not happened yet.
        coalesce(alerts.resolved_date <= {{ as_known() }}, false) as is_concluded,
        alerts.resolved_date,
        last_day.working_day_index - first_day.working_day_index as working_days,
        deadline.date_day as deadline
    from {{ ref('int_alert__alerts') }} as alerts
    inner join {{ ref('int_time__calendar') }} as first_day
        on
            alerts.authority_code = first_day.authority_code
            and alerts.raised_date = first_day.date_day
    inner join {{ ref('int_time__calendar') }} as last_day
        on
            alerts.authority_code = last_day.authority_code
            and last_day.date_day = least(coalesce(alerts.resolved_date, {{ as_known() }}), {{ as_known() }})
    left join {{ ref('int_time__calendar') }} as deadline
        on
            first_day.authority_code = deadline.authority_code
            and first_day.working_day_index + 20 = deadline.working_day_index
            and deadline.is_working_day
    where
        alerts.raised_date <= {{ as_known() }}
        and (alerts.resolved_date is null or alerts.resolved_date >= alerts.raised_date)
)

select
    authority_code,
    person_id,
    source_person_id,
    template,
    form_key,
    raised_date,
    deadline,
    -- How long an open alert will take is not known.
    case when is_concluded then working_days end as days_to_resolve,
    {{ done_in_time('resolved_date', 'deadline') }} as is_in_time
from counted
