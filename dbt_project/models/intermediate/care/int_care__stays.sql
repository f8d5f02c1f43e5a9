-- One row per stay of a child with the same carers in a period of care: from the episode that began it to the next
-- stay, or the end of care. Temporary placements (T0 to T4) neither begin nor end one. An episode continues the stay
-- when it says that the carers are the same (RNE L, T, U), or names the placement before.
with placements as (
    select
        placements.authority_code,
        placements.placement_id,
        kinds.placement_group
    from {{ ref('stg_lcs__fact_cla_placement') }} as placements
    inner join {{ ref('placement_type') }} as kinds
        on placements.placement_type_code = kinds.placement_type_code
),

lasting as (
    select
        episodes.*,
        placements.placement_group
    from {{ ref('stg_lcs__fact_care_episodes') }} as episodes
    left join placements
        on
            episodes.authority_code = placements.authority_code
            and episodes.placement_id = placements.placement_id
    where
        episodes.period_id is not null
        and episodes.start_date is not null
        and (placements.placement_group is null or placements.placement_group != 'Temporary')
),

ordered as (
    select
        *,
        row_number() over (partition by authority_code, period_id order by {{ episode_order() }}) as position,
        lag(placement_id) over (
            partition by authority_code, period_id order by {{ episode_order() }}
        ) as previous_placement_id
    from lasting
),

beginnings as (
    select
        *,
        lag(start_date) over (partition by authority_code, period_id order by position) as previous_start_date,
        lead(start_date) over (partition by authority_code, period_id order by position) as next_start_date
    from ordered
    where
        position = 1
        or (
            coalesce(start_reason_code, '') not in ('L', 'T', 'U')
            and (placement_id is null or previous_placement_id is null or placement_id != previous_placement_id)
        )
)

select
    beginnings.authority_code,
    beginnings.period_id,
    periods.person_id,
    beginnings.start_date,
    coalesce(beginnings.next_start_date, periods.end_date) as end_date,
    -- A child placed for adoption has been settled since the placement before (NI 063).
    case
        when beginnings.placement_group = 'Placed for adoption'
            then coalesce(beginnings.previous_start_date, beginnings.start_date)
        else beginnings.start_date
    end as settled_since
from beginnings
inner join {{ ref('int_care__periods') }} as periods
    on
        beginnings.authority_code = periods.authority_code
        and beginnings.period_id = periods.period_id
