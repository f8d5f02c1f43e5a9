-- Children looked after at each month end.
select
    month_ends.authority_code,
    'children_looked_after' as measure_id,
    'snapshot' as period_grain,
    month_ends.month_end as period_start,
    month_ends.month_end as period_end,
    'all' as breakdown,
    'all' as category,
    count(children.person_id) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__month_ends') }} as month_ends
left join {{ ref('int_care__children_at_month_end') }} as children
    on
        month_ends.authority_code = children.authority_code
        and month_ends.month_end = children.month_end
group by month_ends.authority_code, month_ends.month_end
