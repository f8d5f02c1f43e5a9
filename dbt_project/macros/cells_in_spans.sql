{# Cells of a measure over spans, of the facts dated in each and meeting `among`. `facts` is a relation, read under the
   name `facts`. #}

{# The share of them for which `counted` holds. #}
{% macro share_in_spans(measure_id, facts, dated, counted, among='true') -%}
    {{ cells_in_spans(
        measure_id, facts, dated, 'sum(case when ' ~ counted ~ ' then 1 else 0 end)', 'count(' ~ dated ~ ')', among
    ) }}
{%- endmacro %}

{# How many `counted` they have. #}
{% macro count_in_spans(measure_id, facts, dated, counted) -%}
    {{ cells_in_spans(measure_id, facts, dated, 'count(' ~ counted ~ ')', 'cast(null as bigint)') }}
{%- endmacro %}

{% macro cells_in_spans(measure_id, facts, dated, numerator, denominator, among='true') -%}
    select
        spans.authority_code,
        '{{ measure_id }}' as measure_id,
        spans.period_grain,
        spans.period_start,
        spans.period_end,
        'all' as breakdown,
        'all' as category,
        {{ numerator }} as numerator,
        {{ denominator }} as denominator
    from {{ ref('int_time__spans') }} as spans
    left join {{ facts }} as facts
        on
            spans.authority_code = facts.authority_code
            and {{ dated }} between spans.period_start and spans.period_end
            and {{ among }}
    where spans.period_grain != 'snapshot'
    group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
{%- endmacro %}
