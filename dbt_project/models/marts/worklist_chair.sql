-- One row per independent chair with a child on the night: the caseload, and whether it is above the 70 of the Handbook
-- for a full-time chair.
select
    chairs.authority_code,
    chairs.worker_id as chair_id,
    workers.department_name as department,
    cast(chairs.fte_hundredths / 100.0 as numeric(9, 4)) as full_time_equivalent,
    chairs.has_dual_role,
    cast(chairs.children_looked_after as integer) as children_looked_after,
    cast(chairs.children_protected as integer) as children_protected,
    cast(chairs.children_looked_after + chairs.children_protected as integer) as caseload,
    cast(
        round(
            100.0 * (chairs.children_looked_after + chairs.children_protected) / nullif(chairs.fte_hundredths, 0), 4
        ) as numeric(9, 4)
    ) as caseload_per_fte,
    -- Whose working time is not known counts as full-time.
    100 * (chairs.children_looked_after + chairs.children_protected)
    > 70 * coalesce(nullif(chairs.fte_hundredths, 0), 100) as is_above_70
from {{ ref('int_chair__caseloads') }} as chairs
inner join {{ ref('stg_lcs__dim_worker') }} as workers
    on
        chairs.authority_code = workers.authority_code
        and chairs.worker_id = workers.worker_id
