-- One row per involvement of a case worker or reviewing officer whose team works in a quadrant that is known.
with site_teams as ({{ site_rows('site_team') }})

select
    involvements.authority_code,
    involvements.involvement_id,
    involvements.involvement_type_code,
    identities.person_id,
    involvements.start_date,
    involvements.end_date,
    site_teams.team,
    site_teams.quadrant
from {{ ref('stg_lcs__fact_involvements') }} as involvements
inner join {{ ref('int_person__identities') }} as identities
    on
        involvements.authority_code = identities.authority_code
        and involvements.source_person_id = identities.source_person_id
inner join {{ ref('stg_lcs__dim_department') }} as departments
    on
        involvements.authority_code = departments.authority_code
        and involvements.department_id = departments.department_id
inner join site_teams
    on {{ lcs_folded('departments.department_name') }} = {{ lcs_folded('site_teams.team') }}
where
    involvements.involvement_type_code in ('CW', 'IRO')
    and involvements.start_date is not null
