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
nights as (
    select coalesce(min(as_known), date '$as_known') as first_night
    from audit.extract
    where authority_code = '$authority' and extract_id <= $extract_id and status = 'landed'
),
as_landed as (
    select measure_id from $candidate.kpi_definition group by measure_id having bool_or(is_as_landed)
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
    -- Before the first night nothing may be said of what is taken as it had landed.
    select lines.measure_id, null, case
        when as_landed.measure_id is not null and lines.period_end < nights.first_night then lines.published is not null
        else (lines.rows = lines.published) is not true
    end
    from $account_lines as lines
    cross join nights
    left join as_landed using (measure_id)
    where lines.kind = 'counted'
)
select $flags
from judged
