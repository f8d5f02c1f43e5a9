{# The cells of a quantile, in tenths, of the working days to resolve the alerts raised in each span. Open alerts take
   longer than any other: where the quantile falls among them, it is not known. #}
{% macro alert_days_to_resolve(measure_id, tenths) -%}
    with ranked as (
        select
            spans.authority_code,
            spans.period_grain,
            spans.period_start,
            spans.period_end,
            durations.form_key,
            durations.days_to_resolve,
            row_number() over (
                partition by spans.authority_code, spans.period_grain, spans.period_start, spans.period_end
                order by durations.days_to_resolve nulls last
            ) as place
        from {{ ref('int_time__spans') }} as spans
        left join {{ ref('int_alert__durations') }} as durations
            on
                spans.authority_code = durations.authority_code
                and durations.raised_date between spans.period_start and spans.period_end
        where spans.period_grain != 'snapshot'
    ),

    counted as (
        select
            *,
            count(form_key) over (
                partition by authority_code, period_grain, period_start, period_end
            ) as alerts
        from ranked
    )

    select
        authority_code,
        '{{ measure_id }}' as measure_id,
        period_grain,
        period_start,
        period_end,
        'all' as breakdown,
        'all' as category,
        -- The least number of days that so many tenths of the alerts took no longer than.
        max(case when 10 * place between {{ tenths }} * alerts and {{ tenths }} * alerts + 9 then days_to_resolve end)
            as numerator,
        max(alerts) as denominator
    from counted
    group by authority_code, period_grain, period_start, period_end
{%- endmacro %}
