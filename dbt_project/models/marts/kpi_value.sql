-- One row per measure, period and category that may be shown: what `int_disclosure__suppressed_cells` names is hidden.
select
    cells.authority_code,
    cells.measure_id,
    cells.period_grain,
    cells.period_start,
    cells.period_end,
    cells.breakdown,
    cells.category,
    case when suppressed.reason is null then cells.numerator end as numerator,
    case when suppressed.reason is null then cells.denominator end as denominator,
    case when suppressed.reason is null then cells.value end as value,
    cells.unit,
    cells.status,
    case when suppressed.reason is null then cells.symbol else 'c' end as symbol
from {{ ref('kpi_value_unsuppressed') }} as cells
left join {{ ref('int_disclosure__suppressed_cells') }} as suppressed
    on
        cells.authority_code = suppressed.authority_code
        and cells.measure_id = suppressed.measure_id
        and cells.period_grain = suppressed.period_grain
        and cells.period_start = suppressed.period_start
        and cells.period_end = suppressed.period_end
        and cells.breakdown = suppressed.breakdown
        and cells.category = suppressed.category
-- Categories of spans that overlap would give, by subtraction, those of single months, which are mostly small.
where
    cells.breakdown = 'all'
    or cells.period_grain = 'financial_year'
    or (cells.period_grain = 'snapshot' and cells.measure_id != 'review_timeliness_reviews')
