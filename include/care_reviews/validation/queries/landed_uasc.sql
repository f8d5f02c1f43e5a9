-- When each person had the immigration status UASC, made from landing without the models.
select
    people.person_id,
    left(start_dttm, 10)::date as start_date,
    nullif(left(end_dttm, 10), '1900-01-01')::date as end_date
from $fact_immigration_status as status
inner join $landed_people as people on people.record_id = status.dim_person_id::bigint
where $immigration_code = 'UASC' and coalesce(left(start_dttm, 10), '1900-01-01') <> '1900-01-01'
