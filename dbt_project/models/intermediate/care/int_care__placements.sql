-- One row per placement of a person that has a start: its kind, null where its code is not known.
select
    placements.authority_code,
    placements.placement_id,
    placements.period_id,
    identities.person_id,
    placements.start_date,
    placements.end_date,
    kinds.placement_group
from {{ ref('stg_lcs__fact_cla_placement') }} as placements
inner join {{ ref('int_person__identities') }} as identities
    on
        placements.authority_code = identities.authority_code
        and placements.source_person_id = identities.source_person_id
left join {{ ref('placement_type') }} as kinds
    on placements.placement_type_code = kinds.placement_type_code
where placements.start_date is not null
