-- One row per immigration status of a person.
select
    authority_code,
    {{ lcs_id('fact_immigration_status_id') }} as immigration_status_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_code('dim_lookup_immgr_status_code') }} as immigration_status_code,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date
from ({{ picture('fact_immigration_status', key='fact_immigration_status_id', greatest_in=[
    'end_dttm', 'start_dttm', 'dim_lookup_immgr_status_code', 'dim_person_id'
]) }}) as picture
