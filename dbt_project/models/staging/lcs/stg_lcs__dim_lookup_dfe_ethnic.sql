-- One row per local ethnicity code.
select
    authority_code,
    {{ lcs_code('main_code') }} as local_ethnicity_code,
    {{ lcs_code('nat_id') }} as ethnicity_code
from ({{ picture('dim_lookup_dfe_ethnic') }}) as picture
