-- One row per measure, breakdown and category: the newest snapshot and the newest financial year.
select
    newest.authority_code,
    newest.measure_id,
    newest.period_grain,
    newest.period_end,
    newest.breakdown,
    newest.category,
    known.sort_order,
    newest.numerator,
    newest.denominator,
    newest.value,
    newest.unit,
    newest.symbol,
    newest.status,
    newest.publication_id,
    newest.as_known
from (
    select
        *,
        max(period_end) over (partition by authority_code, measure_id, period_grain) as newest_end
    from published.kpi_value
    where period_grain in ('snapshot', 'financial_year')
) as newest
inner join published.dim_category as known
    on
        known.authority_code = newest.authority_code
        and known.breakdown = newest.breakdown
        and known.category = newest.category
where newest.period_end = newest.newest_end
