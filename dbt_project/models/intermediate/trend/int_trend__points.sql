-- One row per measure, base year and month: the months whose limits come from the same year, oldest first, and the
-- month before them. A base is a reporting year's own months and the month before it.
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
),

in_years as (
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
),

years as (
    select
        authority_code,
        measure_id,
        year_start,
        count(value) as points,
        max(case when not is_month_before and month_number = 3 then 1 else 0 end) = 1 as is_over
    from in_years
    group by authority_code, measure_id, year_start
),

-- A year that runs is held against the limits of the year before, where that has points enough.
based as (
    select
        years.authority_code,
        years.measure_id,
        years.year_start,
        case
            when years.is_over or coalesce(before.points, 0) < 12 then years.year_start
            else before.year_start
        end as base_year_start
    from years
    left join years as before
        on
            years.authority_code = before.authority_code
            and years.measure_id = before.measure_id
            and years.year_start = {{ date_after('year', 1, 'before.year_start') }}
)

select
    in_years.authority_code,
    in_years.measure_id,
    in_years.period_grain,
    in_years.period_start,
    in_years.period_end,
    in_years.value,
    in_years.unit,
    in_years.status,
    based.base_year_start,
    in_years.is_month_before,
    in_years.year_start = based.base_year_start as is_in_base
from in_years
inner join based
    on
        in_years.authority_code = based.authority_code
        and in_years.measure_id = based.measure_id
        and in_years.year_start = based.year_start
where
    not in_years.is_month_before
    or in_years.year_start = based.base_year_start
