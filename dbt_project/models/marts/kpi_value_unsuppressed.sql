-- One row per measure, period and category: numerator, denominator, value and its standing. Of a period that began
-- before the council's records did nothing is said.
with cells as (
    select
        cells.authority_code,
        cells.measure_id,
        cells.period_grain,
        cells.period_start,
        cells.period_end,
        cells.breakdown,
        cells.category,
        case when windows.is_covered then cells.numerator end as numerator,
        case when windows.is_covered then cells.denominator end as denominator
    from {{ ref('int_measure__cells') }} as cells
    inner join {{ ref('int_time__windows') }} as windows
        on
            cells.authority_code = windows.authority_code
            and cells.measure_id = windows.measure_id
            and cells.period_grain = windows.period_grain
            and cells.period_start = windows.period_start
            and cells.period_end = windows.period_end
)

select
    cells.authority_code,
    cells.measure_id,
    cells.period_grain,
    cells.period_start,
    cells.period_end,
    cells.breakdown,
    cells.category,
    cast(cells.numerator as integer) as numerator,
    cast(cells.denominator as integer) as denominator,
    cast(
        case
            when units.is_ratio then round(units.multiplier * cells.numerator / nullif(cells.denominator, 0), 4)
            else units.multiplier * cells.numerator
        end as numeric(9, 4)
    ) as value,
    definitions.unit,
    case
        when cells.period_end > {{ date_after('day', '-delay.provisional_days', as_known()) }} then 'provisional'
        else 'final'
    end as status,
    case
        when cells.denominator = 0 then 'z'
        when cells.numerator is null or (units.has_denominator and cells.denominator is null) then 'x'
    end as symbol
from cells
inner join {{ ref('kpi_definition') }} as definitions
    on
        cells.authority_code = definitions.authority_code
        and cells.measure_id = definitions.measure_id
        and cells.period_end >= definitions.valid_from
        and (definitions.valid_to is null or cells.period_end <= definitions.valid_to)
inner join {{ ref('measure_unit') }} as units
    on definitions.unit = units.unit
inner join {{ ref('int_time__recording_delay') }} as delay
    on cells.authority_code = delay.authority_code
