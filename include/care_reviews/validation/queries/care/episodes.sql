-- One row per episode of somebody: its own faults, and those of its place among the child's episodes. What is not dated
-- has no place among them.
with owned as (
    select
        episodes.*,
        identities.person_id,
        people.birth_date,
        coalesce(episodes.end_date, date 'infinity') as last_day
    from $candidate.stg_lcs__fact_care_episodes as episodes
    inner join $candidate.int_person__identities as identities
        on identities.source_person_id = episodes.source_person_id
    left join $candidate.int_person__people as people on people.person_id = identities.person_id
),
placed as (
    select
        *,
        start_date is not null and lag(start_date) over child is not null as has_previous,
        lag(end_date) over child as previous_end_date,
        lag(end_reason_code) over child as previous_end_reason,
        lag(placement_id) over child as previous_placement_id,
        lead(start_date) over child as next_start_date,
        start_date is not null and lead(start_date) over child is null as is_last,
        coalesce(bool_or(end_reason_code in ('E2', 'E15')) over (child rows between unbounded preceding and 1 preceding), false)
            as is_after_the_end
    from owned
    window child as (
        partition by person_id, start_date is null
        order by start_date, last_day, episode_id, period_id, end_reason_code, start_reason_code, placement_id
    )
),
starts as (
    select person_id, start_date, count(*) as episodes from owned where start_date is not null group by person_id, start_date
),
compared as (
    select
        placed.*,
        coalesce(starts.episodes, 0) > case when placed.start_date = placed.end_date then 1 else 0 end as has_another_at_its_end,
        now_status.legal_status_code <> before_status.legal_status_code as is_legal_changed,
        placed.placement_id <> placed.previous_placement_id as is_placement_changed,
        start_reasons.start_reason_code is not null
            and coalesce(placed.start_date, date '$as_known') between coalesce(start_dates.valid_from, '-infinity')
            and coalesce(start_dates.valid_to, 'infinity') as is_start_reason_of_its_day,
        end_reasons.end_reason_code is not null
            and coalesce(placed.end_date, date '$as_known') between coalesce(end_dates.valid_from, '-infinity')
            and coalesce(end_dates.valid_to, 'infinity') as is_end_reason_of_its_day
    from placed
    left join starts on starts.person_id = placed.person_id and starts.start_date = placed.end_date
    left join $candidate.episode_start_reason as start_reasons
        on start_reasons.start_reason_code = placed.start_reason_code
    left join $candidate.episode_end_reason as end_reasons on end_reasons.end_reason_code = placed.end_reason_code
    left join $candidate.code_dates as start_dates
        on start_dates.code_list = 'episode_start_reason' and start_dates.code = placed.start_reason_code
    left join $candidate.code_dates as end_dates
        on end_dates.code_list = 'episode_end_reason' and end_dates.code = placed.end_reason_code
    left join $candidate.int_care__legal_status_spans as now_status
        on now_status.person_id = placed.person_id and placed.start_date >= now_status.from_date
        and (now_status.until_date is null or placed.start_date < now_status.until_date)
    left join $candidate.int_care__legal_status_spans as before_status
        on before_status.person_id = placed.person_id and placed.start_date - 1 >= before_status.from_date
        and (before_status.until_date is null or placed.start_date - 1 < before_status.until_date)
)
select
    episode_id::text as record_key,
    person_id::text as person_id,
    start_date is null as rule_141,
    case when next_start_date is not null then end_date is null end as rule_142,
    case when start_reason_code is not null then is_start_reason_of_its_day is not true end as rule_143,
    case when end_reason_code is not null then end_date is null end as rule_147,
    (end_date is null) <> (end_reason_code is null) as rule_148,
    case when end_reason_code is not null then is_end_reason_of_its_day is not true end as rule_149,
    start_date < birth_date as rule_302,
    start_date < date '1991-10-14' as rule_353,
    start_date > date '$as_known' as rule_354,
    end_date > date '$as_known' as rule_385,
    end_date = start_date as rule_355,
    end_date < start_date as rule_356,
    case when start_date is not null and not has_previous then (start_reason_code = 'S') is not true end as rule_357,
    -- Of an end without a reason, or a reason without an end, rules 147 and 148 tell.
    case when start_date is not null and end_date is not null and end_reason_code is not null then
        case when end_reason_code = 'X1' then is_last or not has_another_at_its_end else has_another_at_its_end end
    end as rule_388,
    case when has_previous and start_reason_code = 'S' then
        coalesce(previous_end_date = start_date, false) and coalesce(previous_end_reason, 'X1') = 'X1'
    end as rule_431,
    case when has_previous and previous_end_reason <> 'X1' then (start_reason_code = 'S') is not true end as rule_432,
    case when has_previous and start_reason_code in ('L', 'P', 'T', 'B', 'U') then
        (start_date = previous_end_date) is not true
    end as rule_433,
    case when has_previous and start_reason_code = 'L' then not (is_legal_changed and not is_placement_changed) end as rule_434,
    case when has_previous and start_reason_code in ('P', 'T') then
        not (is_placement_changed and not is_legal_changed)
    end as rule_435,
    case when has_previous and start_reason_code in ('B', 'U') then
        not (is_legal_changed and is_placement_changed)
    end as rule_436,
    case when has_previous then is_after_the_end end as rule_437,
    case when has_previous then start_date < previous_end_date end as rule_501
from compared
