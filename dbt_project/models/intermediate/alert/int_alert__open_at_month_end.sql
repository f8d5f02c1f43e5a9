-- One row per published month end and alert that was raised on it or before and not concluded by it.
select
    month_ends.authority_code,
    month_ends.month_end,
    alerts.person_id,
    alerts.form_key
from {{ ref('int_time__month_ends') }} as month_ends
inner join {{ ref('int_alert__alerts') }} as alerts
    on
        month_ends.authority_code = alerts.authority_code
        and month_ends.month_end >= alerts.raised_date
        and (alerts.resolved_date is null or month_ends.month_end < alerts.resolved_date)
