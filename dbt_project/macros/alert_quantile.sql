{# The cells of a quantile of the working days to resolve the alerts raised in each span: the least number of days that
   so many tenths of them took no longer than. Open alerts take longer than any other: where the quantile falls among
   them, it is not known. #}
{% macro alert_days_to_resolve(measure_id, tenths) -%}
    {{ cells(
        measure_id,
        ref('int_alert__durations'),
        dated='facts.raised_date',
        among='true',
        breakdowns=alert_breakdowns(),
        grains=['span'],
        numerator='nullif(percentile_disc(0.' ~ tenths
            ~ ') within group (order by coalesce(facts.days_to_resolve, 999999)), 999999)',
        denominator='count(*)',
        adds_up=false,
        nothing='null'
    ) }}
{%- endmacro %}
