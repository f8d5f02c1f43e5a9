-- Children for whom an alert was raised in each span, within 12 months of an earlier one.
select
    spans.authority_code,
    'alert_repeat_children' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    count(distinct repeats.person_id) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_alert__repeats') }} as repeats
    on
        spans.authority_code = repeats.authority_code
        and repeats.raised_date between spans.period_start and spans.period_end
where spans.period_grain != 'snapshot'
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
