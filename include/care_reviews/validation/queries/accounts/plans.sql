-- One row a landed row of FACT_CP_PLAN: the child protection plan that it is, or the reason why it is none that counts.
with chosen as (select row_hash from $fact_cp_plan as plan),
rows as (
    select
        plan.occurrence,
        chosen.row_hash is not null as is_chosen,
        people.person_id,
        nullif(left(plan.start_dttm, 10), '1900-01-01')::date as start_date,
        nullif(left(plan.end_dttm, 10), '1900-01-01')::date as end_date
    from $rows_of_fact_cp_plan as plan
    left join chosen on chosen.row_hash = plan.row_hash
    left join $landed_people as people on people.record_id = plan.dim_person_id::bigint
)
select
    case
        when occurrence > 1 then 'the same row again'
        when not is_chosen then 'another row with its key counts'
        when person_id is null then 'leads to no person'
        when start_date is null then 'without a start'
    end as reason,
    null::text as reason_of_scope,
    person_id,
    start_date,
    end_date
from rows
