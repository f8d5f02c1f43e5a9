-- One row per measure and published time: do the council's records cover all that it looks at? They do from the day
-- that the council names; without one nothing is known to be missing. What is counted as it had landed by the day
-- begins with the first night.
with nights as (
    select
        authority_code,
        min(night) as first_night
    from {{ ref('stg_audit__nights') }}
    group by authority_code
),

windows as (
    select
        spans.authority_code,
        definitions.measure_id,
        spans.period_grain,
        spans.period_start,
        spans.period_end,
        definitions.is_as_landed,
        case
            when spans.period_grain = 'snapshot' and definitions.is_year_to_date then spans.counted_from
            when spans.period_grain = 'snapshot' and definitions.looks_back_months > 0
                then {{ date_after(
                    'month', '1 - definitions.looks_back_months', dbt.date_trunc('month', 'spans.period_end')
                ) }}
            else {{ date_after('month', '-definitions.looks_back_months', 'spans.period_start') }}
        end as needed_from
    from {{ ref('int_time__spans') }} as spans
    inner join {{ ref('kpi_definition') }} as definitions
        on
            spans.authority_code = definitions.authority_code
            and spans.period_end >= definitions.valid_from
            and (definitions.valid_to is null or spans.period_end <= definitions.valid_to)
)

select
    windows.*,
    coalesce(coverage.covered_from <= windows.needed_from, true)
    and (not windows.is_as_landed or coalesce(nights.first_night <= windows.period_end, false)) as is_covered
from windows
left join nights
    on windows.authority_code = nights.authority_code
left join {{ ref('site_coverage') }} as coverage
    on windows.authority_code = coverage.authority_code
