-- One row per answer that the site map names, with the field that it fills. A field's first word is
-- the kind of form: review, alert, update, audit.
with site_map as ({{ site_rows('site_form_map') }})

select
    answers.authority_code,
    {{ dbt.split_part('site_map.field', "'_'", 1) }} as form_kind,
    answers.meeting_id,
    answers.source_person_id,
    answers.template,
    answers.form_key,
    site_map.field,
    answers.answer,
    answers.answered_at
from {{ ref('stg_lcs__fact_form_answers') }} as answers
inner join site_map
    on
        answers.template = {{ lcs_folded('site_map.template') }}
        and answers.answer_no = {{ lcs_folded('site_map.answer_no') }}
