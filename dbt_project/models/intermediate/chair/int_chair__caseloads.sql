-- One row per independent chair with a child on the night: the looked-after children whose reviewing officer the chair
-- is, and the children with a protection plan whose conferences the chair leads.
with workers as (
    select
        authority_code,
        worker_id,
        job_title,
        full_time_equivalent_text,
        {{ as_known() }} as day
    from {{ ref('stg_lcs__dim_worker') }}
),

chairs as (
    {{ independent_chairs('workers') }}
),

cases as (
    select
        authority_code,
        worker_id,
        1 as looked_after,
        0 as protected
    from {{ ref('int_worklist__people') }}
    where is_looked_after

    union all

    select
        authority_code,
        worker_id,
        0 as looked_after,
        1 as protected
    from {{ ref('int_chair__protected_cases') }}
)

select
    chairs.authority_code,
    chairs.worker_id,
    chairs.fte_hundredths,
    chairs.has_dual_role,
    coalesce(sum(cases.looked_after), 0) as children_looked_after,
    coalesce(sum(cases.protected), 0) as children_protected
from chairs
left join cases
    on
        chairs.authority_code = cases.authority_code
        and chairs.worker_id = cases.worker_id
group by chairs.authority_code, chairs.worker_id, chairs.fte_hundredths, chairs.has_dual_role
