-- One row per involvement of a worker as somebody's reviewing officer that has a start, whatever the worker's job title
-- is on the night.
select
    involvements.authority_code,
    involvements.involvement_id,
    identities.person_id,
    involvements.worker_id,
    involvements.start_date,
    involvements.end_date
from {{ ref('stg_lcs__fact_involvements') }} as involvements
inner join {{ ref('int_person__identities') }} as identities
    on
        involvements.authority_code = identities.authority_code
        and involvements.source_person_id = identities.source_person_id
where
    involvements.involvement_type_code = 'IRO'
    and involvements.worker_id is not null
    and involvements.start_date is not null
