-- One row per published time: spans, and snapshots. A snapshot's period is one day; what is counted over the
-- reporting year up to it is counted from `counted_from`.
with spans as (
    select
        authority_code,
        'month' as period_grain,
        month_start as period_start,
        month_end as period_end
    from {{ ref('int_time__month_ends') }}

    union all

    select
        authority_code,
        'quarter' as period_grain,
        {{ date_after('month', -2, 'month_start') }} as period_start,
        month_end as period_end
    from {{ ref('int_time__month_ends') }}
    where mod(month_number, 3) = 0

    union all

    select
        authority_code,
        'financial_year' as period_grain,
        {{ date_after('month', -11, 'month_start') }} as period_start,
        month_end as period_end
    from {{ ref('int_time__month_ends') }}
    where month_number = 3

    union all

    select
        authority_code,
        'rolling_12_months' as period_grain,
        {{ date_after('month', -11, 'month_start') }} as period_start,
        month_end as period_end
    from {{ ref('int_time__month_ends') }}
)

select
    authority_code,
    period_grain,
    period_start,
    period_end,
    period_start as counted_from
from spans

union all

select
    authority_code,
    'snapshot' as period_grain,
    month_end as period_start,
    month_end as period_end,
    reporting_year_start as counted_from
from {{ ref('int_time__month_ends') }}
