-- Children who ceased to be looked after in each span.
select
    spans.authority_code,
    'children_ceased' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    count(distinct periods.person_id) as numerator,
    cast(null as bigint) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_care__periods') }} as periods
    on
        spans.authority_code = periods.authority_code
        and periods.end_date between spans.period_start and spans.period_end
where spans.period_grain != 'snapshot'
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
