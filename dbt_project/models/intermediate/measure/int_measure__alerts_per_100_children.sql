-- Alerts raised in each year, and the children looked after at its end.
select
    raised.authority_code,
    'alerts_per_100_children' as measure_id,
    raised.period_grain,
    raised.period_start,
    raised.period_end,
    raised.breakdown,
    raised.category,
    raised.numerator,
    children.numerator as denominator
from {{ ref('int_measure__alerts_raised') }} as raised
inner join {{ ref('int_measure__children_looked_after') }} as children
    on
        raised.authority_code = children.authority_code
        and raised.period_end = children.period_end
        and raised.breakdown = children.breakdown
        and raised.category = children.category
where raised.period_grain in ('financial_year', 'rolling_12_months')
