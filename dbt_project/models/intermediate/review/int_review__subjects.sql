-- One row per subject of a meeting and outcome form of theirs, numbered from the form answered last.
select
    subjects.authority_code,
    subjects.meeting_id,
    identities.person_id,
    subjects.participation_text as subject_text,
    forms.participation_text as form_text,
    forms.form_key,
    forms.last_answered_at,
    dense_rank() over (
        partition by subjects.authority_code, subjects.meeting_id, identities.person_id
        order by forms.last_answered_at desc nulls last, forms.form_key desc nulls last
    ) as form_rank,
    row_number() over (
        partition by subjects.authority_code, subjects.meeting_id, identities.person_id
        order by forms.last_answered_at desc nulls last, forms.form_key desc nulls last
    ) as position
from {{ ref('stg_lcs__fact_meeting_subjects') }} as subjects
inner join {{ ref('int_person__identities') }} as identities
    on
        subjects.authority_code = identities.authority_code
        and subjects.source_person_id = identities.source_person_id
left join {{ ref('int_review__outcome_forms') }} as forms
    on
        subjects.authority_code = forms.authority_code
        and subjects.form_key = forms.form_key
where subjects.meeting_id is not null
