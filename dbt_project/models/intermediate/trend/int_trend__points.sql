-- One row per series, measure, base year and month: the months whose limits come from the same year, oldest first,
-- and the month before them. A base is a reporting year's own months and the month before it.
select
    months.series,
    months.authority_code,
    months.measure_id,
    months.period_grain,
    months.period_start,
    months.period_end,
    months.value,
    months.unit,
    months.status,
    months.symbol,
    months.stands_alone,
    base_years.base_year_start,
    months.is_month_before,
    months.year_start = base_years.base_year_start as is_in_base
from {{ ref('int_trend__months') }} as months
inner join {{ ref('int_trend__base_years') }} as base_years
    on
        months.series = base_years.series
        and months.authority_code = base_years.authority_code
        and months.measure_id = base_years.measure_id
        and months.year_start = base_years.year_start
where
    not months.is_month_before
    or months.year_start = base_years.base_year_start
