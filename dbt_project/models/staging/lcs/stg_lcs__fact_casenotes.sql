-- One row per case note, without its text: a contact or visit, and whether the child was seen.
select
    authority_code,
    {{ lcs_id('fact_casenote_id') }} as casenote_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_code('dim_lookup_casnt_type_id_code') }} as casenote_type_code,
    {{ lcs_date('event_dttm') }} as event_date,
    {{ yes_or_no('seen_flag') }} as is_seen,
    {{ yes_or_no('seen_alone_flag') }} as is_seen_alone
from ({{ picture('fact_casenotes', key='fact_casenote_id', greatest_in=[
    'event_dttm', 'dim_person_id', 'dim_lookup_casnt_type_id_code', 'seen_flag', 'seen_alone_flag'
]) }}) as picture
