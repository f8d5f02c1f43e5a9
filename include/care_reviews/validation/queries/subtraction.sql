-- One row a sum that readers can make (of categories, of a time's parts, of shares that make up 100%) and in which something
-- is hidden: is exactly one value hidden in it, so that the others give it away? What publications before have told is no
-- secret any more, and another rule's to tell of.
with shown as (
    select
        kpi.*,
        kpi.symbol is not distinct from 'c' and suppressed.reason is distinct from 'told' as is_hidden
    from $candidate.kpi_value as kpi
    left join $candidate.int_disclosure__suppressed_cells as suppressed
        on suppressed.measure_id = kpi.measure_id and suppressed.period_grain = kpi.period_grain
        and suppressed.period_start = kpi.period_start and suppressed.period_end = kpi.period_end
        and suppressed.breakdown = kpi.breakdown and suppressed.category = kpi.category
),
wholes as (
    select * from shown where breakdown = 'all'
),
-- Rows of days with few alerts in a category; other days are hidden for what they tell of other measures, and of
-- how many alerts they are is no secret.
few as (
    select distinct measure_id, period_grain, period_start, period_end, breakdown
    from $candidate.kpi_value_unsuppressed
    where unit = 'working_days' and denominator between 1 and 5
),
categories as (
    select
        bool_or(wholes.is_hidden) as whole_is_hidden,
        count(*) filter (where parts.is_hidden) as hidden_parts
    from shown as parts
    inner join wholes using (authority_code, measure_id, period_grain, period_start, period_end)
    left join few
        on few.measure_id = parts.measure_id and few.period_grain = parts.period_grain
        and few.period_start = parts.period_start and few.period_end = parts.period_end
        and few.breakdown = parts.breakdown
    where parts.breakdown <> 'all' and (parts.unit <> 'working_days' or few.measure_id is not null)
    group by parts.measure_id, parts.period_grain, parts.period_start, parts.period_end, parts.breakdown
),
times as (
    select
        bool_or(whole.is_hidden) as whole_is_hidden,
        count(*) filter (where part.is_hidden) as hidden_parts
    from wholes as whole
    inner join wholes as part
        on part.measure_id = whole.measure_id
        and part.period_start >= whole.period_start and part.period_end <= whole.period_end
        and part.period_grain = case whole.period_grain when 'quarter' then 'month' else 'quarter' end
    where whole.period_grain in ('quarter', 'financial_year') and whole.unit <> 'working_days'
    group by whole.measure_id, whole.period_grain, whole.period_start, whole.period_end
    having count(*) = case max(whole.period_grain) when 'quarter' then 3 else 4 end
),
shares as (
    select
        -- The reviews in scope are the denominator of all three, and of attendance.
        false as whole_is_hidden,
        count(*) filter (where is_hidden) as hidden_parts
    from shown
    where measure_id in ('participation', 'participation_not', 'participation_not_recorded')
    group by period_grain, period_start, period_end, breakdown, category
),
sums as (
    select * from categories union all select * from times union all select * from shares
)
select hidden_parts + whole_is_hidden::integer = 1 as gives_away
from sums
where hidden_parts > 0 or whole_is_hidden
