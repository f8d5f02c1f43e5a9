-- One row per dated progress update of a reviewing officer: the form of one person.
with forms as (
    select
        authority_code,
        source_person_id,
        template,
        form_key,
        max(case when field = 'update_date' then {{ typed_date('answer') }} end) as update_date,
        {{ yes_or_no("max(case when field = 'update_child_spoken_to' then answer end)") }} as is_child_spoken_to
    from {{ ref('int_form__fields') }}
    where form_kind = 'update'
    group by authority_code, source_person_id, template, form_key
)

select
    forms.authority_code,
    identities.person_id,
    forms.source_person_id,
    forms.template,
    forms.form_key,
    forms.update_date,
    forms.is_child_spoken_to
from forms
inner join {{ ref('int_person__identities') }} as identities
    on
        forms.authority_code = identities.authority_code
        and forms.source_person_id = identities.source_person_id
where forms.update_date is not null
