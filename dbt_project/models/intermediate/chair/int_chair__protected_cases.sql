-- One row per child with a child protection plan on the night and a conference chair: of two chairs at once the later
-- start counts.
with protected_children as (
    select distinct
        identities.authority_code,
        identities.person_id
    from {{ ref('stg_lcs__fact_cp_plan') }} as plans
    inner join {{ ref('int_person__identities') }} as identities
        on
            plans.authority_code = identities.authority_code
            and plans.source_person_id = identities.source_person_id
    where
        plans.start_date <= {{ as_known() }}
        and (plans.end_date is null or plans.end_date > {{ as_known() }})
),

chairs as (
    select
        identities.authority_code,
        identities.person_id,
        involvements.worker_id,
        row_number() over (
            partition by identities.authority_code, identities.person_id
            order by
                involvements.start_date desc, involvements.involvement_id desc nulls last, involvements.worker_id desc
        ) as choice
    from {{ ref('stg_lcs__fact_involvements') }} as involvements
    inner join {{ ref('int_person__identities') }} as identities
        on
            involvements.authority_code = identities.authority_code
            and involvements.source_person_id = identities.source_person_id
    where
        involvements.involvement_type_code = 'CPCHAIR'
        and involvements.worker_id is not null
        and involvements.start_date <= {{ as_known() }}
        and (involvements.end_date is null or involvements.end_date > {{ as_known() }})
)

select
    chairs.authority_code,
    chairs.person_id,
    chairs.worker_id
from protected_children
inner join chairs
    on
        protected_children.authority_code = chairs.authority_code
        and protected_children.person_id = chairs.person_id
        and chairs.choice = 1
