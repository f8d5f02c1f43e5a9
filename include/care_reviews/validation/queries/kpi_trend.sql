-- One row a month of a measure that has to be in the trend, or is: does it agree with the values that it is made
-- from, and with itself?
with followed as (
    select kpi.*, bool_or(period_grain = 'month') over (partition by measure_id) as has_months
    from $candidate.$values as kpi
    where breakdown = 'all' and period_grain in ('month', 'snapshot')
),
trend as (
    select
        *,
        upper_limit - centre as reach,
        abs(value - centre) < 0.6666 * (upper_limit - centre) - 0.0001 as is_inner
    from $candidate.$trend
),
targets as (
    select
        measure_id, target, target_upper, direction, looks_back_months > 0 or is_year_to_date as has_windows, valid_from, coalesce(valid_to, 'infinity') as valid_to
    from $candidate.kpi_definition
),
bases as (
    select
        trend.measure_id, trend.period_end, count(point.value) as points,
        coalesce(bool_or(point.status = 'provisional'), false) as is_provisional,
        case
            when bool_or(point.symbol = 'c') then 'c'
            when bool_or(point.symbol = 'x') then 'x'
        end as symbol
    from trend
    left join followed as point
        on point.measure_id = trend.measure_id and point.period_grain = trend.period_grain
        and point.period_end between trend.base_year_start - 1 and trend.base_year_start + interval '1 year' - interval '1 day'
    group by trend.measure_id, trend.period_end
),
reasons as (
    select
        bases.*,
        case
            when targets.has_windows and not followed.has_months then 'z'
            else bases.symbol
        end as why_no_limits
    from bases
    inner join targets
        on targets.measure_id = bases.measure_id and bases.period_end between targets.valid_from and targets.valid_to
    inner join followed
        on followed.measure_id = bases.measure_id and followed.period_end = bases.period_end
        and followed.has_months = (followed.period_grain = 'month')
)
select
    followed.measure_id is null or trend.measure_id is null as differs,
    (trend.value is not distinct from followed.value) is not true as value_differs,
    trend.symbol is distinct from coalesce(followed.symbol, reasons.why_no_limits) as symbol_wrong,
    (case
        when reasons.why_no_limits is not null
            then num_nonnulls(trend.centre, trend.lower_limit, trend.upper_limit, trend.moving_range_mean, assurance) = 0
        when trend.base_points = 0 then trend.centre is null
        when trend.base_points = 1 then trend.centre is not null and trend.upper_limit is null
        else abs(reach - 2.66 * trend.moving_range_mean) < 0.001
            and abs(trend.centre - trend.lower_limit - reach) < 0.001 and trend.moving_range_mean >= 0
    end) is not true as limits_wrong,
    (trend.base_points between 0 and 13 and trend.base_points = reasons.points and trend.is_trial = (trend.base_points < 12 or reasons.is_provisional)
        and extract(month from trend.base_year_start) = 4 and extract(day from trend.base_year_start) = 1
        and trend.period_end > trend.base_year_start and trend.period_end < trend.base_year_start + interval '2 years'
    ) is not true as base_wrong,
    (case
        when trend.value is null or reasons.why_no_limits is not null then num_nulls(
            is_beyond_limit, is_seven_on_one_side, is_seven_in_one_direction, is_two_of_three_in_outer_third, is_signal
        ) = 5
        else is_signal = (
                is_beyond_limit or is_seven_on_one_side or is_seven_in_one_direction or is_two_of_three_in_outer_third
            )
            and is_beyond_limit = coalesce(trend.value > trend.upper_limit or trend.value < trend.lower_limit, false)
            and not (is_seven_on_one_side and trend.value = trend.centre)
            and not (is_two_of_three_in_outer_third and is_inner)
    end) is not true as signal_wrong,
    ((trend.target, trend.target_upper) is not distinct from (targets.target, targets.target_upper) and assurance is not distinct from case
        when targets.target is null or reach is null or trend.base_points < 12 then null
        when targets.direction = 'higher' then case
            when targets.target <= trend.lower_limit then 'will'
            when targets.target <= trend.upper_limit then 'may_or_may_not'
            else 'will_not'
        end
        when targets.direction = 'lower' then case
            when targets.target >= trend.upper_limit then 'will'
            when targets.target >= trend.lower_limit then 'may_or_may_not'
            else 'will_not'
        end
        when targets.direction = 'within' then case
            when trend.lower_limit between targets.target and targets.target_upper
                and trend.upper_limit between targets.target and targets.target_upper then 'will'
            when trend.upper_limit >= targets.target and trend.lower_limit <= targets.target_upper then 'may_or_may_not'
            else 'will_not'
        end
    end) is not true as assurance_wrong
from (select * from followed where has_months = (period_grain = 'month')) as followed
full join trend
    on trend.measure_id = followed.measure_id and trend.period_grain = followed.period_grain
    and trend.period_start = followed.period_start and trend.period_end = followed.period_end
left join targets
    on targets.measure_id = coalesce(trend.measure_id, followed.measure_id)
    and coalesce(trend.period_end, followed.period_end) between targets.valid_from and targets.valid_to
left join reasons
    on reasons.measure_id = trend.measure_id and reasons.period_end = trend.period_end
