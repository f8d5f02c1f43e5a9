-- One row per period of care that measures count.
select
    periods.authority_code,
    periods.period_id,
    periods.person_id as child_id,
    cast(periods.period_number as integer) as period_number,
    periods.start_date,
    periods.end_date,
    periods.start_reason_code,
    periods.end_reason_code,
    periods.end_reason as end_reason_group,
    cast(count(reviews.held_date) as integer) as reviews_held
from {{ ref('int_care__periods') }} as periods
left join {{ ref('int_review__reviews') }} as reviews
    on
        periods.authority_code = reviews.authority_code
        and periods.period_id = reviews.period_id
group by
    periods.authority_code, periods.period_id, periods.person_id, periods.period_number, periods.start_date,
    periods.end_date, periods.start_reason_code, periods.end_reason_code, periods.end_reason
