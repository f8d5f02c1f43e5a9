-- One row per month end that is published: the last of the completed months.
with completed as (
    select
        authority_code,
        date_day as month_end,
        cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
        row_number() over (order by date_day desc) as months_back
    from {{ ref('int_time__calendar') }}
    where
        date_day = {{ dbt.last_day('date_day', 'month') }}
        and date_day <= {{ as_known() }}
)

select
    authority_code,
    month_start,
    month_end,
    {{ date_after('month', -11, 'month_start') }} as twelve_months_start,
    cast(extract(month from month_end) as integer) as month_number,
    -- The reporting year begins on 1 April.
    {{ date_after('month', '-mod(cast(extract(month from month_end) as integer) + 8, 12)', 'month_start') }}
        as reporting_year_start
from completed
where months_back <= {{ var('months_published') }}
