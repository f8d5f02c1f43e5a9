-- Every person record of landing that is somebody, and who it is after merging.
with records as (
    select
        dim_person_id::bigint as record_id,
        coalesce('legacy ' || nullif($legacy, '-1'), 'only ' || dim_person_id) as person_group,
        coalesce(left(duplicated_dttm, 10), '1900-01-01') = '1900-01-01' as is_unmerged,
        coalesce($is_client, 'Y') not like 'N%' as is_client
    from $dim_person as person
    where dim_person_id <> '-1'
),
survivors as (
    select distinct on (person_group) person_group, record_id as person_id, is_client
    from records
    where is_unmerged
    order by person_group, record_id
)
select records.record_id, survivors.person_id
from records
inner join survivors using (person_group)
where survivors.is_client
