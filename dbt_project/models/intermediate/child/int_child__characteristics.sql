-- One row per person and day that a published fact is about: the category of the person in each breakdown.
with unaccompanied as (
    select distinct
        days.authority_code,
        days.person_id,
        days.date_day
    from {{ ref('int_child__days') }} as days
    inner join {{ ref('int_care__uasc_spans') }} as uasc
        on
            days.authority_code = uasc.authority_code
            and days.person_id = uasc.person_id
            and days.status_day >= uasc.start_date
            and (uasc.end_date is null or days.status_day < uasc.end_date)
)

select
    days.authority_code,
    days.person_id,
    days.date_day,
    people.sex,
    people.ethnicity_group as ethnicity,
    {{ age_band('people.birth_date', 'days.date_day') }} as age_band,
    case when unaccompanied.person_id is not null then 'UASC' else 'Not UASC' end as uasc,
    coalesce(legal_statuses.legal_status_group, 'Not known') as legal_status_group,
    coalesce(placements.placement_group, 'Not known') as placement_group,
    coalesce(quadrants.quadrant, 'Not known') as quadrant
from {{ ref('int_child__days') }} as days
inner join {{ ref('int_person__people') }} as people
    on
        days.authority_code = people.authority_code
        and days.person_id = people.person_id
left join unaccompanied
    on
        days.authority_code = unaccompanied.authority_code
        and days.person_id = unaccompanied.person_id
        and days.date_day = unaccompanied.date_day
{%- for spans, model in [
    ('statuses', 'int_care__legal_status_spans'),
    ('placements', 'int_care__placement_spans'),
    ('quadrants', 'int_child__quadrant_spans'),
] %}
    left join {{ ref(model) }} as {{ spans }}
        on
            days.authority_code = {{ spans }}.authority_code
            and days.person_id = {{ spans }}.person_id
            and days.status_day >= {{ spans }}.from_date
            and (days.status_day < {{ spans }}.until_date or {{ spans }}.until_date is null)
{%- endfor %}
left join {{ ref('legal_status') }} as legal_statuses
    on statuses.legal_status_code = legal_statuses.legal_status_code
