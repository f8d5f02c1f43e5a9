-- Care planning alerts at each month end that were raised on it or before and not concluded by it.
select
    month_ends.authority_code,
    'alerts_open' as measure_id,
    'snapshot' as period_grain,
    month_ends.month_end as period_start,
    month_ends.month_end as period_end,
    'all' as breakdown,
    'all' as category,
    count(alerts.form_key) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__month_ends') }} as month_ends
left join {{ ref('int_alert__alerts') }} as alerts
    on
        month_ends.authority_code = alerts.authority_code
        and month_ends.month_end >= alerts.raised_date
        and (alerts.resolved_date is null or month_ends.month_end < alerts.resolved_date)
group by month_ends.authority_code, month_ends.month_end
