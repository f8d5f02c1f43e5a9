-- One row per child protection plan.
select
    authority_code,
    {{ lcs_id('fact_cp_plan_id') }} as protection_plan_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_id('fact_referral_id') }} as referral_id,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date
from ({{ picture('fact_cp_plan', key='fact_cp_plan_id', greatest_in=[
    'end_dttm', 'start_dttm', 'dim_person_id', 'fact_referral_id'
]) }}) as picture
