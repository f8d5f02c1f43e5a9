-- One row per series, measure and month, with the four signals. A run does not reach back over a change of base.
with placed as (
    select
        *,
        sign(value - centre) as side,
        sign(moved) as direction,
        case
            when 3 * (value - centre) > 2 * (upper_limit - centre) then 1
            when 3 * (centre - value) > 2 * (centre - lower_limit) then -1
            else 0
        end as outer_side
    from {{ ref('int_trend__limits') }}
),

runs as (
    select
        *,
        abs(sum(side) over ({{ last_points(7) }})) as on_one_side,
        -- Seven points rise in six steps.
        abs(sum(direction) over ({{ last_points(6) }})) as in_one_direction,
        sum(case when outer_side = 1 then 1 else 0 end) over ({{ last_points(3) }}) as in_upper_third,
        sum(case when outer_side = -1 then 1 else 0 end) over ({{ last_points(3) }}) as in_lower_third
    from placed
)

select
    series,
    authority_code,
    measure_id,
    period_grain,
    period_start,
    period_end,
    value,
    unit,
    status,
    coalesce(symbol, why_no_limits) as symbol,
    base_year_start,
    base_points,
    is_base_provisional,
    centre,
    moving_range_mean,
    lower_limit,
    upper_limit,
    {{ where_a_point('value > upper_limit or value < lower_limit') }} as is_beyond_limit,
    {{ where_a_point('on_one_side = 7') }} as is_seven_on_one_side,
    {{ where_a_point('in_one_direction = 6') }} as is_seven_in_one_direction,
    {{ where_a_point(
        '(outer_side = 1 and in_upper_third >= 2) or (outer_side = -1 and in_lower_third >= 2)'
    ) }} as is_two_of_three_in_outer_third
from runs
where not is_month_before
