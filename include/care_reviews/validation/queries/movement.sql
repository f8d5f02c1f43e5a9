-- One row: did the number of children looked after change more than children do, since the last publication?
with tonight as (
    select period_end, numerator from $candidate.kpi_value_unsuppressed
    where measure_id = 'children_looked_after' and breakdown = 'all'
),
before as (
    select period_end, numerator from published.kpi_value
    where authority_code = '$authority' and measure_id = 'children_looked_after' and breakdown = 'all'
        and numerator is not null
),
compared as (
    select
        (select numerator from tonight order by period_end desc limit 1) as now_counted,
        (select numerator from before order by period_end desc limit 1) as counted_before
)
select case when counted_before is not null then
    (abs(now_counted - counted_before) < $few_children
        or abs(now_counted - counted_before) <= $change * counted_before) is not true
end as implausible
from compared
