-- One row a period and breakdown of a measure: is every category there, and do they make up the whole?
with planned (measure_id, breakdown, adds_up) as (values $breakdowns),
categories as (
    select breakdown, count(*) as categories from $candidate.dim_category group by breakdown
),
wholes as (
    select * from $candidate.kpi_value_unsuppressed where breakdown = 'all' and category = 'all'
),
expected as (
    select wholes.*, planned.breakdown as by_breakdown, planned.adds_up, coalesce(categories.categories, 0) as categories
    from wholes
    inner join planned using (measure_id)
    left join categories on categories.breakdown = planned.breakdown
),
parts as (
    select
        kpi.measure_id, kpi.period_grain, kpi.period_start, kpi.period_end, kpi.breakdown as by_breakdown,
        count(distinct known.category) as known_categories, count(*) as values_given,
        coalesce(sum(kpi.numerator), 0) as numerator, coalesce(sum(kpi.denominator), 0) as denominator,
        max(kpi.numerator) as greatest
    from $candidate.kpi_value_unsuppressed as kpi
    left join $candidate.dim_category as known on known.breakdown = kpi.breakdown and known.category = kpi.category
    where kpi.breakdown <> 'all'
    group by kpi.measure_id, kpi.period_grain, kpi.period_start, kpi.period_end, kpi.breakdown
)
select
    (expected.categories = parts.values_given and parts.values_given = parts.known_categories and parts.values_given > 0)
        is not true as categories_differ,
    case when expected.adds_up and expected.symbol is distinct from 'x' then (parts.numerator = expected.numerator) is not true end as numerators_differ,
    case when not expected.adds_up and expected.unit <> 'working_days' and expected.symbol is distinct from 'x' then
        (parts.greatest <= expected.numerator and parts.numerator >= expected.numerator) is not true
    end as children_differ,
    case when expected.denominator is not null then (parts.denominator = expected.denominator) is not true end
        as denominators_differ
from expected
full join parts using (measure_id, period_grain, period_start, period_end, by_breakdown)
