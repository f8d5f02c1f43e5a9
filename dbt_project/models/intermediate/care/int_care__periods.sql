-- One row per period of care that measures count: without series of short breaks, in which every
-- legal status that overlaps the period, and at least one does, is a short break.
with short_breaks as (
    select
        periods.authority_code,
        periods.period_id
    from {{ ref('int_care__all_periods') }} as periods
    inner join {{ ref('int_care__legal_statuses') }} as statuses
        on
            periods.authority_code = statuses.authority_code
            and periods.person_id = statuses.person_id
            and (periods.end_date is null or periods.end_date > statuses.start_date)
            and (statuses.end_date is null or periods.start_date < statuses.end_date)
    group by periods.authority_code, periods.period_id
    having min(case when statuses.is_short_break then 1 else 0 end) = 1
)

select
    periods.*,
    reasons.end_reason_group as end_reason,
    row_number() over (
        partition by periods.authority_code, periods.person_id order by periods.start_date, periods.period_id
    ) as period_number
from {{ ref('int_care__all_periods') }} as periods
left join short_breaks
    on
        periods.authority_code = short_breaks.authority_code
        and periods.period_id = short_breaks.period_id
left join {{ ref('episode_end_reason') }} as reasons
    on periods.end_reason_code = reasons.end_reason_code
where short_breaks.period_id is null
