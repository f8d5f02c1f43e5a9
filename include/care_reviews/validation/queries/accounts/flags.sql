-- Does every account close, over its months or at each of its month ends, and is what counts what is published?
with told as (
    select
        measure_id,
        period_end,
        sum(rows) filter (where kind = 'read') as rows_read,
        sum(rows) filter (where kind <> 'read') as rows
    from $account_lines
    group by measure_id, period_end
),
closing as (
    select
        measure_id,
        case when measure_id in ($at_month_ends) then period_end end as period_end,
        sum(rows) as rows
    from told
    where period_end is not null
    group by 1, 2
),
judged as (
    select
        measures.measure_id,
        (whole.rows_read = coalesce(whole.rows, 0) + coalesce(closing.rows, 0)) is not true as is_open,
        null::boolean as differs
    from (values $measures) as measures (measure_id)
    left join told as whole on whole.measure_id = measures.measure_id and whole.period_end is null
    left join closing on closing.measure_id = measures.measure_id
    union all
    select measure_id, null, (rows = published) is not true from $account_lines where kind = 'counted'
)
select $flags
from judged
