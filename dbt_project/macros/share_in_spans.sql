{# Cells of a measure over spans: of the facts dated in each, and meeting `among`, the share for which `counted` holds.
   `facts` is a relation, read under the name `facts`. #}
{% macro share_in_spans(measure_id, facts, dated, counted, among='true') -%}
    select
        spans.authority_code,
        '{{ measure_id }}' as measure_id,
        spans.period_grain,
        spans.period_start,
        spans.period_end,
        'all' as breakdown,
        'all' as category,
        sum(case when {{ counted }} then 1 else 0 end) as numerator,
        count({{ dated }}) as denominator
    from {{ ref('int_time__spans') }} as spans
    left join {{ facts }} as facts
        on
            spans.authority_code = facts.authority_code
            and {{ dated }} between spans.period_start and spans.period_end
            and {{ among }}
    where spans.period_grain != 'snapshot'
    group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
{%- endmacro %}
