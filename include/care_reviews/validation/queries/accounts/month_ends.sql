-- The account of $measure at month ends: the rows of its table that were set aside, by reason, and those that count.
with month_ends as (
    select period_end, $number as published
    from $candidate.kpi_value_unsuppressed
    where measure_id = '$measure' and period_grain = 'snapshot' and breakdown = 'all' and $reaches_back_to >= date '$covered_from'
),
rows as (
    select * from $rows as rows where reason is null
),
-- Who counts at a month end by more than being looked after, where the measure asks for it.
chosen as ($chosen),
judged as (
    select
        month_ends.period_end,
        month_ends.published,
        rows.person_id,
        case
            when rows.start_date > month_ends.period_end then 'begins later'
            when rows.end_date <= month_ends.period_end then 'is over by then'
            when $is_chosen and chosen.person_id is null then '$not_chosen'
        end as reason
    from month_ends
    left join rows on true
    left join chosen on chosen.person_id = rows.person_id and chosen.period_end = month_ends.period_end
),
counted as (
    select period_end, published, count(person_id) as rows, $counted as counted
    from (select period_end, published, case when reason is null then person_id end as person_id from judged) as judged
    group by period_end, published
)
select '$measure' as measure_id, 'set aside' as kind, reason, null::date as period_end, count(*) as rows, null::bigint as published
from $rows as rows
where reason is not null
group by reason
union all
select '$measure', 'set aside', reason, period_end, count(*), null
from judged
where reason is not null
group by reason, period_end
union all
select '$measure', 'set aside', 'of a child who counts already', period_end, rows - counted, null
from counted
where rows > counted
union all
select '$measure', 'counted', null, period_end, counted, published
from counted
