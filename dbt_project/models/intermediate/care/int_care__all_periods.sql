-- One row per period of care of a person, series of short breaks included: from its first episode to its last.
with placed as (
    select
        *,
        row_number() over (
            partition by authority_code, period_id
            order by {{ episode_order() }}
        ) as position,
        count(*) over (partition by authority_code, period_id) as episodes
    from {{ ref('stg_lcs__fact_care_episodes') }}
    where
        period_id is not null
        and start_date is not null
),

periods as (
    select
        authority_code,
        period_id,
        min(start_date) as start_date,
        max(case when position = 1 then start_reason_code end) as start_reason_code,
        max(case when position = 1 then source_person_id end) as first_source_person_id,
        max(case when position = episodes and end_reason_code != 'X1' then end_date end) as end_date,
        max(case when position = episodes then end_reason_code end) as last_reason_code
    from placed
    group by authority_code, period_id
)

select
    periods.authority_code,
    periods.period_id,
    identities.person_id,
    periods.start_date,
    periods.end_date,
    periods.start_reason_code,
    case when periods.end_date is not null then periods.last_reason_code end as end_reason_code
from periods
left join {{ ref('stg_lcs__fact_cla') }} as cla
    on
        periods.authority_code = cla.authority_code
        and periods.period_id = cla.period_id
inner join {{ ref('int_person__identities') }} as identities
    on
        periods.authority_code = identities.authority_code
        and coalesce(cla.source_person_id, periods.first_source_person_id) = identities.source_person_id
