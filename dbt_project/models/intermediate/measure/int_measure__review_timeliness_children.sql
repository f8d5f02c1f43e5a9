-- Children looked after at each month end with no review late or overdue in the reporting year so far.
select
    month_ends.authority_code,
    'review_timeliness_children' as measure_id,
    'snapshot' as period_grain,
    month_ends.month_end as period_start,
    month_ends.month_end as period_end,
    'all' as breakdown,
    'all' as category,
    sum(case when not children.has_late and not children.has_overdue then 1 else 0 end) as numerator,
    count(children.person_id) as denominator
from {{ ref('int_time__month_ends') }} as month_ends
left join {{ ref('int_review__children_at_month_end') }} as children
    on
        month_ends.authority_code = children.authority_code
        and month_ends.month_end = children.month_end
group by month_ends.authority_code, month_ends.month_end
