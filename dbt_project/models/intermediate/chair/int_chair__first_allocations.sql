-- One row per period of care: had it a chair by its 5th working day? Null is nothing to judge: that day has not passed,
-- or the child left before it without one.
with firsts as (
    select
        authority_code,
        period_id,
        min(from_date) as allocated_date
    from {{ ref('int_chair__allocations') }}
    group by authority_code, period_id
)

select
    periods.authority_code,
    periods.period_id,
    periods.person_id,
    periods.start_date,
    case
        when firsts.allocated_date is not null or periods.end_date is null or periods.end_date >= deadline.date_day
            then {{ done_in_time('firsts.allocated_date', 'deadline.date_day') }}
    end as is_in_time
from {{ ref('int_care__periods') }} as periods
left join firsts
    on
        periods.authority_code = firsts.authority_code
        and periods.period_id = firsts.period_id
left join {{ ref('int_time__calendar') }} as first_day
    on
        periods.authority_code = first_day.authority_code
        and periods.start_date = first_day.date_day
left join {{ ref('int_time__calendar') }} as deadline
    on
        first_day.authority_code = deadline.authority_code
        and first_day.working_day_index + 5 = deadline.working_day_index
        and deadline.is_working_day
