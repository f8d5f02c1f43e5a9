-- One row per published time: spans, and snapshots. A snapshot's period is one day; what is counted
-- over the reporting year up to it is counted from `counted_from`.
{% set rolling_year = date_after('month', -11, 'month_start') %}
{% set quarter = date_after('month', -2, 'month_start') %}

select authority_code, 'month' as period_grain, month_start as period_start, month_end as period_end, month_start as counted_from
from {{ ref('int_time__month_ends') }}

union all

select authority_code, 'quarter', {{ quarter }}, month_end, {{ quarter }}
from {{ ref('int_time__month_ends') }}
where mod(month_number, 3) = 0

union all

select authority_code, 'financial_year', {{ rolling_year }}, month_end, {{ rolling_year }}
from {{ ref('int_time__month_ends') }}
where month_number = 3

union all

select authority_code, 'rolling_12_months', {{ rolling_year }}, month_end, {{ rolling_year }}
from {{ ref('int_time__month_ends') }}

union all

select authority_code, 'snapshot', month_end, month_end, reporting_year_start
from {{ ref('int_time__month_ends') }}
