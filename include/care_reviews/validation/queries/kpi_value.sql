-- One row a published value: every fault that one row can have.
with definitions as (
    select measure_id, unit, valid_from, coalesce(valid_to, 'infinity') as valid_to
    from $candidate.kpi_definition
),
judged as (
    select
        kpi.*,
        definitions.unit as defined_unit,
        kpi.unit = 'percent' as is_percent,
        kpi.unit in ('percent', 'alerts_per_100_children', 'children_per_fte') as is_ratio,
        -- Among no alerts, and among open ones, the working days are not known.
        kpi.unit = 'working_days' as is_duration
    from $candidate.kpi_value as kpi
    left join definitions
        on definitions.measure_id = kpi.measure_id
        and kpi.period_end between definitions.valid_from and definitions.valid_to
)
select
    (numerator >= 0 or (is_duration and numerator is null)) is not true as numerator_wrong,
    (case when is_ratio or is_duration then denominator >= 0 else denominator is null end) is not true as denominator_wrong,
    (not is_percent or numerator <= denominator) is not true as above_denominator,
    (case
        when is_duration then value is not distinct from numerator
        when unit = 'fte' then value = numerator / 100.0
        when not is_ratio then value = numerator
        when denominator = 0 then value is null
        else value = round(100.0 * numerator / nullif(denominator, 0), 4)
    end) is not true as value_wrong,
    (value is null or not is_percent or value between 0 and 100) is not true as percent_outside,
    (case when value is null then symbol in ('c', 'z', 'x') else symbol is null end) is not true as symbol_wrong,
    (unit = defined_unit) is not true as undefined,
    (status = case when period_end > date '$as_known' - $provisional_days then 'provisional' else 'final' end)
        is not true as status_wrong,
    (case period_grain
        when 'snapshot' then period_start = period_end
        when 'month' then period_start = date_trunc('month', period_end)
        when 'quarter' then period_start = date_trunc('month', period_end) - interval '2 months'
            and extract(month from period_end) in (3, 6, 9, 12)
        when 'financial_year' then period_start = date_trunc('month', period_end) - interval '11 months'
            and extract(month from period_end) = 3
        when 'rolling_12_months' then period_start = date_trunc('month', period_end) - interval '11 months'
    end and period_end = date_trunc('month', period_end) + interval '1 month' - interval '1 day'
        and period_end <= date '$as_known') is not true as period_wrong
from judged
