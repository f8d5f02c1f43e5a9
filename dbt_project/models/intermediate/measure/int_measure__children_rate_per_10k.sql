-- Children looked after at each month end, and the population of their age; without an estimate that is not known.
select
    children.authority_code,
    'children_rate_per_10k' as measure_id,
    children.period_grain,
    children.period_start,
    children.period_end,
    children.breakdown,
    children.category,
    children.numerator,
    population.aged_0_to_17 as denominator
from {{ ref('int_measure__children_looked_after') }} as children
left join {{ ref('int_care__population_at_month_end') }} as population
    on
        children.authority_code = population.authority_code
        and children.period_end = population.month_end
where children.breakdown = 'all'
