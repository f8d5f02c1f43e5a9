-- One row per person after merging: is the birth known, and is it one?
with records as (
    select identities.person_id, count(record.birth_date) as births, count(distinct record.birth_date) as birth_dates
    from $candidate.int_person__identities as identities
    inner join $candidate.stg_lcs__dim_person as record on record.person_id = identities.source_person_id
    group by identities.person_id
),
in_care as (select distinct person_id from $candidate.int_care__all_periods)
select
    people.person_id::text as record_key,
    people.person_id::text as person_id,
    case when in_care.person_id is not null then people.birth_date is null end as rule_102,
    case when records.births > 1 then records.birth_dates > 1 end as rule_int17
from $candidate.int_person__people as people
left join records on records.person_id = people.person_id
left join in_care on in_care.person_id = people.person_id
