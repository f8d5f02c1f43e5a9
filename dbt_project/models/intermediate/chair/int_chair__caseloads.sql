-- One row per independent chair with a child on the night: the looked-after children whose reviewing officer the chair
-- is, and the children with a protection plan whose conferences the chair leads.
with night as (
    select
        authority_code,
        date_day
    from {{ ref('int_time__calendar') }}
    where date_day = {{ as_known() }}
),

chairs as (
    {{ independent_chairs('night', 'date_day') }}
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
