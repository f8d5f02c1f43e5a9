-- One row per case note.
select
    authority_code,
    {{ lcs_id('fact_casenote_id') }} as casenote_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_date('event_dttm') }} as event_date,
    {{ lcs_code('dim_lookup_casnt_type_id_code') }} as casenote_type_code,
    {{ lcs_flag('seen_flag') }} as is_seen,
    {{ lcs_flag('seen_alone_flag') }} as is_seen_alone
from ({{ picture('fact_casenotes', key='fact_casenote_id', greatest_in=[
    'event_dttm', 'seen_flag', 'seen_alone_flag', 'dim_lookup_casnt_type_id_code', 'dim_person_id'
]) }}) as picture
