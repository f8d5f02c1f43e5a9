-- One row per person record of the source, duplicates and test records included.
select
    authority_code,
    {{ lcs_id('dim_person_id') }} as person_id,
    nullif({{ lcs_folded('legacy_id') }}, '-1') as legacy_id,
    {{ lcs_date('birth_dttm') }} as birth_date,
    {{ yes_or_no('dob_estimated') }} as is_birth_date_estimated,
    {{ lcs_date('death_dttm') }} as death_date,
    {{ lcs_code('gender_main_code') }} as sex_code,
    {{ lcs_code('ethnicity_main_code') }} as local_ethnicity_code,
    coalesce({{ yes_or_no('is_client') }}, true) as is_client,
    {{ lcs_moment('duplicated_dttm') }} as merged_at
from ({{ picture('dim_person', key='dim_person_id', greatest_in=[
    'duplicated_dttm', 'death_dttm', 'legacy_id', 'birth_dttm', 'is_client', 'gender_main_code',
    'ethnicity_main_code', 'dob_estimated'
]) }}) as picture
