-- One row per person and stretch of days with one legal status: of those that overlap the later start counts.
-- `until_date` is not a day of it; null is open.
with edges as (
    select
        authority_code,
        person_id,
        start_date as edge_date
    from {{ ref('int_care__legal_statuses') }}

    union

    select
        authority_code,
        person_id,
        end_date
    from {{ ref('int_care__legal_statuses') }}
    where end_date is not null
),

stretches as (
    select
        authority_code,
        person_id,
        edge_date as from_date,
        lead(edge_date) over (partition by authority_code, person_id order by edge_date) as until_date
    from edges
),

candidates as (
    select
        stretches.*,
        statuses.legal_status_id,
        statuses.legal_status_code,
        row_number() over (
            partition by stretches.authority_code, stretches.person_id, stretches.from_date
            order by statuses.start_date desc, statuses.legal_status_id desc
        ) as choice
    from stretches
    inner join {{ ref('int_care__legal_statuses') }} as statuses
        on
            stretches.authority_code = statuses.authority_code
            and stretches.person_id = statuses.person_id
            and stretches.from_date >= statuses.start_date
            and (statuses.end_date is null or stretches.from_date < statuses.end_date)
)

select
    authority_code,
    person_id,
    from_date,
    until_date,
    legal_status_id,
    legal_status_code
from candidates
where choice = 1
