-- Every person record of landing: the record that it is after merging, if that is there, and whether that is a client.
-- The same rule as int_person__identities: records with one LEGACY_ID are one person, the lowest of those not merged.
with records as (
    select
        dim_person_id as record_id,
        case when dim_person_id ~ '$whole_number' then dim_person_id::numeric end as record_number,
        coalesce('legacy ' || nullif($legacy, '-1'), 'only ' || dim_person_id) as person_group,
        coalesce(left(duplicated_dttm, 10), '1900-01-01') = '1900-01-01' as is_unmerged,
        not $is_no_client as is_client
    from $dim_person as person
    where dim_person_id <> '-1'
),
survivors as (
    select distinct on (person_group) person_group, record_id as person_id, is_client
    from records
    where is_unmerged
    order by person_group, record_number
)
select
    records.record_id,
    survivors.person_id,
    coalesce(survivors.is_client, records.is_client) as is_client
from records
left join survivors using (person_group)
