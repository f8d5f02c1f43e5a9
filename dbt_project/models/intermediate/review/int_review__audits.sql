-- One row per dated audit of the quality of a review: the form of a child who had been in care by its day.
with forms as (
    {{ forms_of_people('audit', {
        'audit_date': date_answered('audit_date'),
        'smart_rating': lcs_folded(answered('audit_smart_rating')),
        'is_child_focused': yes_or_no(answered('audit_child_focused'))
    }) }}
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
    forms.*,
    coalesce(ratings.meaning = 'good', false) as is_rated_well,
    ratings.meaning is not null as is_rated
from forms
inner join in_care_since
    on
        forms.authority_code = in_care_since.authority_code
        and forms.person_id = in_care_since.person_id
        and forms.audit_date >= in_care_since.first_start_date
left join {{ ref('int_form__answer_texts') }} as ratings
    on
        forms.authority_code = ratings.authority_code
        and forms.smart_rating = ratings.answer_text
        and ratings.field = 'audit_smart_rating'
