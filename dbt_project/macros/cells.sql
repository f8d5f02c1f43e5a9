{# A count has no `denominator`. `adds_up`: a span's numbers are the sums of its months'. `numerator` is 0 in a cell
   without facts, unless `nothing` says otherwise. #}
{% macro cells(
    measure_id, facts, dated, among, breakdowns, grains, numerator, denominator=none, adds_up=true, nothing='0'
) -%}
    {%- set breakdowns = child_breakdowns() if breakdowns is none else breakdowns -%}
    {%- set by_months = adds_up and 'span' in grains -%}
    with chosen_spans as (
        select *
        from {{ ref('int_time__spans') }}
        where
            {%- if 'span' not in grains %} period_grain = 'snapshot'
            {%- elif 'snapshot' not in grains %} period_grain != 'snapshot'
            {%- else %} true
            {%- endif %}
    ),

    {% if by_months -%}
    {{ counted_by_month(facts, dated, among, breakdowns, numerator, denominator) }}
    {%- else -%}
    {{ counted_by_span(facts, dated, among, breakdowns, grains, numerator, denominator) }}
    {%- endif %}

    select
        spans.authority_code,
        '{{ measure_id }}' as measure_id,
        spans.period_grain,
        spans.period_start,
        spans.period_end,
        categories.breakdown,
        categories.category,
        {% if nothing == '0' %}coalesce(counted.numerator, 0){% else %}counted.numerator{% endif %} as numerator,
        {% if denominator %}coalesce(counted.denominator, 0){% else %}counted.denominator{% endif %} as denominator
    from chosen_spans as spans
    inner join {{ ref('int_breakdown__categories') }} as categories
        on
            spans.authority_code = categories.authority_code
            and categories.breakdown in ('all' {%- for breakdown in breakdowns %}, '{{ breakdown }}'{% endfor %})
    left join counted
        on
            spans.authority_code = counted.authority_code
            and spans.period_grain = counted.period_grain
            and spans.period_start = counted.period_start
            and spans.period_end = counted.period_end
            and categories.breakdown = counted.breakdown
            and categories.category = counted.category
{%- endmacro %}
