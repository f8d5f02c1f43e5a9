-- One row per series, measure and reporting year, with the year whose limits it is held against: while it runs that
-- is the year before, where that has points enough.
with years as (
    select
        series,
        authority_code,
        measure_id,
        year_start,
        count(value) as points,
        max(case when not is_month_before and month_number = 3 then 1 else 0 end) = 1 as is_over
    from {{ ref('int_trend__months') }}
    group by series, authority_code, measure_id, year_start
)

select
    years.series,
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
        years.series = before.series
        and years.authority_code = before.authority_code
        and years.measure_id = before.measure_id
        and years.year_start = {{ date_after('year', 1, 'before.year_start') }}
