-- One row a measure that the last publication had: did it move, since then, further than it usually does, or than can be?
-- A month is compared once it is final, a month end at once. What is suppressed is compared with nothing. A share of 100
-- lets everything through, also what was none before.
with publication as (
    select as_known from $published where authority_code = '$authority' order by as_known desc limit 1
),
before as (
    select
        kpi.*,
        kpi.status = 'final'
            or (kpi.period_grain = 'snapshot' and kpi.unit = 'children'
                and date '$as_known' - kpi.as_known <= $neighbouring_days) as should_stand,
        case when kpi.period_grain = 'financial_year' then $stands / 2 else $stands end as share
    from $published as kpi
    where kpi.authority_code = '$authority' and kpi.breakdown = 'all'
),
tonight as materialized (
    select * from $candidate.kpi_value where breakdown = 'all'
),
revised as (
    select
        before.measure_id,
        $stands < 100 and bool_or(
            abs(now.numerator - before.numerator) > greatest($few_people - 1, before.share * before.numerator)
            or coalesce(abs(now.denominator - before.denominator), 0)
                > greatest($few_people - 1, before.share * coalesce(before.denominator, 0))
        ) as is_revised
    from before
    inner join tonight as now
        on now.measure_id = before.measure_id and now.period_grain = before.period_grain
        and now.period_start = before.period_start and now.period_end = before.period_end
        and now.numerator is not null and before.numerator is not null and now.unit = before.unit
    where before.should_stand
    group by before.measure_id
),
newest as materialized (
    select distinct on (measure_id) *
    from $candidate.kpi_trend
    where value is not null and (period_grain = 'snapshot' or status = 'final')
    order by measure_id, period_end desc
),
judged as (
    select
        newest.*,
        kpi.denominator,
        (newest.value is distinct from before.value)
            or (newest.period_grain <> 'snapshot' and before.status <> 'final') as has_moved,
        abs(newest.value - newest.centre) as distance
    from newest
    inner join tonight as kpi
        on kpi.measure_id = newest.measure_id and kpi.period_grain = newest.period_grain
        and kpi.period_start = newest.period_start and kpi.period_end = newest.period_end
    left join before
        on before.measure_id = newest.measure_id and before.period_grain = newest.period_grain
        and before.period_start = newest.period_start and before.period_end = newest.period_end
)
select
    measures.measure_id,
    judged.period_grain,
    judged.period_end,
    case when judged.value > judged.centre then 'above' else 'below' end as side,
    case when judged.measure_id is not null then
        (judged.has_moved and judged.is_beyond_limit) is true
    end as is_beyond,
    case when judged.measure_id is not null then (
        judged.has_moved and judged.base_points >= 12 and $plausible < 100
        and judged.distance > $times_limits * (judged.upper_limit - judged.centre)
        and case
            when judged.unit in ('children', 'periods', 'reviews', 'alerts')
                then judged.distance > greatest($few_people - 1, $plausible * judged.centre)
            when judged.unit = 'percent' then judged.distance > 100 * $plausible and judged.denominator >= $few_people
        end
    ) is true end as is_implausible,
    revised.is_revised
from (select distinct measure_id from before) as measures
left join judged using (measure_id)
left join revised using (measure_id)
where exists (select from publication)
order by measures.measure_id
