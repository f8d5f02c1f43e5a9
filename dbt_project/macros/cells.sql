{# Cells of a measure in each span and category, of the `facts` that are dated in it and meet `among`. `facts` is a
   relation, read under the name `facts`. `grains` are 'span', 'snapshot' or both: facts of a snapshot alone are dated on
   it, those of a measure of both in the reporting year up to it. #}

{# The share of them for which `counted` holds. #}
{% macro share_in_spans(measure_id, facts, dated, counted, among='true', breakdowns=none, grains=['span']) -%}
    {{ cells(
        measure_id, facts, dated, among, breakdowns, grains,
        numerator='sum(case when ' ~ counted ~ ' then 1 else 0 end)', denominator='count(*)'
    ) }}
{%- endmacro %}

{# How many they are. #}
{% macro count_in_spans(measure_id, facts, dated, among='true', breakdowns=none, grains=['span']) -%}
    {{ cells(measure_id, facts, dated, among, breakdowns, grains, numerator='count(*)') }}
{%- endmacro %}

{# How many people they concern: one in two months of a span is one. #}
{% macro people_in_spans(measure_id, facts, dated, breakdowns=none) -%}
    {{ cells(
        measure_id, facts, dated, 'true', breakdowns, ['span'],
        numerator='count(distinct facts.person_id)', adds_up=false
    ) }}
{%- endmacro %}

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
    {%- else -%}
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
