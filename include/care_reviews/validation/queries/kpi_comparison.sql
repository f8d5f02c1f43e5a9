-- One row a value of a year: does its comparison hold what is published of both years, and say what follows?
with years as (
    select * from $candidate.kpi_value
    where period_grain in ('financial_year', 'rolling_12_months')
        or (period_grain = 'snapshot' and to_char(period_end, 'MM-DD') = '03-31')
)
select
    years.measure_id is null or compared.measure_id is null as differs,
    ((compared.numerator, compared.denominator, compared.value, compared.symbol)
        is not distinct from (years.numerator, years.denominator, years.value, years.symbol)
    and (
        compared.numerator_last_year, compared.denominator_last_year, compared.value_last_year, compared.symbol_last_year
    ) is not distinct from (
        earlier.numerator, earlier.denominator, earlier.value, case when earlier.measure_id is null then 'x' else earlier.symbol end
    )
    ) is not true as values_differ,
    compared.difference is distinct from years.value - earlier.value as difference_wrong,
    (case
        when years.unit = 'percent' and years.value is not null
            then compared.lower_bound between 0 and years.value and compared.upper_bound between years.value and 100
                -- Wilson's bounds are the shares for which the one seen is z standard errors away.
                and (compared.lower_bound = 0 or abs(
                    abs(years.value - compared.lower_bound)
                    - 1.959964 * sqrt(compared.lower_bound * (100 - compared.lower_bound) / years.denominator)
                ) < 0.01)
                and (compared.upper_bound = 100 or abs(
                    abs(years.value - compared.upper_bound)
                    - 1.959964 * sqrt(compared.upper_bound * (100 - compared.upper_bound) / years.denominator)
                ) < 0.01)
        else num_nonnulls(compared.lower_bound, compared.upper_bound) = 0
    end) is not true as interval_wrong,
    compared.do_intervals_overlap is distinct from case
        when num_nulls(compared.lower_bound, compared.lower_bound_last_year) = 0
            then greatest(compared.lower_bound, compared.lower_bound_last_year)
                <= least(compared.upper_bound, compared.upper_bound_last_year)
    end as overlap_wrong
from years
full join $candidate.kpi_comparison as compared
    on compared.measure_id = years.measure_id and compared.period_grain = years.period_grain
    and compared.period_start = years.period_start and compared.period_end = years.period_end
    and compared.breakdown = years.breakdown and compared.category = years.category
left join years as earlier
    on earlier.measure_id = years.measure_id and earlier.period_grain = years.period_grain
    and earlier.period_end = (date_trunc('month', years.period_end) - interval '11 months' - interval '1 day')::date
    and earlier.breakdown = years.breakdown and earlier.category = years.category and earlier.unit = years.unit
