-- Every period of care, made from landing without the models: the episodes of one FACT_CLA_ID. Series of short
-- breaks are not measured.
with episodes as (
    select
        fact_cla_id::bigint as period_id,
        dim_person_id::bigint as record_id,
        left(care_start_date, 10)::date as start_date,
        nullif(left(care_end_date, 10), '1900-01-01')::date as end_date,
        nullif($end_reason, 'X1') as leaving_code,
        fact_care_episodes_id::bigint as episode_id,
        coalesce(dim_person_id, '-1')::bigint as told_of,
        coalesce($end_reason, '') collate "C" as told_why
    from $fact_care_episodes as episode
    where coalesce(fact_cla_id, '-1') <> '-1' and coalesce(left(care_start_date, 10), '1900-01-01') <> '1900-01-01'
),
firsts as (
    select distinct on (period_id) * from episodes
    order by period_id, start_date, coalesce(end_date, 'infinity'), episode_id, told_of, told_why
),
lasts as (
    select distinct on (period_id) * from episodes
    order by period_id desc, start_date desc, coalesce(end_date, 'infinity') desc, episode_id desc, told_of desc,
        told_why desc
),
owners as (
    select fact_cla_id::bigint as period_id, nullif(dim_person_id, '-1')::bigint as record_id
    from $fact_cla as cla
),
periods as (
    select firsts.period_id, people.person_id, firsts.start_date,
        case when lasts.leaving_code is not null then lasts.end_date end as end_date
    from firsts
    inner join lasts using (period_id)
    left join owners using (period_id)
    inner join $landed_people as people on people.record_id = coalesce(owners.record_id, firsts.record_id)
),
statuses as (
    select
        people.person_id,
        left(start_dttm, 10)::date as start_date,
        nullif(left(end_dttm, 10), '1900-01-01')::date as end_date,
        coalesce($status_code in ($short_break_codes), $status_text in ($short_break_texts), false) as is_short_break
    from $fact_legal_status as status
    inner join $landed_people as people on people.record_id = status.dim_person_id::bigint
    where coalesce(left(start_dttm, 10), '1900-01-01') <> '1900-01-01'
        and (coalesce(left(end_dttm, 10), '1900-01-01') = '1900-01-01' or left(end_dttm, 10)::date >= left(start_dttm, 10)::date)
),
short_breaks as (
    select periods.period_id
    from periods
    inner join statuses
        on statuses.person_id = periods.person_id
        and (periods.end_date is null or statuses.start_date < periods.end_date)
        and (statuses.end_date is null or statuses.end_date > periods.start_date)
    group by periods.period_id
    having bool_and(statuses.is_short_break)
)
select periods.*, short_breaks.period_id is null as is_measured
from periods
left join short_breaks using (period_id)
