-- One row per plan of a child's care.
select
    authority_code,
    {{ lcs_id('fact_care_plan_id') }} as care_plan_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_code('dim_lookup_plan_type_id_code') }} as plan_type_code,
    {{ lcs_code('dim_lookup_plan_status_id_code') }} as plan_status_code,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date,
    {{ lcs_moment('modif_dttm') }} as last_updated_at
from ({{ picture('fact_care_plans', key='fact_care_plan_id', greatest_in=[
    'modif_dttm', 'end_dttm', 'start_dttm', 'dim_person_id', 'dim_lookup_plan_status_id_code',
    'dim_lookup_plan_type_id_code'
]) }}) as picture
