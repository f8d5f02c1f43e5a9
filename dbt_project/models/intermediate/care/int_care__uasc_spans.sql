-- One row per time in which a person had the immigration status of an unaccompanied asylum-seeking child.
select
    status.authority_code,
    status.immigration_status_id,
    identities.person_id,
    status.start_date,
    status.end_date
from {{ ref('stg_lcs__fact_immigration_status') }} as status
inner join {{ ref('int_person__identities') }} as identities
    on
        status.authority_code = identities.authority_code
        and status.source_person_id = identities.source_person_id
where
    status.immigration_status_code = 'UASC'
    and status.start_date is not null
