-- One row a published month end: does the mart count the children that landing holds? Of the days
-- that the records cover.
with month_ends as (
    select distinct period_end as month_end from $candidate.kpi_value_unsuppressed
    where measure_id = 'children_looked_after' and period_grain = 'snapshot' and breakdown = 'all'
        and period_end >= date '$covered_from'
),
counted as (
    select
        month_ends.month_end,
        count(distinct periods.person_id) as looked_after,
        count(distinct uasc.person_id) as uasc
    from month_ends
    left join $landed_periods as periods
        on periods.is_measured and periods.start_date <= month_end and (periods.end_date is null or periods.end_date > month_end)
    left join $landed_uasc as uasc
        on uasc.person_id = periods.person_id
        and uasc.start_date <= month_end and (uasc.end_date is null or uasc.end_date > month_end)
    group by month_ends.month_end
),
published as (
    select
        period_end as month_end,
        max(numerator) filter (where measure_id = 'children_looked_after') as looked_after,
        max(numerator) filter (where measure_id = 'children_looked_after_uasc') as uasc
    from $candidate.kpi_value_unsuppressed
    where period_grain = 'snapshot' and breakdown = 'all'
    group by period_end
)
select
    (published.looked_after = counted.looked_after) is not true as looked_after_differs,
    (published.uasc = counted.uasc) is not true as uasc_differs
from counted
left join published using (month_end)
