-- One row per period of care and stretch of days in it with one chair (reviewing officer), and the chair before.
select
    periods.authority_code,
    periods.period_id,
    periods.person_id,
    spans.worker_id,
    greatest(spans.from_date, periods.start_date) as from_date,
    lag(spans.worker_id) over (
        partition by periods.authority_code, periods.period_id order by spans.from_date
    ) as previous_worker_id
from {{ ref('int_care__periods') }} as periods
inner join {{ ref('int_chair__officer_spans') }} as spans
    on
        periods.authority_code = spans.authority_code
        and periods.person_id = spans.person_id
        and (periods.end_date is null or periods.end_date > greatest(spans.from_date, periods.start_date))
        and (spans.until_date is null or periods.start_date < spans.until_date)
