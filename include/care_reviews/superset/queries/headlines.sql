-- One row per measure that is followed by month: its newest month, beside target and usual variation.
select
    trend.authority_code,
    trend.measure_id,
    definition.name,
    definition.sort_order,
    trend.period_end,
    trend.value,
    trend.unit,
    case when trend.value is null then trend.symbol end as symbol,
    trend.status,
    trend.target,
    trend.target_upper,
    trend.assurance,
    trend.is_signal,
    trend.publication_id,
    trend.as_known
from published.kpi_trend as trend
inner join published.kpi_definition as definition
    on
        definition.authority_code = trend.authority_code
        and definition.measure_id = trend.measure_id
        and trend.period_end >= definition.valid_from
        and (definition.valid_to is null or trend.period_end <= definition.valid_to)
where
    trend.period_end = (
        select max(newest.period_end)
        from published.kpi_trend as newest
        where newest.authority_code = trend.authority_code
    )
