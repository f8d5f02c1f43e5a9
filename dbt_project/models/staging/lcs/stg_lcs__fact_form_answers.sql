-- One row per answer, under the meeting and person or the person that its form belongs to.
select
    authority_code,
    {{ lcs_id('fact_meetings_id') }} as meeting_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_folded('dim_assessment_template_id_desc') }} as template,
    {{ lcs_text('form_key') }} as form_key,
    {{ lcs_folded('answer_no') }} as answer_no,
    {{ lcs_text('answer') }} as answer,
    {{ lcs_moment('answered_dttm') }} as answered_at
from ({{ picture('fact_form_answers') }}) as picture
