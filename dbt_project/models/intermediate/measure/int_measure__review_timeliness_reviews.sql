-- Reviews due in each span, or in the reporting year up to each month end, that were held in time.
select
    spans.authority_code,
    'review_timeliness_reviews' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    sum(case when dues.held_date <= dues.due_date then 1 else 0 end) as numerator,
    count(dues.due_date) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_review__due_dates') }} as dues
    on
        spans.authority_code = dues.authority_code
        and dues.due_date between spans.counted_from and spans.period_end
        and dues.is_counted
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
