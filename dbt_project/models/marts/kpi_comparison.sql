{{ config(materialized="view") }}

-- One row per measure, year and category: this year beside the year before. Years are reporting years, the 12 months up
-- to each month end, and the days 31 March.
with years as (
    select
        *,
        {{ wilson_bound('-') }} as lower_bound,
        {{ wilson_bound('+') }} as upper_bound
    from {{ ref('kpi_value') }}
    where
        period_grain in ('financial_year', 'rolling_12_months')
        or (period_grain = 'snapshot' and extract(month from period_end) = 3)
)

select
    this.authority_code,
    this.measure_id,
    this.period_grain,
    this.period_start,
    this.period_end,
    this.breakdown,
    this.category,
    this.unit,
    this.status,
    this.symbol,
    this.numerator,
    this.denominator,
    this.value,
    last.numerator as numerator_last_year,
    last.denominator as denominator_last_year,
    last.value as value_last_year,
    case when last.measure_id is null then 'x' else last.symbol end as symbol_last_year,
    cast(this.value - last.value as numeric(9, 4)) as difference,
    this.lower_bound,
    this.upper_bound,
    last.lower_bound as lower_bound_last_year,
    last.upper_bound as upper_bound_last_year,
    this.lower_bound <= last.upper_bound and last.lower_bound <= this.upper_bound as do_intervals_overlap
from years as this
left join years as last
    on
        this.authority_code = last.authority_code
        and this.measure_id = last.measure_id
        and this.period_grain = last.period_grain
        and this.period_start = {{ date_after('year', 1, 'last.period_start') }}
        and this.breakdown = last.breakdown
        and this.category = last.category
        and this.unit = last.unit
