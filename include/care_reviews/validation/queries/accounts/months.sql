-- The account of $measure by month: the rows of its table that were set aside, by reason, and those that count.
with months as (
    select period_start, period_end, $number as published
    from $candidate.kpi_value_unsuppressed
    where measure_id = '$measure' and period_grain = 'month' and breakdown = 'all' and $reaches_back_to >= date '$covered_from'
),
judged as (
    select
        rows.person_id,
        months.period_end,
        coalesce($reason_of_scope, case
            when rows.$dated is null then 'not ended'
            when months.period_end is null then 'outside the months published'
        end) as reason
    from $rows as rows
    left join months on rows.$dated between months.period_start and months.period_end
    where rows.reason is null
),
counted as (
    select period_end, count(*) as rows, $counted as counted from judged where reason is null group by period_end
)
select '$measure' as measure_id, 'set aside' as kind, reason, null::date as period_end, count(*) as rows, null::bigint as published
from (
    select reason from $rows as rows where reason is not null
    union all
    select reason from judged where reason is not null
) as aside
group by reason
union all
select '$measure', 'set aside', 'of a child who counts already', period_end, rows - counted, null
from counted
where rows > counted
union all
select '$measure', 'counted', null, months.period_end, coalesce(counted.counted, 0), months.published
from months
left join counted using (period_end)
