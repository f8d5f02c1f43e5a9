-- One row per dated audit of the quality of a review: the form of a child who had been in care by its day.
with forms as (
    select
        authority_code,
        source_person_id,
        template,
        form_key,
        max(case when field = 'audit_date' then {{ typed_date('answer') }} end) as audit_date,
        {{ lcs_folded("max(case when field = 'audit_smart_rating' then answer end)") }} as smart_rating,
        {{ yes_or_no("max(case when field = 'audit_child_focused' then answer end)") }} as is_child_focused
    from {{ ref('int_form__fields') }}
    where form_kind = 'audit'
    group by authority_code, source_person_id, template, form_key
),

in_care_since as (
    select
        authority_code,
        person_id,
        min(start_date) as first_start_date
    from {{ ref('int_care__periods') }}
    group by authority_code, person_id
)

select
    forms.authority_code,
    in_care_since.person_id,
    forms.source_person_id,
    forms.template,
    forms.form_key,
    forms.audit_date,
    forms.smart_rating,
    forms.is_child_focused
from forms
inner join {{ ref('int_person__identities') }} as identities
    on
        forms.authority_code = identities.authority_code
        and forms.source_person_id = identities.source_person_id
inner join in_care_since
    on
        identities.authority_code = in_care_since.authority_code
        and identities.person_id = in_care_since.person_id
        and forms.audit_date >= in_care_since.first_start_date
