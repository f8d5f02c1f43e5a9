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

{# How many `counted` they have. #}
{% macro count_in_spans(measure_id, facts, dated, counted='*', among='true', breakdowns=none, grains=['span']) -%}
    {{ cells(
        measure_id, facts, dated, among, breakdowns, grains,
        numerator='count(' ~ counted ~ ')', denominator=none
    ) }}
{%- endmacro %}

{# `numerator` is 0 in a cell without facts, unless `nothing` says otherwise; a count has no denominator. #}
{% macro cells(measure_id, facts, dated, among, breakdowns, grains, numerator, denominator, nothing='0') -%}
    {%- set breakdowns = child_breakdowns() if breakdowns is none else breakdowns -%}
    {%- set time = 'facts.authority_code, facts.period_grain, facts.period_start, facts.period_end' -%}
    with chosen_spans as (
        select *
        from {{ ref('int_time__spans') }}
        where
            {%- if 'span' not in grains %} period_grain = 'snapshot'
            {%- elif 'snapshot' not in grains %} period_grain != 'snapshot'
            {%- else %} true
            {%- endif %}
    ),

    dated as (
        select
            spans.period_grain,
            spans.period_start,
            spans.period_end,
            {%- for breakdown in breakdowns %}
                coalesce({{ category_of(breakdown) }}, 'Not known') as by_{{ breakdown }},
            {%- endfor %}
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
        {%- if breakdowns | select('in', child_breakdowns() + ['age_band_by_sex']) | list %}
        left join {{ ref('int_child__characteristics') }} as child
            on
                facts.authority_code = child.authority_code
                and facts.person_id = child.person_id
                and {{ dated }} = child.date_day
        {%- endif %}
    ),

    counted as (
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
    )

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
