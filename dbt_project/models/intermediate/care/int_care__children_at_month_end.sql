-- One row per published month end and child looked after on it.
select
    month_ends.authority_code,
    month_ends.month_end,
    month_ends.reporting_year_start,
    month_ends.twelve_months_start,
    periods.person_id,
    -- Whoever has the status on the day had it in the 12 months to it.
    max(
        case
            when uasc.person_id is not null and coalesce(month_ends.month_end < uasc.end_date, true) then 1
            else 0
        end
    ) = 1 as is_uasc,
    max(case when uasc.person_id is not null then 1 else 0 end) = 1 as was_uasc_in_year
from {{ ref('int_time__month_ends') }} as month_ends
inner join {{ ref('int_care__periods') }} as periods
    on
        month_ends.authority_code = periods.authority_code
        and month_ends.month_end >= periods.start_date
        and (periods.end_date is null or month_ends.month_end < periods.end_date)
left join {{ ref('int_care__uasc_spans') }} as uasc
    on
        periods.authority_code = uasc.authority_code
        and periods.person_id = uasc.person_id
        and month_ends.month_end >= uasc.start_date
        and (uasc.end_date is null or greatest(uasc.start_date, month_ends.twelve_months_start) < uasc.end_date)
group by
    month_ends.authority_code, month_ends.month_end, month_ends.reporting_year_start,
    month_ends.twelve_months_start, periods.person_id
