-- One row per cell that is not shown, with the reason. Made empty here; the build step fills it when the values stand.
select
    authority_code,
    measure_id,
    period_grain,
    period_start,
    period_end,
    breakdown,
    category,
    'primary' as reason
from {{ ref('kpi_value_unsuppressed') }}
where false
