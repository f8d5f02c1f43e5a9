-- One row per legal status of somebody: is its code, recorded or told by its text, one of its day, and is a short break
-- short and told once?
with recorded as (
    select
        status.legal_status_id,
        identities.person_id,
        status.start_date,
        coalesce(status.end_date, date 'infinity') as until_date,
        coalesce(status.legal_status_code, texts.code) as code,
        coalesce(status.legal_status_code, status.legal_status_text) is not null as is_told
    from $candidate.stg_lcs__fact_legal_status as status
    inner join $candidate.int_person__identities as identities on identities.source_person_id = status.source_person_id
    left join (values $legal_status_texts) as texts (words, code) on texts.words = status.legal_status_text
),
agreements as (
    select person_id, start_date, until_date from recorded where code = 'V4' and start_date < until_date
),
ended as (
    select identities.person_id, min(episodes.end_date) as ended_on
    from $candidate.stg_lcs__fact_care_episodes as episodes
    inner join $candidate.int_person__identities as identities
        on identities.source_person_id = episodes.source_person_id
    where episodes.end_reason_code in ('E2', 'E15')
    group by identities.person_id
)
select
    recorded.legal_status_id::text as record_key,
    recorded.person_id::text as person_id,
    case when recorded.is_told then
        (known.legal_status_code is not null and coalesce(recorded.start_date, date '$as_known')
            between coalesce(dates.valid_from, '-infinity') and coalesce(dates.valid_to, 'infinity')) is not true
    end as rule_144,
    case when recorded.code = 'V3' then least(recorded.until_date, date '$as_known') - recorded.start_date > 17 end
        as rule_365,
    case when recorded.start_date is not null then coalesce(recorded.start_date > ended.ended_on, false) end as rule_437,
    case when recorded.code = 'V3' and recorded.start_date < recorded.until_date then exists (
        select from agreements
        where agreements.person_id = recorded.person_id and agreements.start_date < recorded.until_date
            and recorded.start_date < agreements.until_date
    ) end as rule_426
from recorded
left join ended on ended.person_id = recorded.person_id
left join $candidate.legal_status as known on known.legal_status_code = recorded.code
left join $candidate.code_dates as dates on dates.code_list = 'legal_status' and dates.code = recorded.code
