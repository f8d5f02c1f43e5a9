-- One row per person after merging, without test and administrative records.
select
    person.authority_code,
    person.person_id,
    person.birth_date,
    {{ date_after('year', 4, 'person.birth_date') }} as fourth_birthday,
    person.death_date,
    person.local_ethnicity_code,
    ethnicity.ethnicity_code,
    coalesce(ethnicity.ethnicity_group, 'Not known') as ethnicity_group,
    case person.sex_code
        when 'M' then 'Male'
        when 'F' then 'Female'
        when 'I' then 'Indeterminate'
        else 'Not known'
    end as sex
from {{ ref('stg_lcs__dim_person') }} as person
inner join {{ ref('int_person__identities') }} as identities
    on
        person.authority_code = identities.authority_code
        and person.person_id = identities.source_person_id
        and person.person_id = identities.person_id
left join {{ ref('int_person__ethnicities') }} as ethnicity
    on
        person.authority_code = ethnicity.authority_code
        and person.local_ethnicity_code = ethnicity.local_ethnicity_code
