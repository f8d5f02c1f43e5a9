-- One row per period of care; its dates are those of its episodes.
select
    authority_code,
    {{ lcs_id('fact_cla_id') }} as period_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_id('fact_referral_id') }} as referral_id,
    {{ lcs_date('start_dttm') }} as recorded_start_date,
    {{ lcs_moment('last_updated_dttm') }} as last_updated_at
from ({{ picture('fact_cla', key='fact_cla_id', greatest_in=[
    'last_updated_dttm', 'start_dttm', 'dim_person_id', 'fact_referral_id'
]) }}) as picture
