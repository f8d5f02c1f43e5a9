-- One row per measure, reporting year and month that may be in its base: the year's own, and the month before it.
with months as (
    select
        kpi.authority_code,
        kpi.measure_id,
        kpi.period_grain,
        kpi.period_start,
        kpi.period_end,
        kpi.value,
        kpi.unit,
        kpi.status,
        month_ends.month_number,
        month_ends.reporting_year_start,
        -- In the order of the alphabet: a measure that has months and snapshots is followed by its months.
        min(kpi.period_grain) over (partition by kpi.authority_code, kpi.measure_id) as grain_followed
    from {{ ref('kpi_value') }} as kpi
    inner join {{ ref('int_time__month_ends') }} as month_ends
        on
            kpi.authority_code = month_ends.authority_code
            and kpi.period_end = month_ends.month_end
    where
        kpi.breakdown = 'all'
        and kpi.period_grain in ('month', 'snapshot')
)

select
    *,
    false as is_month_before,
    reporting_year_start as year_start
from months
where period_grain = grain_followed

union all

select
    *,
    true as is_month_before,
    {{ date_after('year', 1, 'reporting_year_start') }} as year_start
from months
where
    period_grain = grain_followed
    and month_number = 3
