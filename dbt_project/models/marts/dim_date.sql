-- One row per day of the years that the bank holiday table covers.
{% set april_first -%}
    {{ date_after('month', -3, 'date_day') }}
{%- endset %}
{% set financial_year -%}
    cast(extract(year from {{ april_first }}) as {{ dbt.type_string() }}) || '/'
    || right(cast(extract(year from {{ april_first }}) + 1 as {{ dbt.type_string() }}), 2)
{%- endset %}

select
    authority_code,
    date_day,
    is_weekend,
    bank_holiday_name,
    is_working_day,
    working_day_index,
    cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
    {{ dbt.last_day('date_day', 'month') }} as month_end,
    to_char(date_day, 'FMMonth YYYY') as month_name,
    date_day = {{ dbt.last_day('date_day', 'month') }} as is_month_end,
    cast({{ dbt.date_trunc('quarter', 'date_day') }} as date) as quarter_start,
    cast(extract(quarter from {{ april_first }}) as integer) as financial_quarter,
    'Q' || extract(quarter from {{ april_first }}) || ' ' || {{ financial_year }} as quarter_name,
    {{ date_after('month', 3, dbt.date_trunc('year', april_first)) }} as financial_year_start,
    {{ financial_year }} as financial_year
from {{ ref('int_time__calendar') }}
