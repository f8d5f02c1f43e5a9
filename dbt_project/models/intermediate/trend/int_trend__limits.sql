-- One row per series, measure, base year and month, with the limits that the points of the base give. A month with
-- nothing to divide by is no point: its neighbours are neighbours. Where a point is suppressed or not available
-- there are no limits, and no run reaches over it.
with stretches as (
    select
        *,
        sum(case when symbol in ('c', 'x') then 1 else 0 end) over (
            partition by series, authority_code, measure_id, base_year_start
            order by period_end
        ) as stretch
    from {{ ref('int_trend__points') }}
),

moved as (
    select
        *,
        value - lag(value) over (
            partition by series, authority_code, measure_id, base_year_start, stretch, value is null
            order by period_end
        ) as moved
    from stretches
),

means as (
    select
        *,
        count(case when is_in_base then value end) over ({{ of_base() }}) as base_points,
        avg(case when is_in_base then value end) over ({{ of_base() }}) as mean,
        avg(case when is_in_base then abs(moved) end) over ({{ of_base() }}) as mean_range,
        max(case when is_in_base and status = 'provisional' then 1 else 0 end) over ({{ of_base() }}) = 1
            as is_base_provisional,
        -- In the order of the alphabet: what is suppressed goes before what is not available.
        case
            when not stands_alone then 'z'
            else min(case when is_in_base and symbol in ('c', 'x') then symbol end) over ({{ of_base() }})
        end as why_no_limits
    from moved
)

select
    *,
    {{ where_limits('mean') }} as centre,
    {{ where_limits('mean_range') }} as moving_range_mean,
    {{ where_limits('mean - 2.66 * mean_range') }} as lower_limit,
    {{ where_limits('mean + 2.66 * mean_range') }} as upper_limit
from means
