-- One row a measure that moved, and what moved with it: the measures that it is made of, beside their means, and of each
-- breakdown the category that moved most since the month before. No number is told, and no category of small ones is named.
with moved (measure_id, period_grain, period_end) as (values $moved),
parts (measure_id, part) as (
    values
        ('children_looked_after', 'children_started'), ('children_looked_after', 'children_ceased'),
        ('children_looked_after_uasc', 'children_looked_after'),
        ('participation', 'participation_not'), ('participation', 'participation_not_recorded'),
        ('participation_not', 'participation_not_recorded'),
        ('review_up_to_date', 'overdue_reviews'), ('overdue_reviews', 'reviews_held'),
        ('alerts_open', 'alerts_raised'), ('alerts_open', 'alerts_concluded'),
        ('caseload_per_fte', 'chair_fte'), ('caseload_per_fte', 'children_looked_after')
),
with_it as (
    select
        moved.measure_id,
        array_agg(
            array[trend.measure_id, case when trend.value > trend.centre then 'above' else 'below' end]
            order by trend.measure_id
        ) as pairs
    from moved
    inner join parts using (measure_id)
    inner join $candidate.kpi_trend as trend
        on trend.measure_id = parts.part and trend.period_end = moved.period_end and trend.value <> trend.centre
    group by moved.measure_id
),
cells as (
    select
        kpi.measure_id,
        kpi.breakdown,
        kpi.category,
        kpi.period_end = moved.period_end as is_newest,
        kpi.numerator
    from moved
    inner join $candidate.kpi_value_unsuppressed as kpi
        on kpi.measure_id = moved.measure_id and kpi.period_grain = moved.period_grain and kpi.breakdown <> 'all'
        and kpi.period_end in (
            moved.period_end, (date_trunc('month', moved.period_end) - interval '1 day')::date
        )
),
categories as (
    select measure_id, breakdown, category,
        abs(max(numerator) filter (where is_newest) - max(numerator) filter (where not is_newest)) as distance
    from cells
    group by measure_id, breakdown, category
    having bool_and(numerator = 0 or numerator >= $small)
),
most as (
    select distinct on (measure_id, breakdown) measure_id, breakdown, category
    from categories
    where distance >= $small
    order by measure_id, breakdown, distance desc, category
),
named as (
    select measure_id, array_agg(array[breakdown, category] order by breakdown) as pairs
    from most
    group by measure_id
)
select measure_id, with_it.pairs as measures, named.pairs as categories
from moved
left join with_it using (measure_id)
left join named using (measure_id)
order by measure_id
