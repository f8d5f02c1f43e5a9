-- Alerts raised in each span that were resolved within 20 working days, of those resolved or past them.
select
    spans.authority_code,
    'alert_resolved_within_20_days' as measure_id,
    spans.period_grain,
    spans.period_start,
    spans.period_end,
    'all' as breakdown,
    'all' as category,
    sum(case when durations.is_in_time then 1 else 0 end) as numerator,
    count(durations.is_in_time) as denominator
from {{ ref('int_time__spans') }} as spans
left join {{ ref('int_alert__durations') }} as durations
    on
        spans.authority_code = durations.authority_code
        and durations.raised_date between spans.period_start and spans.period_end
where spans.period_grain != 'snapshot'
group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
