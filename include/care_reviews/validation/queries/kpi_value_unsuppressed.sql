-- One row a value: every fault that one row can have.
with definitions as (
    select measure_id, unit, looks_back_months, is_year_to_date, is_as_landed, valid_from, coalesce(valid_to, 'infinity') as valid_to
    from $candidate.kpi_definition
),
nights as (
    select coalesce(min(as_known), date '$as_known') as first_night
    from audit.extract
    where authority_code = '$authority' and extract_id <= $extract_id and status = 'landed'
),
judged as (
    select
        kpi.*,
        -- The reporting year of a month end began in the April that is 0 to 11 months before it.
        date '$covered_from' <= case
            when kpi.period_grain <> 'snapshot' then kpi.period_start - make_interval(months => coalesce(looks_back_months, 0))
            when is_year_to_date then date_trunc('month', kpi.period_end)
                - make_interval(months => (extract(month from kpi.period_end)::integer + 8) % 12)
            when looks_back_months > 0
                then date_trunc('month', kpi.period_end) - make_interval(months => looks_back_months - 1)
            else kpi.period_end
        end and (not is_as_landed or first_night <= kpi.period_end) as is_covered,
        definitions.unit as defined_unit,
        kpi.unit = 'percent' as is_percent,
        units.multiplier,
        units.is_ratio,
        units.has_denominator,
        -- Among no alerts, and among open ones, the working days are not known; nor is a population not estimated.
        coalesce(units.may_lack, '') as may_lack
    from $candidate.kpi_value_unsuppressed as kpi
    cross join nights
    left join $candidate.measure_unit as units on units.unit = kpi.unit
    left join definitions
        on definitions.measure_id = kpi.measure_id
        and kpi.period_end between definitions.valid_from and definitions.valid_to
)
select
    case when not is_covered then (num_nonnulls(numerator, denominator, value) = 0 and symbol = 'x') is not true else false end
        as coverage_wrong,
    is_covered and (numerator >= 0 or (may_lack = 'numerator' and numerator is null)) is not true as numerator_wrong,
    is_covered and (case
        when not has_denominator then denominator is null
        else denominator >= 0 or (may_lack = 'denominator' and denominator is null)
    end) is not true as denominator_wrong,
    is_covered and (not is_percent or numerator <= denominator) is not true as above_denominator,
    is_covered and (case
        when value is null then (is_ratio and denominator = 0)
            or (may_lack = 'numerator' and numerator is null) or (may_lack = 'denominator' and denominator is null)
        when is_ratio then value = round(multiplier * numerator / nullif(denominator, 0), 4)
        else value = multiplier * numerator
    end) is not true as value_wrong,
    (value is null or not is_percent or value between 0 and 100) is not true as percent_outside,
    (case when value is null then symbol in ('c', 'z', 'x') else symbol is null end) is not true as symbol_wrong,
    (unit = defined_unit) is not true as undefined,
    (status = case when period_end > date '$as_known' - provisional_days then 'provisional' else 'final' end)
        is not true as status_wrong,
    (case period_grain
        when 'snapshot' then period_start = period_end
        when 'month' then period_start = date_trunc('month', period_end)
        when 'quarter' then period_start = date_trunc('month', period_end) - interval '2 months'
            and extract(month from period_end) in (3, 6, 9, 12)
        when 'financial_year' then period_start = date_trunc('month', period_end) - interval '11 months'
            and extract(month from period_end) = 3
        when 'rolling_12_months' then period_start = date_trunc('month', period_end) - interval '11 months'
    end and period_end = date_trunc('month', period_end) + interval '1 month' - interval '1 day'
        and period_end <= date '$as_known') is not true as period_wrong
from judged, $landed_recording_delay
