{# The cells of a count of alerts, or of what `counted` names of them, by a date of theirs in each span. #}
{% macro alerts_in_spans(measure_id, counted, day) -%}
    select
        spans.authority_code,
        '{{ measure_id }}' as measure_id,
        spans.period_grain,
        spans.period_start,
        spans.period_end,
        'all' as breakdown,
        'all' as category,
        count({{ counted }}) as numerator,
        cast(null as bigint) as denominator
    from {{ ref('int_time__spans') }} as spans
    left join {{ ref('int_alert__alerts') }} as alerts
        on
            spans.authority_code = alerts.authority_code
            and alerts.{{ day }} between spans.period_start and spans.period_end
    where spans.period_grain != 'snapshot'
    group by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
{%- endmacro %}
