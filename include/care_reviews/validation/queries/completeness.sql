-- One row a value that must be there: each measure in each of its periods, of the completed months that are published.
with month_ends as (
    select (date_trunc('month', date '$as_known' + 1) - make_interval(months => back) - interval '1 day')::date as period_end
    from generate_series(0, $months_published - 1) as back
),
spans as (
    select 'month' as period_grain, date_trunc('month', period_end)::date as period_start, period_end from month_ends
    union all
    select 'quarter', (date_trunc('month', period_end) - interval '2 months')::date, period_end from month_ends
    where extract(month from period_end) in (3, 6, 9, 12)
    union all
    select 'financial_year', (date_trunc('month', period_end) - interval '11 months')::date, period_end from month_ends
    where extract(month from period_end) = 3
    union all
    select 'rolling_12_months', (date_trunc('month', period_end) - interval '11 months')::date, period_end from month_ends
    union all
    select 'snapshot', period_end, period_end from month_ends
),
schedule (measure_id, is_snapshot, is_year, is_part) as (values $schedule),
expected as (
    select schedule.measure_id, spans.*
    from schedule
    inner join spans on case
        when spans.period_grain = 'snapshot' then is_snapshot
        when spans.period_grain in ('month', 'quarter') then is_part
        else is_year
    end
    inner join $candidate.kpi_definition as definition
        on definition.measure_id = schedule.measure_id
        and spans.period_end between definition.valid_from and coalesce(definition.valid_to, 'infinity')
),
found as (
    select measure_id, period_grain, period_start, period_end, count(*) as times
    from $candidate.kpi_value_unsuppressed
    where breakdown = 'all' and category = 'all'
    group by measure_id, period_grain, period_start, period_end
)
select
    expected.measure_id is not null and found.times is null as absent,
    coalesce(found.times, 1) > 1 as repeated,
    expected.measure_id is null as unexpected
from expected
full join found using (measure_id, period_grain, period_start, period_end)
