{# The cells of a measure of the service at each month end: a numerator and denominator of its totals. #}
{% macro of_service(measure_id, numerator, denominator='cast(null as bigint)') -%}
    select
        authority_code,
        '{{ measure_id }}' as measure_id,
        'snapshot' as period_grain,
        month_end as period_start,
        month_end as period_end,
        'all' as breakdown,
        'all' as category,
        {{ numerator }} as numerator,
        {{ denominator }} as denominator
    from {{ ref('int_chair__service') }}
{%- endmacro %}
