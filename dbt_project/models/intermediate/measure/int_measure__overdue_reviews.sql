-- Reviews overdue at each month end, of the children looked after on it.
select
    month_ends.authority_code,
    'overdue_reviews' as measure_id,
    'snapshot' as period_grain,
    month_ends.month_end as period_start,
    month_ends.month_end as period_end,
    'all' as breakdown,
    'all' as category,
    count(dues.due_date) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__month_ends') }} as month_ends
left join {{ ref('int_care__children_at_month_end') }} as children
    on
        month_ends.authority_code = children.authority_code
        and month_ends.month_end = children.month_end
left join {{ ref('int_review__due_dates') }} as dues
    on
        children.authority_code = dues.authority_code
        and children.person_id = dues.person_id
        and dues.is_counted
        and month_ends.month_end > dues.due_date
        and (dues.held_date is null or month_ends.month_end < dues.held_date)
group by month_ends.authority_code, month_ends.month_end
