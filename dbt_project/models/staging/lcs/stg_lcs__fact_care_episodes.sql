-- One row per episode of a period of care.
select
    authority_code,
    {{ lcs_id('fact_care_episodes_id') }} as episode_id,
    {{ lcs_id('fact_cla_id') }} as period_id,
    {{ lcs_id('fact_cla_placement_id') }} as placement_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_date('care_start_date') }} as start_date,
    {{ lcs_date('care_end_date') }} as end_date,
    {{ lcs_code('care_reason_code') }} as start_reason_code,
    {{ lcs_code('care_reason_end_code') }} as end_reason_code,
    {{ lcs_code('cin_903_code') }} as category_of_need_code
from ({{ picture('fact_care_episodes', key='fact_care_episodes_id', greatest_in=[
    'care_end_date', 'care_start_date', 'care_reason_end_code', 'fact_cla_id', 'dim_person_id',
    'care_reason_code', 'fact_cla_placement_id', 'cin_903_code'
]) }}) as picture
