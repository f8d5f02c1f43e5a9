-- Reviews held in each span, of children of any age.
select
    spans.authority_code,
    'reviews_held' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    count(reviews.held_date) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_review__reviews') }} as reviews
    on
        spans.authority_code = reviews.authority_code
        and reviews.held_date between spans.period_start and spans.period_end
where spans.period_grain != 'snapshot'
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
