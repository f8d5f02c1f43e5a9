-- One row per legal status of a person.
select
    authority_code,
    {{ lcs_id('fact_legal_status_id') }} as legal_status_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_code('dim_lookup_lgl_status_code') }} as legal_status_code,
    {{ lcs_folded('dim_lookup_lgl_status_desc') }} as legal_status_text,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date
from ({{ picture('fact_legal_status', key='fact_legal_status_id', greatest_in=[
    'end_dttm', 'start_dttm', 'dim_lookup_lgl_status_code', 'dim_lookup_lgl_status_desc',
    'dim_person_id'
]) }}) as picture
