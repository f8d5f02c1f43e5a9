-- One row per subject of a meeting and outcome form of theirs.
select
    authority_code,
    {{ lcs_id('fact_meetings_id') }} as meeting_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_folded('dim_lookup_participation_code_desc') }} as participation_text,
    {{ lcs_text('form_key') }} as form_key
from ({{ picture('fact_meeting_subjects') }}) as picture
