-- One row a value that is published, or ought to be: is it what was computed, and does it hide what is small, and
-- what no publication before has told?
with computed as (
    select * from $candidate.kpi_value_unsuppressed
    where breakdown = 'all' or period_grain = 'financial_year'
        or (period_grain = 'snapshot' and measure_id <> 'review_timeliness_reviews')
),
shown as (
    select
        *,
        symbol is not distinct from 'c' as is_hidden,
        unit not in ('working_days', 'fte') as counts_people,
        unit <> 'children_per_fte' as is_of_people
    from $candidate.kpi_value
)
select
    shown.measure_id is null as absent,
    computed.measure_id is null as unexpected,
    case when is_hidden then
        (shown.numerator is null and shown.denominator is null and shown.value is null) is not true
    end as shows_something,
    case when not is_hidden then
        (shown.numerator, shown.denominator, shown.value, shown.symbol)
        is distinct from (computed.numerator, computed.denominator, computed.value, computed.symbol)
    end as differs,
    (shown.unit, shown.status) is distinct from (computed.unit, computed.status) as words_differ,
    case when not is_hidden then counts_people and coalesce(shown.numerator, 0) between 1 and 5 end as small_numerator,
    case when not is_hidden then is_of_people and coalesce(shown.denominator, 0) between 1 and 5 end as small_denominator,
    case when not is_hidden and shown.unit = 'percent' then
        coalesce(shown.denominator - shown.numerator, 0) between 1 and 5
    end as small_complement,
    case when shown.is_hidden then coalesce(named.reason, '') = 'told' end as is_told
from shown
left join $candidate.int_disclosure__suppressed_cells as named using (
    authority_code, measure_id, period_grain, period_start, period_end, breakdown, category
)
full join computed using (
    authority_code, measure_id, period_grain, period_start, period_end, breakdown, category
)
