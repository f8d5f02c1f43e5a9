-- One row a landed row of FACT_CARE_EPISODES: the period of care that it stands for, as its first episode, or the reason
-- why it stands for none.
with chosen as (select row_hash from $fact_care_episodes as episode),
rows as (
    select
        episode.fact_cla_id,
        episode.occurrence,
        chosen.row_hash is not null as is_chosen,
        coalesce(episode.fact_cla_id, '-1') <> '-1' as has_period,
        coalesce(left(episode.care_start_date, 10), '1900-01-01') <> '1900-01-01' as has_start,
        left(episode.care_start_date, 10) collate "C" as told_start
    from $rows_of_fact_care_episodes as episode
    left join chosen on chosen.row_hash = episode.row_hash
),
placed as (
    select
        *,
        row_number() over (
            partition by fact_cla_id, occurrence = 1 and is_chosen and has_start order by told_start
        ) as place
    from rows
)
select
    case
        when placed.occurrence > 1 then 'the same row again'
        when not placed.is_chosen then 'another row with its key counts'
        when not placed.has_period then 'of no period of care'
        when not placed.has_start then 'without a start'
        when placed.place > 1 then 'a further episode of its period'
        when periods.period_id is null then 'leads to no person'
        when not periods.is_measured then 'of a series of short breaks'
    end as reason,
    null::text as reason_of_scope,
    periods.person_id,
    periods.start_date,
    periods.end_date
from placed
left join $landed_periods as periods on placed.has_period and periods.period_id = placed.fact_cla_id::bigint
