-- One row per independent chair with a child on the night: the looked-after children whose reviewing officer the chair
-- is, and the children with a protection plan whose conferences the chair leads: of two at once the later start counts.
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

conference_chairs as (
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
),

protected_children as (
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
        conference_chairs.authority_code,
        conference_chairs.worker_id,
        0 as looked_after,
        1 as protected
    from protected_children
    inner join conference_chairs
        on
            protected_children.authority_code = conference_chairs.authority_code
            and protected_children.person_id = conference_chairs.person_id
            and conference_chairs.choice = 1
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
