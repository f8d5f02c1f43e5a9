-- One row a quarter or year of a flow whose months are all published: do its months add up to it?
with flows as (
    select measure_id, period_grain, period_start, period_end, numerator
    from $candidate.kpi_value_unsuppressed
    where measure_id in ('reviews_held', 'periods_started', 'periods_ceased', 'alerts_raised', 'alerts_concluded') and breakdown = 'all'
)
select whole.numerator <> sum(months.numerator) as differs
from flows as whole
inner join flows as months
    on months.measure_id = whole.measure_id and months.period_grain = 'month'
    and months.period_start >= whole.period_start and months.period_end <= whole.period_end
where whole.period_grain in ('quarter', 'financial_year', 'rolling_12_months')
group by whole.measure_id, whole.period_grain, whole.period_start, whole.period_end, whole.numerator
having count(*) = case whole.period_grain when 'quarter' then 3 else 12 end
