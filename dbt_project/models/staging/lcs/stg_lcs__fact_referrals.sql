-- One row per referral to children's social care.
select
    authority_code,
    {{ lcs_id('fact_referral_id') }} as referral_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_id('dim_department_id') }} as department_id,
    {{ lcs_code('dim_lookup_category_of_need_code') }} as category_of_need_code,
    {{ lcs_date('refrl_start_dttm') }} as start_date,
    {{ lcs_date('refrl_end_dttm') }} as end_date
from ({{ picture('fact_referrals', key='fact_referral_id', greatest_in=[
    'refrl_end_dttm', 'refrl_start_dttm', 'dim_person_id', 'dim_lookup_category_of_need_code', 'dim_department_id'
]) }}) as picture
