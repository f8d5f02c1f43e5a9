-- One row per month end and child with a child protection plan on it.
select distinct
    month_ends.authority_code,
    month_ends.month_end,
    identities.person_id
from {{ ref('int_time__month_ends') }} as month_ends
inner join {{ ref('stg_lcs__fact_cp_plan') }} as plans
    on
        month_ends.authority_code = plans.authority_code
        and month_ends.month_end >= plans.start_date
        and (plans.end_date is null or month_ends.month_end < plans.end_date)
inner join {{ ref('int_person__identities') }} as identities
    on
        plans.authority_code = identities.authority_code
        and plans.source_person_id = identities.source_person_id
