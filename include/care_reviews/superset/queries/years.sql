-- One row per measure: the newest financial year, or its 31 March, beside the year before.
select
    compared.authority_code,
    compared.measure_id,
    definition.name,
    definition.sort_order,
    compared.period_grain,
    compared.period_end,
    compared.value,
    compared.value_last_year,
    compared.difference,
    compared.unit,
    compared.symbol,
    compared.symbol_last_year,
    compared.lower_bound,
    compared.upper_bound,
    compared.lower_bound_last_year,
    compared.upper_bound_last_year,
    compared.do_intervals_overlap,
    compared.publication_id,
    compared.as_known
from published.kpi_comparison as compared
inner join published.kpi_definition as definition
    on
        definition.authority_code = compared.authority_code
        and definition.measure_id = compared.measure_id
        and compared.period_end >= definition.valid_from
        and (definition.valid_to is null or compared.period_end <= definition.valid_to)
where
    compared.breakdown = 'all'
    and compared.period_grain in ('financial_year', 'snapshot')
    and compared.period_end = (
        select max(newest.period_end)
        from published.kpi_comparison as newest
        where newest.authority_code = compared.authority_code and newest.period_grain = 'financial_year'
    )
