-- One row per series (what readers see, and all that was computed), measure, reporting year and month that may be in
-- its base: the year's own, and the month before it.
with values_seen as (
    select
        *,
        'shown' as series
    from {{ ref('kpi_value') }}

    union all

    select
        *,
        'computed' as series
    from {{ ref('kpi_value_unsuppressed') }}
),

months as (
    select
        kpi.series,
        kpi.authority_code,
        kpi.measure_id,
        kpi.period_grain,
        kpi.period_start,
        kpi.period_end,
        kpi.value,
        kpi.unit,
        kpi.status,
        kpi.symbol,
        month_ends.month_number,
        month_ends.reporting_year_start,
        -- Month ends whose windows overlap repeat each other.
        kpi.period_grain = 'month'
        or (definitions.looks_back_months = 0 and not definitions.is_year_to_date) as stands_alone,
        -- In the order of the alphabet: a measure that has months and snapshots is followed by its months.
        min(kpi.period_grain) over (
            partition by kpi.series, kpi.authority_code, kpi.measure_id
        ) as grain_followed
    from values_seen as kpi
    inner join {{ ref('int_time__month_ends') }} as month_ends
        on
            kpi.authority_code = month_ends.authority_code
            and kpi.period_end = month_ends.month_end
    inner join {{ ref('kpi_definition') }} as definitions
        on
            kpi.authority_code = definitions.authority_code
            and kpi.measure_id = definitions.measure_id
            and kpi.period_end >= definitions.valid_from
            and (definitions.valid_to is null or kpi.period_end <= definitions.valid_to)
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
