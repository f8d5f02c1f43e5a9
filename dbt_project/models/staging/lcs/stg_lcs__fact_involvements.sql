-- One row per involvement of a worker or team with a person.
select
    authority_code,
    {{ lcs_id('fact_involvements_id') }} as involvement_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_id('dim_worker_id') }} as worker_id,
    {{ lcs_id('dim_department_id') }} as department_id,
    {{ lcs_id('fact_referral_id') }} as referral_id,
    {{ lcs_code('dim_lookup_involvement_type_code') }} as involvement_type_code,
    {{ yes_or_no('is_allocated_cw_flag') }} as is_allocated_case_worker,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date
from ({{ picture('fact_involvements', key='fact_involvements_id', greatest_in=[
    'end_dttm', 'start_dttm', 'dim_lookup_involvement_type_code', 'dim_worker_id', 'dim_person_id',
    'dim_department_id', 'fact_referral_id', 'is_allocated_cw_flag'
]) }}) as picture
