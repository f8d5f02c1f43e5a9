-- One row per placement of a child in care.
select
    authority_code,
    {{ lcs_id('fact_cla_placement_id') }} as placement_id,
    {{ lcs_id('fact_cla_id') }} as period_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_date('start_dttm') }} as start_date,
    {{ lcs_date('end_dttm') }} as end_date,
    {{ lcs_code('dim_lookup_placement_type_code') }} as placement_type_code,
    {{ lcs_code('dim_lookup_placement_provider_code') }} as provider_code,
    {{ lcs_code('dim_lookup_plac_chng_reas_code') }} as change_reason_code
from ({{ picture('fact_cla_placement', key='fact_cla_placement_id', greatest_in=[
    'end_dttm', 'start_dttm', 'fact_cla_id', 'dim_person_id', 'dim_lookup_placement_type_code',
    'dim_lookup_placement_provider_code', 'dim_lookup_plac_chng_reas_code'
]) }}) as picture
