-- One row per child with a period of care that measures count.
select
    people.authority_code,
    people.person_id as child_id,
    people.sex,
    people.ethnicity_code,
    people.ethnicity_group,
    cast({{ dbt.date_trunc('month', 'people.birth_date') }} as date) as birth_month,
    min(periods.start_date) as first_looked_after_date
from {{ ref('int_person__people') }} as people
inner join {{ ref('int_care__periods') }} as periods
    on
        people.authority_code = periods.authority_code
        and people.person_id = periods.person_id
group by
    people.authority_code, people.person_id, people.sex, people.ethnicity_code, people.ethnicity_group,
    people.birth_date
