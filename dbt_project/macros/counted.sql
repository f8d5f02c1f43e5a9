{# How facts are counted in `chosen_spans`: each gives the expressions `dated` (the facts with their categories) and `counted`. #}

{# Month by month, and the spans as sums of their months. #}
{% macro counted_by_month(facts, dated, among, breakdowns, numerator, denominator) -%}
    dated as (
        select
            cast({{ dbt.date_trunc('month', dated) }} as date) as month_start,
            {{ categories_of(breakdowns) }}
            facts.*
        from {{ facts }} as facts
        {{ child_of(breakdowns, dated) }}
        where {{ among }}
    ),

    months as (
        {{ in_each_category(['authority_code', 'month_start'], breakdowns, numerator, denominator) }}
    ),

    counted as (
        select
            spans.authority_code,
            spans.period_grain,
            spans.period_start,
            spans.period_end,
            months.breakdown,
            months.category,
            cast(sum(months.numerator) as bigint) as numerator,
            cast(sum(months.denominator) as bigint) as denominator
        from chosen_spans as spans
        inner join months
            on
                spans.authority_code = months.authority_code
                and months.month_start between spans.counted_from and spans.period_end
        group by
            spans.authority_code, spans.period_grain, spans.period_start, spans.period_end, months.breakdown,
            months.category
    )
{%- endmacro %}

{# Span by span. #}
{% macro counted_by_span(facts, dated, among, breakdowns, grains, numerator, denominator) -%}
    dated as (
        select
            spans.period_grain,
            spans.period_start,
            spans.period_end,
            {{ categories_of(breakdowns) }}
            facts.*
        from chosen_spans as spans
        inner join {{ facts }} as facts
            on
                spans.authority_code = facts.authority_code
                {%- if 'span' in grains %}
                and {{ dated }} between spans.counted_from and spans.period_end
                {%- else %}
                and {{ dated }} = spans.period_end
                {%- endif %}
                and {{ among }}
        {{ child_of(breakdowns, dated) }}
    ),

    counted as (
        {{ in_each_category(
            ['authority_code', 'period_grain', 'period_start', 'period_end'], breakdowns, numerator, denominator
        ) }}
    )
{%- endmacro %}

{# The dated facts, whole and in each category of each breakdown, within each value of the columns of `time`. #}
{% macro in_each_category(time, breakdowns, numerator, denominator) -%}
    {%- set time = 'facts.' ~ time | join(', facts.') -%}
    select
        {{ time }},
        case
            {%- for breakdown in breakdowns %}
                when grouping(facts.by_{{ breakdown }}) = 0 then '{{ breakdown }}'
            {%- endfor %}
            else 'all'
        end as breakdown,
        coalesce(
            {%- for breakdown in breakdowns %} facts.by_{{ breakdown }}, {% endfor %} 'all'
        ) as category,
        {{ numerator }} as numerator,
        {{ denominator or 'cast(null as bigint)' }} as denominator
    from dated as facts
    group by grouping sets (
        ({{ time }})
        {%- for breakdown in breakdowns %}
            , ({{ time }}, facts.by_{{ breakdown }})
        {%- endfor %}
    )
{%- endmacro %}
