-- One row per measure, base year and month, with the limits that the points of the base give. A month without a value
-- is no point: its neighbours are neighbours.
with moved as (
    select
        *,
        value - lag(value) over (
            partition by authority_code, measure_id, base_year_start, value is null
            order by period_end
        ) as moved
    from {{ ref('int_trend__points') }}
),

means as (
    select
        *,
        count(case when is_in_base then value end) over (
            partition by authority_code, measure_id, base_year_start
        ) as base_points,
        avg(case when is_in_base then value end) over (
            partition by authority_code, measure_id, base_year_start
        ) as mean,
        avg(case when is_in_base then abs(moved) end) over (
            partition by authority_code, measure_id, base_year_start
        ) as mean_range
    from moved
)

select
    *,
    cast(mean as numeric(9, 4)) as centre,
    cast(mean_range as numeric(9, 4)) as moving_range_mean,
    cast(mean - 2.66 * mean_range as numeric(9, 4)) as lower_limit,
    cast(mean + 2.66 * mean_range as numeric(9, 4)) as upper_limit
from means
