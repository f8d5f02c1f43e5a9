{# Each month of a series ('shown' or 'computed') beside its limits, and what they say of the target. #}
{% macro trend_of(series) -%}
select
    signals.authority_code,
    signals.measure_id,
    signals.period_grain,
    signals.period_start,
    signals.period_end,
    signals.value,
    signals.unit,
    signals.status,
    signals.symbol,
    signals.centre,
    signals.lower_limit,
    signals.upper_limit,
    signals.moving_range_mean,
    signals.base_year_start,
    cast(signals.base_points as integer) as base_points,
    signals.base_points < 12 or signals.is_base_provisional as is_trial,
    signals.is_beyond_limit,
    signals.is_seven_on_one_side,
    signals.is_seven_in_one_direction,
    signals.is_two_of_three_in_outer_third,
    signals.is_beyond_limit
    or signals.is_seven_on_one_side
    or signals.is_seven_in_one_direction
    or signals.is_two_of_three_in_outer_third as is_signal,
    definitions.target,
    definitions.target_upper,
    case
        when definitions.target is null or definitions.direction = 'none' then null
        -- Of a few points nobody knows what is usual.
        when signals.base_points < 12 then null
        when definitions.direction = 'higher' and signals.lower_limit >= definitions.target then 'will'
        when definitions.direction = 'higher' and signals.upper_limit < definitions.target then 'will_not'
        when definitions.direction = 'lower' and signals.upper_limit <= definitions.target then 'will'
        when definitions.direction = 'lower' and signals.lower_limit > definitions.target then 'will_not'
        when
            definitions.direction = 'within'
            and signals.lower_limit >= definitions.target and signals.upper_limit <= definitions.target_upper
            then 'will'
        when
            definitions.direction = 'within'
            and (signals.lower_limit > definitions.target_upper or signals.upper_limit < definitions.target)
            then 'will_not'
        when signals.lower_limit is not null then 'may_or_may_not'
    end as assurance
from {{ ref('int_trend__signals') }} as signals
inner join {{ ref('kpi_definition') }} as definitions
    on
        signals.authority_code = definitions.authority_code
        and signals.measure_id = definitions.measure_id
        and signals.period_end >= definitions.valid_from
        and (definitions.valid_to is null or signals.period_end <= definitions.valid_to)
where signals.series = '{{ series }}'
{%- endmacro %}
