-- Reviews in each span in which a child of 4 or over conveyed their views.
select
    spans.authority_code,
    'participation' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    sum(case when reviews.has_participated then 1 else 0 end) as numerator,
    count(reviews.held_date) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_review__reviews') }} as reviews
    on
        spans.authority_code = reviews.authority_code
        and reviews.held_date between spans.period_start and spans.period_end
        and reviews.is_in_participation_scope
where spans.period_grain != 'snapshot'
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
